"""Command line options, order of the tests, and the guard of their number."""

import os
import sys
from functools import partialmethod

import pytest

from tools.testing import worker_database

ORDER = ("unit", "addons", "repository", "launcher")
SLOW_MARKS = ("slow", "browser")
PATIENCE = 60


def pytest_addoption(parser):
    group = parser.getgroup("b2b")
    group.addoption(
        "--fast",
        action="store_true",
        help="leave out tests marked as slow or browser",
    )
    group.addoption(
        "--at-least",
        type=int,
        default=0,
        metavar="N",
        help="fail if fewer than N tests ran (skipped ones do not count)",
    )
    group.addoption(
        "--rounds",
        type=int,
        default=1,
        metavar="N",
        help="run each test of several sessions N times: a race may hide once",
    )


def pytest_collectstart(collector):
    """Rules are tested without Odoo: the packages of an addon are not imported first.

    Pytest would import them for set-up functions, of which addons have none.
    """
    if isinstance(collector, pytest.Package):
        folders = (collector.path, *collector.path.parents)
        if any((folder / "__manifest__.py").is_file() for folder in folders):
            collector.setup = lambda: None


def pytest_generate_tests(metafunc):
    rounds = metafunc.config.getoption("--rounds")
    if rounds > 1 and "sessions" in metafunc.fixturenames:
        metafunc.fixturenames.append("b2b_round")
        metafunc.parametrize("b2b_round", range(1, rounds + 1))


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes long; left out by --fast")
    config.addinivalue_line("markers", "browser: needs Chromium; left out by --fast")
    config.addinivalue_line("markers", "buyers(number): how many buyers a party has")
    if not is_worker(config):
        config.pluginmanager.register(
            RunCount(config.getoption("--at-least")), "b2b-run-count"
        )


def is_worker(config):
    """Whether this is one of several processes that share a run."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    """Each process has a copy of the database of its own; the launcher made them."""
    # Around pytest-odoo's hook, which reads the name.
    base = config.getoption("odoo_database", None)
    if is_worker(config) and base:
        worker = config.workerinput["workerid"]
        config.option.odoo_database = worker_database(base, int(worker[2:]))
        # pytest-odoo would copy it once more, with programs that are not on the PATH.
        os.environ.pop("PYTEST_XDIST_WORKER", None)
    return (yield)


def place(item):
    """Quick and telling tests first."""
    parts = item.path.parts
    if any(item.get_closest_marker(mark) for mark in SLOW_MARKS):
        return len(ORDER) + 1
    return next((n for n, name in enumerate(ORDER) if name in parts), len(ORDER))


def wait_longer(common):
    """Odoo's tests give a page 12 seconds; a busy machine may need more."""
    common.HttpCase.url_open = partialmethod(common.HttpCase.url_open, timeout=PATIENCE)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if common := sys.modules.get("odoo.tests.common"):
        wait_longer(common)
    items.sort(key=place)
    if not config.getoption("--fast"):
        return
    slow = [i for i in items if any(i.get_closest_marker(mark) for mark in SLOW_MARKS)]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.b2b_failed = report.failed
    return report


class RunCount:
    """Counts the tests that ran, so that tests cannot vanish unnoticed."""

    def __init__(self, expected):
        self.expected = expected
        self.ran = set()

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.outcome != "skipped":
            self.ran.add(report.nodeid)

    @property
    def missing(self):
        return max(0, self.expected - len(self.ran))

    def pytest_sessionfinish(self, session, exitstatus):
        if self.missing and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.missing:
            terminalreporter.write_line(
                f"Only {len(self.ran)} tests ran, expected: {self.expected} or more.",
                red=True,
            )
