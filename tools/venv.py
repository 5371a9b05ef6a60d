"""The private virtual environment: Odoo's dependencies, and Odoo itself by path."""

import os
import re
import subprocess
import sys
from pathlib import Path

from . import marker
from .console import Failure, Step
from .paths import PYTHON, ROOT, VENV, log_path, starting_python
from .process import beside, output

BASE = ROOT / "requirements.txt"
TESTS = ROOT / "requirements-test.txt"
DATABASE = ROOT / "requirements-database.txt"
ARRIVED = re.compile(
    r"(?:(?:Collecting|Requirement already satisfied:) |Processing \S*/)([\w.]+)"
)
# The list is complete, and Python compiles what it imports: half the time.
QUICK = ("--no-deps", "--no-compile")
# Those that come with Python 3.10 to 3.12 compare each file of the index with each
# platform's name one by one: 42 s for this list, against 17 s.
PIP = "pip==25.3"
DISTRIBUTION = Path("/usr/bin/python3")


def requirement_count(path):
    lines = path.read_text().splitlines()
    return sum(1 for line in lines if re.match(r"[A-Za-z]", line))


def fastest_python():
    """The distribution's Python if it is of our version, else the one that started us.

    Distributions build with profile-guided optimization; version managers mostly do
    not: the demo business takes 68 s with the former, 77 s with the latter (3.11).
    """
    wanted = tuple(sys.version_info[:2])
    code = f"import ensurepip, sys; sys.exit(sys.version_info[:2] != {wanted})"
    # Resolved: an upgrade of the system may let the link lead to another version.
    python = DISTRIBUTION.resolve()
    if not os.access(python, os.X_OK):
        return starting_python()
    # It can lack ensurepip, which Debian packs apart, and then makes no environment.
    command = [python, "-c", code]
    found = subprocess.run(command, check=False, capture_output=True)
    return starting_python() if found.returncode else python


def nothing():
    """What is done meanwhile by default."""


def install_command(requirements):
    """Install by pip, into an environment that is made first if there is none."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "-r", requirements]
    command += QUICK if requirements == BASE else ()
    if PYTHON.exists():
        return command
    make = f'"$1" -m venv "$2" && "$2/bin/python" -m pip install --quiet {PIP}'
    steps = f'{make} --disable-pip-version-check && shift 2 && exec "$@"'
    return ["sh", "-c", steps, "venv", fastest_python(), VENV, *command]


def install(requirements, title, meanwhile=nothing):
    """Install `requirements`; returns what `meanwhile`, which runs beside, returns."""
    total = requirement_count(requirements)
    seen = set()
    command = install_command(requirements)
    what = f"Installing {requirements.name} failed"
    with beside(command, log=log_path("pip"), what=what) as lines:
        result = meanwhile()
        with Step(title) as step:
            for line in lines:
                if found := ARRIVED.match(line):
                    seen.add(found[1].lower())
                    step.progress(f"{min(len(seen), total)} of {total}: {found[1]}")
                elif line.startswith("Installing collected"):
                    step.progress("installing")
    return result


def python_identity():
    """The environment belongs to one place and one Python."""
    return f"{VENV} {sys.version_info[0]}.{sys.version_info[1]}"


def create(meanwhile=nothing):
    """Make the environment unless it is complete; keep it up with requirements.txt.

    :param meanwhile: called once, beside whatever has to be installed
    :return: what it returns
    """
    identity = python_identity()
    title = "Updating the Python packages"
    if not marker.is_complete(VENV, identity):
        marker.remove(VENV)
        title = "Installing the Python packages of Odoo 19"
    result = install_once(BASE, title, meanwhile)
    marker.complete(VENV, identity)
    return result


def install_once(requirements, title, meanwhile=nothing):
    stamp = VENV / f".{requirements.stem}"
    wanted = marker.hash_files([requirements])
    if stamp.exists() and stamp.read_text() == wanted:
        return meanwhile()
    result = install(requirements, title, meanwhile)
    stamp.write_text(wanted)
    return result


def add_tests():
    """Test tools come on top, only for those who test."""
    install_once(TESTS, "Installing the test tools")


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
