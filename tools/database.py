"""Databases on the server: made, copied, dropped, and marked as ours and complete."""

import json
import re
import shutil
import subprocess

from .console import Failure
from .paths import DATA_DIR, PYTHON, ROOT

# Stands before our marks in a database's comment.
PREFIX = "b2b "


class Server:
    """A database server, asked through the virtual environment's driver."""

    def __init__(self, address):
        self.address = address

    def execute(self, *statements, database="postgres"):
        """Run statements, texts or (text, values) pairs; return all their rows."""
        pairs = [(s, []) if isinstance(s, str) else s for s in statements]
        request = {"url": self.address.url(database), "statements": pairs}
        done = subprocess.run(
            [PYTHON, ROOT / "tools" / "sql.py"],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Failure(f"The database driver failed: {done.stderr.strip()[-200:]}")
        answer = json.loads(done.stdout)
        if "error" in answer:
            raise Failure(self.explain(answer))
        return answer["rows"]

    @staticmethod
    def explain(answer):
        text = re.sub(r"\s+", " ", answer["error"])
        if answer["connect"]:
            return f"The database server cannot be reached: {text}"
        if "No space left" in text:
            return "The disk is full."
        return f"The database server refused: {text}"

    def version(self):
        return int(self.execute("SHOW server_version_num")[0][0][0])

    def databases(self):
        """Names of all databases with our marks (None: not made by us)."""
        rows = self.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE NOT datistemplate"
        )[0]
        return {name: parse_mark(comment) for name, comment in rows}

    def mark(self, name, **values):
        self.execute(mark_statement(name, values))

    def create(self, name, **mark):
        """Make an empty database as Odoo would, marked as unfinished in one go."""
        self.execute(
            f"CREATE DATABASE {quote(name)} ENCODING 'UTF8' LC_COLLATE 'C'"
            " TEMPLATE template0",
            mark_statement(name, {"complete": False, **mark}),
        )
        self.add_search_index(name)

    def add_search_index(self, name):
        """Quick search in texts, where the server has it; Odoo works without."""
        known = self.execute(
            "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"
        )[0]
        if known:
            self.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", database=name)

    def drop(self, name):
        self.execute(*disconnect(name), f"DROP DATABASE IF EXISTS {quote(name)}")
        shutil.rmtree(filestore(name), ignore_errors=True)

    def copy(self, template, name):
        """Copy a database and its files."""
        self.execute(
            *disconnect(template),
            f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)}",
        )
        if filestore(template).exists():
            shutil.copytree(filestore(template), filestore(name), dirs_exist_ok=True)


def disconnect(name):
    return (
        (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        ),
    )


def filestore(name):
    return DATA_DIR / "filestore" / name


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def parse_mark(comment):
    if not (comment or "").startswith(PREFIX):
        return None
    try:
        return json.loads(comment[len(PREFIX) :])
    except ValueError:
        return None


def mark_statement(name, values):
    text = (PREFIX + json.dumps(values, sort_keys=True)).replace("'", "''")
    return f"COMMENT ON DATABASE {quote(name)} IS '{text}'"
