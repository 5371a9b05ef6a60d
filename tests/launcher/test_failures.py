"""Each failure is one sentence on standard error, and an exit code that is not 0."""

import ast
import runpy
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from types import SimpleNamespace

import pytest

from tools import apt, console, odoo_source, postgres, process, setup, system
from tools.console import Failure
from tools.paths import ROOT

DAMAGED_SERVER = "postgresql://nobody@127.0.0.1:9/"


def sentence(done):
    """The one line of a failed run."""
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stdout
    return lines[0]


def test_port_taken(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        text = sentence(checkout.b2b("demo", "--port", str(port)))
    assert text == f"b2b: Port {port} is taken: choose another one with --port."
    assert not (checkout.state / "pg").exists(), "the port is checked before all else"


def test_database_unreachable(checkout):
    text = sentence(checkout.b2b("demo", "--no-serve", B2B_DB_URL=DAMAGED_SERVER))
    assert text.startswith("b2b: The database server cannot be reached: ")
    assert "127.0.0.1" in text


@pytest.mark.parametrize("url", ["mysql://x/", "localhost", "postgresql://h:port/"])
def test_address_of_the_database_is_wrong(checkout, url):
    text = sentence(checkout.b2b("db", "url", B2B_DB_URL=url))
    assert "B2B_DB_URL" in text


def test_folder_of_odoo_is_wrong(checkout, tmp_path):
    text = sentence(checkout.b2b("db", "start", ODOO_SRC=str(tmp_path)))
    assert text == f"b2b: ODOO_SRC={tmp_path} is not a complete Odoo 19."


def test_odoo_of_another_version_is_refused(tmp_path):
    (tmp_path / "odoo/addons/sale").mkdir(parents=True)
    (tmp_path / "odoo/addons/web/static").mkdir(parents=True)
    release = tmp_path / "odoo/release.py"
    release.write_text("version_info = (18, 0, 0, 'final', 0, '')\n")
    assert odoo_source.source_at(tmp_path, "test") is None
    release.write_text("version_info = (19, 0, 0, 'final', 0, '')\n")
    assert odoo_source.source_at(tmp_path, "test").version == "19.0"


def test_odoo_without_its_pages_is_refused(tmp_path):
    """Debian's second folder of addons has Python files only."""
    (tmp_path / "odoo/addons").mkdir(parents=True)
    (tmp_path / "odoo/release.py").write_text("version_info = (19, 0, 0, 'final')\n")
    assert odoo_source.source_at(tmp_path, "test") is None


def test_no_odoo_and_no_packages(checkout, monkeypatch):
    monkeypatch.setattr(odoo_source, "ODOO", checkout.root / "none")
    monkeypatch.setattr(apt.shutil, "which", lambda name: None)
    with pytest.raises(Failure, match="set ODOO_SRC to its folder"):
        odoo_source.from_debian()


def test_no_mirror(monkeypatch):
    monkeypatch.setattr(apt, "output", lambda command: "")
    with pytest.raises(Failure, match="No Debian mirror is configured"):
        apt.mirror()


URIS = """\
'http://packages.example/tool/dists/stable/InRelease' packages 0
'http://near.example/debian-security/dists/bookworm-security/InRelease' near 0
'http://far.example/debian/dists/trixie/InRelease' far 0
'http://near.example/debian/dists/bookworm-updates/InRelease' near 0
'http://near.example/debian/dists/bookworm/InRelease' near 0
'http://near.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' near 0
"""


def test_the_mirror_is_that_of_the_system(monkeypatch):
    monkeypatch.setattr(apt, "output", lambda command: URIS)
    monkeypatch.setattr(apt, "os_release", lambda: {"VERSION_CODENAME": "bookworm"})
    assert apt.mirror() == "http://near.example/debian"


needs_apt = pytest.mark.skipif(not shutil.which("apt-get"), reason="needs apt")


@needs_apt
def test_mirror_unreachable(checkout, tmp_path):
    """The system's apt points to a closed port: nothing else is tried."""
    sources = tmp_path / "sources.list"
    sources.write_text("deb [trusted=yes] http://127.0.0.1:9/debian stable main\n")
    settings = tmp_path / "apt.conf"
    settings.write_text(
        f'Dir::Etc::sourcelist "{sources}";\nDir::Etc::sourceparts "/dev/null";\n'
        'Acquire::Retries "0";\n'
    )
    text = sentence(checkout.b2b("db", "start", ODOO_SRC="", APT_CONFIG=str(settings)))
    assert "the network or the package index cannot be reached" in text
    assert text.endswith("download.log")
    assert "127.0.0.1" in checkout.log("download")


def test_package_index_unreachable(checkout):
    requirements = checkout.root / "requirements.txt"
    requirements.write_text("b2b-no-such-package==1.0\n")
    text = sentence(
        checkout.b2b(
            "db",
            "start",
            PIP_INDEX_URL="http://127.0.0.1:9/simple",
            PIP_RETRIES="0",
            PIP_EXTRA_INDEX_URL="",
        )
    )
    assert "Installing requirements.txt failed: the network" in text
    assert text.endswith("pip.log")


def test_disk_full(monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")(10, 9, 1_000_000_000)
    monkeypatch.setattr(odoo_source.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(Failure, match=r"2\.5 GB are needed, 1\.0 GB are free"):
        odoo_source.check_space(tmp_path, 2_500_000_000, "Odoo 19")


def test_disk_full_on_the_way(tmp_path):
    """A program that fails on a full device is told as what it is."""
    log = tmp_path / "log"
    with pytest.raises(Failure) as failed:
        process.run(
            ["cp", "/proc/version", "/dev/full"], log=log, what="Unpacking failed"
        )
    assert str(failed.value) == "Unpacking failed: the disk is full."
    assert failed.value.log == log


def test_disk_full_in_the_launcher_itself(monkeypatch):
    def full():
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(setup.odoo_source, "find", full)
    with pytest.raises(Failure, match="No space left on device: 'somewhere'"):
        setup.prepare()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("OSError: [Errno 98] Address already in use", "the port is taken"),
        ("FATAL:  password authentication failed for user", "refused the password"),
        ("permission denied to create database", "may not create databases"),
        ("Traceback:\nodoo.exceptions.UserError: No such module.\n", "No such module"),
        ("ensurepip is not available. On Debian", "python3-venv is not installed"),
        ("all is well", None),
    ],
)
def test_causes_are_found_in_logs(tmp_path, text, cause):
    log = tmp_path / "log"
    log.write_text(text)
    found = console.cause_in(log)
    assert found is None if cause is None else cause in found


def test_without_a_log_there_is_no_cause(tmp_path):
    assert console.cause_in(tmp_path / "none") is None


def test_server_too_old(monkeypatch):
    from tools import database

    monkeypatch.setattr(database.Server, "version", lambda self: 120004)
    with pytest.raises(Failure, match="PostgreSQL 13 or newer .* this server is 12"):
        postgres.check(postgres.Address())


@pytest.mark.parametrize("version", [(2, 7), (3, 9), (3, 14)])
def test_wrong_python(version):
    """Told by the launcher's first lines, which old interpreters must understand."""
    code = (
        "import collections, runpy, sys\n"
        "V = collections.namedtuple('V', 'major minor')\n"
        f"sys.version_info = V{version}\n"
        "import os; os.environ['PATH'] = ''\n"
        f"runpy.run_path({str(ROOT / 'b2b')!r}, run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    found = ".".join(map(str, version))
    assert done.stderr == (
        f"b2b: Python 3.10 to 3.13 is needed, this is {found} and no other was found.\n"
    )


def test_shells_of_version_managers_are_passed_over(tmp_path):
    """They stand on the path under every version's name and then find none."""
    launcher = runpy.run_path(str(ROOT / "b2b"))
    shell = tmp_path / "python3.13"
    shell.write_text("#!/bin/sh\nexit 127\n")
    shell.chmod(0o755)
    minor = sys.version_info[1]
    assert not launcher["works"](str(shell), 13)
    assert not launcher["works"](str(tmp_path), 13)
    assert not launcher["works"](sys.executable, minor + 1)
    assert launcher["works"](sys.executable, minor)


def test_first_lines_are_readable_for_old_interpreters():
    """One f-string and Python 2 says "invalid syntax" instead of what is needed."""
    tree = ast.parse((ROOT / "b2b").read_text())
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, new)]


def test_addons_missing(checkout):
    shutil.rmtree(checkout.root / "addons")
    text = sentence(checkout.b2b("demo", "--no-serve"))
    assert text == "b2b: There are no addons in the folder addons/."


def test_programs_that_may_not_be_installed_are_told(monkeypatch, capsys):
    """An ordinary user learns what is missing, and all else goes on."""
    program = system.Program(("b2b-no-such-program",), "b2b-no-such", "printing")
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
    assert system.ensure(program) is False
    assert capsys.readouterr().out == (
        "  No printing: install the package b2b-no-such for it.\n"
    )


def test_programs_are_announced_before_they_are_installed(monkeypatch, capsys):
    program = system.Program(("b2b-no-such-program",), "b2b-no-such", "printing")
    monkeypatch.setattr(system.os, "geteuid", lambda: 0)
    monkeypatch.setattr(
        system.shutil,
        "which",
        lambda name: "/usr/bin/apt-get" if "apt" in name else None,
    )
    shown = []

    def install(_program):
        shown.append(capsys.readouterr().out)
        raise Failure("apt-get install failed.", log="apt.log")

    monkeypatch.setattr(system, "install", install)
    assert system.ensure(program) is False
    assert shown == ["  Missing for printing: b2b-no-such; installing this package.\n"]
    assert "apt-get install failed. See apt.log" in capsys.readouterr().out


def test_the_end_of_odoo_while_starting_is_told(tmp_path):
    from tools import odoo

    log = tmp_path / "log"
    log.write_text("OSError: [Errno 98] Address already in use\n")
    ended = SimpleNamespace(poll=lambda: 1, returncode=1)
    with pytest.raises(Failure, match="Odoo ended while it started: the port is taken"):
        odoo.wait_until_healthy(ended, odoo.free_port(), log)
