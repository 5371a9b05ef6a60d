"""Odoo, its databases and its servers for tests."""

import itertools
import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.log_watch import WATCH
from tools import cluster, testing
from tools.odoo import free_port
from tools.paths import log_path
from tools.setup import prepare
from tools.templates import TEST_ADDONS, Templates


@pytest.fixture(scope="session")
def stack():
    """The Odoo under test: its source, configuration and database server."""
    yield prepare(tests=True, extra_addons=(TEST_ADDONS,), conf=testing.CONF)
    cluster.leave()


@pytest.fixture(scope="session")
def templates(stack):
    return Templates(stack)


@pytest.fixture(scope="session")
def db_factory(templates):
    """Copy a template: `db_factory("demo")`, `"addons"`, a name, or a list of modules.

    The copies are dropped when the run ends.
    """
    server, made, numbers = templates.server, [], itertools.count(1)

    def create(template):
        if template in ("demo", "addons"):
            template = getattr(templates, template)()
        elif not isinstance(template, str):
            template = templates.plain(template)
        name = f"{testing.COPY_PREFIX}{os.getpid()}_{next(numbers)}"
        server.copy(template, name)
        server.mark(name, complete=True)
        made.append(name)
        return name

    yield create
    for name in made:
        server.drop(name)


@dataclass(frozen=True)
class OdooServer:
    """A running Odoo process."""

    url: str
    database: str
    log: Path
    pid: int


@pytest.fixture(scope="session")
def odoo_server(stack):
    """Start an Odoo process: `odoo_server(database, *options)`; its log is watched."""
    with ExitStack() as exits:

        def start(database, *options):
            port = free_port()
            log = log_path(f"test-server-{port}")
            arguments = ["--workers=0", "--max-cron-threads=0", *options]
            context = stack.serving(database, port, log, *arguments)
            process = exits.enter_context(context)
            watched = WATCH.watch(log)
            exits.callback(WATCH.unwatch, watched)
            return OdooServer(f"http://127.0.0.1:{port}", database, log, process.pid)

        yield start


@pytest.fixture(scope="session")
def demo_server(db_factory, odoo_server):
    """One server on a copy of the demo database, shared by the tests of a run."""
    return odoo_server(db_factory("demo"))
