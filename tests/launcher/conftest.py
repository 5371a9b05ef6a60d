"""A checkout of its own for the launcher, with everything heavy borrowed."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tools import odoo_source
from tools.marker import NAME, hash_files
from tools.paths import PYTHON, ROOT, starting_python

FILES = ("b2b", "odoo.conf")
MANIFEST = """{
    "name": "Stand-in for the demo business",
    "version": "19.0.1.0.0",
    "author": "B2B suite contributors",
    "license": "LGPL-3",
    "depends": ["web"],
}
"""


class Checkout:
    """Runs ./b2b in a folder of its own."""

    def __init__(self, root):
        self.root = root
        self.state = root / ".b2b"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(root / "home"),
            "LANG": "C.UTF-8",
            "ODOO_SRC": str(odoo_source.find().python_path),
        }

    def b2b(self, *arguments, timeout=900, **environment):
        return subprocess.run(
            [starting_python(), self.root / "b2b", *arguments],
            cwd=self.root,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def start(self, *arguments):
        """Start ./b2b in the background, its output going to a file."""
        with self.output.open("w") as sink:
            return subprocess.Popen(
                [starting_python(), self.root / "b2b", *arguments],
                cwd=self.root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self):
        return self.root / "output.txt"

    def wait_for(self, text, process, seconds=180):
        deadline = time.monotonic() + seconds
        while text not in (shown := self.output.read_text()):
            assert process.poll() is None, shown
            assert time.monotonic() < deadline, shown
            time.sleep(0.1)

    def processes(self):
        """Every process that this checkout started and that still runs."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes()
                ended = (folder / "stat").read_text().rpartition(")")[2].split()[
                    0
                ] == "Z"
            except OSError:
                continue  # it ended while we looked
            if bytes(self.root) in command and not ended:
                found.append(command.replace(b"\0", b" ").decode())
        return found

    def log(self, name):
        return (self.state / "logs" / f"{name}.log").read_text()


def borrow_environment(checkout):
    """A virtual environment of its own that sees the packages of the real one."""
    venv = checkout.state / "venv"
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", venv], check=True)
    site = next(venv.glob("lib/python*/site-packages"))
    borrowed = next(PYTHON.parent.parent.glob("lib/python*/site-packages"))
    (site / "borrowed.pth").write_text(f"{borrowed}\n")
    version = ".".join(map(str, sys.version_info[:2]))
    (venv / NAME).write_text(f"{venv} {version}")
    for path in checkout.root.glob("requirements*.txt"):
        (venv / f".{path.stem}").write_text(hash_files([path]))


def open_to_all(folder):
    """Let another user enter a folder of pytest and all that lead to it."""
    while folder != Path(tempfile.gettempdir()) and folder != folder.parent:
        folder.chmod(0o755)
        folder = folder.parent


def make_checkout(folder):
    """Copy the launcher below `folder`; its user may enter, as the server's must."""
    open_to_all(folder)
    # Long names would push the socket of the database over the kernel's limit.
    root = folder / "co"
    root.mkdir()
    for name in (*FILES, *(path.name for path in ROOT.glob("requirements*.txt"))):
        shutil.copy2(ROOT / name, root / name)
    shutil.copytree(ROOT / "tools", root / "tools")
    addon = root / "addons" / "b2b_demo"
    addon.mkdir(parents=True)
    (addon / "__manifest__.py").write_text(MANIFEST)
    (addon / "__init__.py").touch()
    found = Checkout(root)
    found.state.mkdir()
    borrow_environment(found)
    return found


@pytest.fixture
def checkout(tmp_path):
    """A checkout in which nothing has run yet."""
    found = make_checkout(tmp_path)
    yield found
    found.b2b("db", "stop")
    assert not found.processes()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A checkout whose demo was built by the first start."""
    found = make_checkout(tmp_path_factory.mktemp("built"))
    done = found.b2b("demo", "--no-serve")
    assert done.returncode == 0, done.stdout + done.stderr
    found.first_output = done.stdout
    yield found
    found.b2b("db", "stop")
