"""The database server: a given one, installed binaries, or the embedded wheel."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from . import cluster
from .console import Failure
from .paths import VENV

# libpq parameters that Odoo's configuration knows, by their names there.
ODOO_NAMES = {
    "host": "db_host",
    "port": "db_port",
    "user": "db_user",
    "password": "db_password",
    "sslmode": "db_sslmode",
}
ENVIRONMENT = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
}


EMBEDDED = "lib/python*/site-packages/*_pgserver/pginstall*/bin/pg_ctl"


@dataclass(frozen=True)
class Address:
    """How to reach a database server: libpq parameters without the database."""

    parameters: dict = field(default_factory=dict)
    private: bool = False

    def url(self, database=None):
        """One libpq address; a socket folder stands in the query part."""
        rest = dict(self.parameters)
        user, password = rest.pop("user", ""), rest.pop("password", "")
        host, port = rest.pop("host", ""), rest.pop("port", "")
        login = quote(user, safe="") + (
            f":{quote(password, safe='')}" if password else ""
        )
        place = ""
        if host.startswith("/"):
            rest["host"] = host
            if port:
                rest["port"] = port
        else:
            place = host + (f":{port}" if port else "")
        query = f"?{urlencode(rest)}" if rest else ""
        at = "@" if login else ""
        return (
            f"postgresql://{login}{at}{place}/{quote(database or '', safe='')}{query}"
        )

    def environment(self):
        """The variables by which psql, createdb and libpq find the server."""
        return {
            ENVIRONMENT[key]: value
            for key, value in self.parameters.items()
            if key in ENVIRONMENT
        }

    def odoo_options(self):
        return {
            ODOO_NAMES[key]: value
            for key, value in self.parameters.items()
            if key in ODOO_NAMES
        }


def parse_url(url):
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise Failure(
            "B2B_DB_URL must look like postgresql://user:password@host:port/."
        )
    try:
        port = parts.port
    except ValueError:
        raise Failure("The port in B2B_DB_URL is not a number.") from None
    found = {
        "host": unquote(parts.hostname or ""),
        "port": str(port or ""),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        **dict(parse_qsl(parts.query)),
    }
    return Address({key: value for key, value in found.items() if value})


def given():
    """The server named by the user, or None."""
    if url := os.environ.get("B2B_DB_URL"):
        return parse_url(url)
    if not os.environ.get("PGHOST"):
        return None
    found = {key: os.environ.get(name) for key, name in ENVIRONMENT.items()}
    return Address({key: value for key, value in found.items() if value})


def installed_binaries():
    """The newest installed server binaries, or None."""
    roots = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: [int(n) for n in path.parent.name.split(".") if n.isdigit()],
        reverse=True,
    )
    for folder in roots:
        if (folder / "pg_ctl").exists() and (folder / "initdb").exists():
            return folder
    on_path = shutil.which("pg_ctl")
    if on_path and (Path(on_path).resolve().parent / "initdb").exists():
        return Path(on_path).resolve().parent
    return None


def embedded_binaries():
    """The server binaries of the PyPI wheel, installed into the environment."""
    from . import venv

    def look():
        """The newest of the versions in the package."""
        return max(VENV.glob(EMBEDDED), default=None)

    if not look():
        venv.install(venv.DATABASE, "Installing an embedded PostgreSQL")
    found = look()
    if not found:
        raise Failure(
            "No PostgreSQL was found: install its server package, or set B2B_DB_URL"
            " to one that runs."
        )
    return found.parent


def binaries():
    if os.environ.get("B2B_PG") == "embedded":
        return embedded_binaries()
    return installed_binaries() or embedded_binaries()


def start_early():
    """Start the private server if that needs nothing of the environment."""
    if os.environ.get("B2B_PG") != "embedded" and not given() and installed_binaries():
        cluster.start(binaries)


def connect():
    """The address of a server that answers, started if it is ours."""
    address = given()
    if not address:
        socket = cluster.start(binaries)
        address = Address(
            {"host": str(socket), "user": cluster.SUPERUSER}, private=True
        )
    check(address)
    return address


def check(address):
    """Fail with a clear sentence unless the server answers and fits Odoo 19."""
    from .database import Server

    version = Server(address).version()
    if version < 130000:
        raise Failure(
            f"PostgreSQL 13 or newer is needed, this server is {version // 10000}."
        )
