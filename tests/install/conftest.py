"""Databases that hold nothing but what an addon declares."""

import subprocess
from types import SimpleNamespace

import pytest

from tests.support.log_watch import parse
from tools import addons
from tools.database import Server
from tools.paths import log_path

MANIFESTS = addons.manifests()


def parents(name):
    """Our addons below an addon, itself included."""
    own = [d for d in MANIFESTS[name].get("depends", []) if d in MANIFESTS]
    return {name}.union(*(parents(parent) for parent in own))


def declared(names):
    """Odoo's modules that these addons and their parents depend on."""
    together = set().union(*(parents(name) for name in names))
    return addons.outside({name: MANIFESTS[name] for name in together})


def expected(names):
    """What installing these brings along: parents, and bridges whose parents are there.

    Bridges with modules of Odoo count only if the template holds these modules.
    """
    there = set().union(*(parents(name) for name in names))
    present = there | set(declared(names))
    while True:
        bridges = {
            name
            for name, manifest in MANIFESTS.items()
            if manifest.get("auto_install") and set(manifest["depends"]) <= present
        }
        if bridges <= present:
            return present & set(MANIFESTS)
        present |= bridges


class Database:
    """A copy of a template, changed by Odoo's command line."""

    def __init__(self, stack, name):
        self.stack = stack
        self.name = name
        self.server = Server(stack.address)

    def run(self, *arguments):
        """Run Odoo; anything unexpected in its log fails."""
        log = log_path(f"test-install-{self.name}")
        with log.open("w") as sink:
            done = subprocess.run(
                self.stack.command(*arguments),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                env=self.stack.environment(),
                check=False,
            )
        assert done.returncode == 0, log.read_text()[-3000:]
        found = [str(e) for e in parse(log.read_text()) if e.unexpected]
        assert not found

    def install(self, *names):
        options = ["-d", self.name, "--stop-after-init", "--no-http"]
        self.run(*options, "-i", ",".join(names))

    def uninstall(self, *names):
        self.run("module", "uninstall", "-d", self.name, *names)

    def column(self, statement, *values):
        rows = self.server.execute((statement, list(values)), database=self.name)[0]
        return {row[0] for row in rows}

    def installed(self):
        names = self.column(
            "SELECT name FROM ir_module_module WHERE state = 'installed'"
        )
        return names & set(MANIFESTS)

    def leftovers(self):
        """Tables, columns and records of ours that nothing declares any more."""
        unknown = self.column("""
            SELECT c.table_name || '.' || c.column_name
            FROM information_schema.columns c
            JOIN ir_model m ON replace(m.model, '.', '_') = c.table_name
            LEFT JOIN ir_model_fields f
                ON f.model_id = m.id AND f.name = c.column_name
            WHERE c.table_schema = 'public'
              AND c.column_name LIKE 'b2b\\_%%' AND f.id IS NULL""")
        tables = self.column("""
            SELECT t.table_name FROM information_schema.tables t
            WHERE t.table_schema = 'public' AND t.table_name LIKE 'b2b\\_%%'
              AND t.table_name NOT IN (SELECT replace(model, '.', '_') FROM ir_model)
              AND t.table_name NOT IN (SELECT name FROM ir_model_relation)""")
        records = self.column(
            "SELECT module || '.' || name FROM ir_model_data"
            " WHERE module LIKE 'b2b\\_%%' AND module NOT IN ("
            "SELECT name FROM ir_module_module WHERE state = 'installed')"
        )
        return SimpleNamespace(columns=unknown, tables=tables, records=records)


@pytest.fixture
def database(stack, db_factory):
    """Make a database: `database("b2b_budget")` holds what that addon declares."""
    return lambda *names: Database(stack, db_factory(declared(names)))
