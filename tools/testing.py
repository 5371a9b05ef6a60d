"""`./b2b test`: the set-up, then one pytest run over everything that was asked for."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from . import system
from .console import Failure, say
from .database import Server
from .paths import ADDONS, PYTHON, ROOT, STATE
from .process import hand_over
from .setup import prepare
from .templates import DEMO, TEST_ADDONS, Templates

CONF = STATE / "test.conf"
TESTS = ROOT / "tests"
# Folders of tests/ that look at files and processes only.
WITHOUT_SHOP = ("unit", "repository", "launcher", "support", "addons")
# Options whose next word is a value, though it may look like a path.
WITH_VALUE = {"-k", "-m", "-n", "-p", "-c", "-o", "-r", "-W", "--tb", "--at-least"}
COPY_PREFIX = "b2b_test_"
# More processes than these wait for the database server.
MOST_WORKERS = 4


@dataclass(frozen=True)
class Selection:
    """What the asked-for tests need; the less, the sooner they start."""

    odoo: str = ""  # the template in the pytest process, for the addons' own tests
    shop: bool = False  # the demo business, for tests across addons

    @classmethod
    def of(cls, arguments, folder):
        paths = list(paths_in(arguments, folder)) or [ADDONS, TESTS]
        paths = [path for path in paths if "unit" not in path.parts]
        own = [path for path in paths if overlap(path, ADDONS)]
        demo = all(path.is_relative_to(ADDONS / DEMO) for path in own)
        template = "demo" if demo else "addons"
        return cls(
            odoo=template if own else "", shop=any(needs_shop(path) for path in paths)
        )


def paths_in(arguments, folder):
    """The files and folders among pytest's arguments."""
    for before, word in zip(["", *arguments], arguments, strict=False):
        if word.startswith("-") or before in WITH_VALUE:
            continue
        path = (folder / word.split("::")[0]).resolve()
        if path.exists():
            yield path


def overlap(path, folder):
    return path == folder or folder in path.parents or path in folder.parents


def needs_shop(path):
    return overlap(path, TESTS) and not any(
        path.is_relative_to(TESTS / name) for name in WITHOUT_SHOP
    )


def drop_leftovers(server):
    """Remove copies of runs that were killed."""
    for name, mark in server.databases().items():
        if not (name.startswith(COPY_PREFIX) and mark):
            continue
        owner = name[len(COPY_PREFIX) :].split("_")[0]
        if not Path(f"/proc/{owner}").exists():
            server.drop(name)


def base_database():
    """The addons' database of this run, for pytest in one process."""
    return f"{COPY_PREFIX}{os.getpid()}_addons"


def worker_database(database, number):
    """The addons' database of one of the processes that share a run."""
    return f"{database}{number}"


def workers(arguments, folder):
    """How many processes share the run: `-n`, else one for each core if all is asked.

    :return: 0 for a run in one process
    """
    if "-n" in arguments[:-1]:
        number = arguments[arguments.index("-n") + 1]
        if not number.isdigit():
            raise Failure(f"-n takes a number of processes, not {number}.")
        return int(number)
    cores = os.cpu_count() or 1
    if cores == 1 or any(paths_in(arguments, folder)):
        return 0
    return min(cores, MOST_WORKERS)


def ready_databases(odoo, selection, count):
    """Build what is needed while progress can be seen; return the addons' databases.

    :param int count: processes that share the run, 0 for this one alone
    """
    server, templates = Server(odoo.address), Templates(odoo)
    drop_leftovers(server)
    databases = []
    if selection.odoo:
        base = base_database()
        template = getattr(templates, selection.odoo)()
        names = [worker_database(base, number) for number in range(count)] or [base]
        for name in names:
            server.copy(template, name)
            server.mark(name, complete=True)
            databases.append(name)
    if selection.shop:
        templates.demo()
    return databases


def pytest_command(selection, database, count=0):
    command = [PYTHON, "-m", "pytest", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml"]
    if count:
        # A file stays together, and the order as it is: quick and telling tests first.
        command += ["-n", count, "--dist", "loadfile", "--no-loadscope-reorder"]
    if selection.odoo == "addons":
        # Run by tests/demo, where the demo business is installed.
        command += ["--ignore", ADDONS / DEMO / "tests"]
    if not database:
        # The plugin would look for a database although no selected test needs one.
        return [*command, "-p", "no:odoo"]
    options = {"database": database, "config": CONF, "log-level": "warn"}
    words = (f"--odoo-{name}={value}" for name, value in options.items())
    # Odoo would limit the memory of this process, and with it that of the browser.
    return [*command, "--odoo-http", "--odoo-extra=limit-memory-hard=0", *words]


def run(_options, arguments):
    started = time.monotonic()
    selection = Selection.of(arguments, Path.cwd())
    programs = ()
    if (selection.odoo or selection.shop) and "--fast" not in arguments:
        programs = (system.BROWSER, system.PDF)
    odoo = prepare(
        tests=True, programs=programs, extra_addons=(TEST_ADDONS,), conf=CONF
    )
    count = workers(arguments, Path.cwd())
    databases = ready_databases(odoo, selection, count)
    environment = odoo.environment()
    # The plugin takes it for a wish to test; the command names the file if it is one.
    environment.pop("ODOO_RC")
    say(f"  Set-up took {time.monotonic() - started:.0f} s")
    command = pytest_command(selection, databases and base_database(), count)
    try:
        return hand_over([*command, *arguments], env=environment)
    finally:
        for database in databases:
            Server(odoo.address).drop(database)
