"""`./b2b test`: the set-up, then one pytest run over everything that was asked for."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from . import system
from .console import say
from .database import Server
from .paths import ADDONS, PYTHON, ROOT, STATE
from .process import hand_over
from .setup import prepare
from .templates import TEST_ADDONS, Templates

CONF = STATE / "test.conf"
# Options whose next word is a value, though it may look like a path.
WITH_VALUE = {
    "-k",
    "-m",
    "-n",
    "-p",
    "-c",
    "-o",
    "-r",
    "-W",
    "--tb",
    "--durations",
    "--at-least",
}
COPY_PREFIX = "b2b_test_"


@dataclass(frozen=True)
class Selection:
    """Which parts of the tests the pytest arguments ask for."""

    odoo: bool  # Odoo tests of addons: need a database in the pytest process
    stack: bool  # anything beyond the unit tests of rules
    browser: bool

    @classmethod
    def of(cls, arguments, folder):
        paths = list(test_paths(arguments, folder))
        fast = "--fast" in arguments
        if not paths:
            return cls(odoo=True, stack=True, browser=not fast)
        below = [path for path in paths if not is_unit(path)]
        return cls(
            odoo=any(has_odoo_tests(path) for path in below),
            stack=bool(below),
            browser=bool(below) and not fast,
        )


def test_paths(arguments, folder):
    for before, word in zip(["", *arguments], arguments, strict=False):
        if word.startswith("-") or before in WITH_VALUE:
            continue
        path = (folder / word.split("::")[0]).resolve()
        if path.exists():
            yield path


def is_unit(path):
    return "unit" in path.parts


def has_odoo_tests(path):
    return path == ADDONS or ADDONS in path.parents or path in ADDONS.parents


def drop_leftovers(server):
    """Remove copies of runs that were killed."""
    for name, mark in server.databases().items():
        owner = name[len(COPY_PREFIX) :].split("_")[0]
        if (
            name.startswith(COPY_PREFIX)
            and mark
            and not Path(f"/proc/{owner}").exists()
        ):
            server.drop(name)


def odoo_arguments(database):
    return [
        "--odoo-database", database,
        "--odoo-config", str(CONF),
        "--odoo-http",
        "--odoo-log-level", "warn",
    ]  # fmt: skip


def run(_options, arguments):
    started = time.monotonic()
    selection = Selection.of(arguments, Path.cwd())
    odoo = prepare(tests=True, extra_addons=(TEST_ADDONS,), conf=CONF)
    command = [PYTHON, "-m", "pytest", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml"]
    environment = odoo.environment()
    environment.pop("ODOO_RC")
    if selection.browser:
        system.ensure(system.BROWSER)
        system.ensure(system.PDF)
    server = Server(odoo.address)
    database = None
    if selection.stack:
        drop_leftovers(server)
    if selection.odoo:
        database = f"{COPY_PREFIX}{os.getpid()}_addons"
        server.copy(Templates(odoo).addons(), database)
        server.mark(database, complete=True)
        command += odoo_arguments(database)
    else:
        # The plugin would look for a database although no selected test needs one.
        command += ["-p", "no:odoo"]
    say(f"  Set-up took {time.monotonic() - started:.0f} s")
    try:
        return hand_over([*command, *arguments], env=environment)
    finally:
        if database:
            server.drop(database)
