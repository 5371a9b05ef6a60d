"""The private virtual environment: Odoo's dependencies, and Odoo itself by path."""

import re
import sys
from pathlib import Path

from . import marker
from .console import Failure, Step
from .paths import PYTHON, ROOT, VENV, log_path, starting_python
from .process import output, run

BASE = ROOT / "requirements.txt"
TESTS = ROOT / "requirements-test.txt"
DATABASE = ROOT / "requirements-database.txt"
ARRIVED = re.compile(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)")


def requirement_count(path):
    lines = path.read_text().splitlines()
    return sum(1 for line in lines if re.match(r"[A-Za-z]", line))


def install(requirements, title):
    total = requirement_count(requirements)
    seen = set()
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "-r", requirements]
    with Step(title) as step:

        def on_line(line):
            if found := ARRIVED.match(line):
                seen.add(found[1].lower())
                step.progress(f"{min(len(seen), total)} of {total}: {found[1]}")
            elif line.startswith("Installing collected"):
                step.progress("installing")

        run(
            command,
            log=log_path("pip"),
            what=f"Installing {requirements.name} failed",
            on_line=on_line,
        )


def python_identity():
    """The environment belongs to one place and one Python."""
    return f"{VENV} {sys.version_info[0]}.{sys.version_info[1]}"


def create():
    """Make the environment unless it is complete; keep it up with requirements.txt."""
    identity = python_identity()
    wanted = marker.hash_files([BASE])
    if not marker.is_complete(VENV, identity):
        marker.remove(VENV)
        with Step("Creating the virtual environment"):
            run(
                [starting_python(), "-m", "venv", VENV],
                log=log_path("venv"),
                what="Creating the virtual environment failed (package python3-venv)",
            )
        install_once(BASE, wanted, "Installing the Python packages of Odoo 19")
        marker.complete(VENV, identity)
    install_once(BASE, wanted, "Updating the Python packages")


def install_once(requirements, wanted, title):
    stamp = VENV / f".{requirements.stem}"
    if not stamp.exists() or stamp.read_text() != wanted:
        install(requirements, title)
        stamp.write_text(wanted)


def add_tests():
    """Test tools come on top, only for those who test."""
    install_once(TESTS, marker.hash_files([TESTS]), "Installing the test tools")


def link_odoo(source):
    """Let the environment import Odoo from where it lies."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = output([PYTHON, "-c", code]).strip()
    if not site:
        raise Failure("The virtual environment does not start; remove .b2b/venv.")
    path = Path(site) / "b2b_odoo.pth"
    text = f"{source.python_path}\n"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
