"""Ways to a database server, tried for real; installed binaries in test_demo.py."""

import subprocess

import pytest

from tools import cluster, postgres
from tools.database import Server
from tools.odoo import free_port
from tools.postgres import Address, parse_url

from .conftest import open_to_all

PASSWORD = "p@ss/w:rd %"


@pytest.mark.parametrize(
    ("url", "parameters"),
    [
        ("postgresql:///", {}),
        ("postgres://db.example:5433/x", {"host": "db.example", "port": "5433"}),
        ("postgresql://me@/?host=%2Fsocket", {"user": "me", "host": "/socket"}),
        (
            "postgresql://me:p%40ss%2Fw%3Ard%20%25@h/x?sslmode=require",
            {"user": "me", "password": PASSWORD, "host": "h", "sslmode": "require"},
        ),
    ],
)
def test_addresses_are_read_and_written(url, parameters):
    address = parse_url(url)
    assert address.parameters == parameters
    assert parse_url(address.url("other")) == address
    assert "/other" in address.url("other")


def test_address_in_the_words_of_odoo_and_of_libpq():
    address = parse_url("postgresql://me:secret@h:1/?sslmode=require")
    assert address.odoo_options() == {
        "db_host": "h",
        "db_port": "1",
        "db_user": "me",
        "db_password": "secret",
        "db_sslmode": "require",
    }
    assert address.environment()["PGPASSWORD"] == "secret"


def test_given_address_comes_before_all_else(monkeypatch):
    monkeypatch.delenv("B2B_DB_URL", raising=False)
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.setenv("PGUSER", "me")
    assert postgres.given() is None
    monkeypatch.setenv("PGHOST", "h")
    assert postgres.given() == Address({"host": "h", "user": "me"})
    monkeypatch.setenv("B2B_DB_URL", "postgresql://u@v/")
    assert postgres.given() == Address({"host": "v", "user": "u"})


def build_and_ask(checkout, **environment):
    """Build the demo on a server and return the server's version."""
    done = checkout.b2b("demo", "--no-serve", **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ready in" in done.stdout
    script = "env.cr.execute('SHOW server_version'); print('is', env.cr.fetchone()[0])"
    shell = subprocess.run(
        [checkout.root / "b2b", "shell"],
        input=f"{script}\nprint('demo', env['ir.module.module'].search_count([("
        "'name', '=', 'b2b_demo'), ('state', '=', 'installed')]))\n",
        cwd=checkout.root,
        env=checkout.environment | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "demo 1" in shell.stdout
    return shell.stdout.partition("is ")[2].split()[0]


@pytest.mark.slow
def test_embedded_server(checkout):
    assert int(build_and_ask(checkout, B2B_PG="embedded").split(".")[0]) >= 13
    done = checkout.b2b("demo", "--no-serve")
    assert done.returncode == 0, "the cluster remembers its binaries"


@pytest.fixture
def open_server(tmp_path):
    """A server with a password on a port, as an administrator would give us one."""
    binaries = postgres.installed_binaries()
    if not binaries:
        pytest.skip("no server is installed")
    open_to_all(tmp_path)
    data, port = tmp_path / "given", free_port()
    cluster.give(data)
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    options = {"cwd": "/", "check": True, "stdout": subprocess.DEVNULL}
    options |= cluster.as_owner()
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "boss", "-A", "scram-sha-256",
         f"--pwfile={secret}", "-E", "UTF8", "--locale=C"],
        **options,
    )  # fmt: skip
    settings = f"-p {port} -h 127.0.0.1 -k {data}"
    control = [binaries / "pg_ctl", "-D", data, "-w", "-o", settings]
    subprocess.run([*control, "-l", data / "log", "start"], **options)
    yield Address(
        {"host": "127.0.0.1", "port": str(port), "user": "boss", "password": PASSWORD}
    )
    subprocess.run([*control, "-m", "fast", "stop"], **options)


@pytest.mark.slow
def test_given_server(checkout, open_server):
    server = Server(open_server)
    server.execute("CREATE ROLE shop LOGIN CREATEDB PASSWORD 'shop'")
    given = Address(open_server.parameters | {"user": "shop", "password": "shop"})
    build_and_ask(checkout, B2B_DB_URL=given.url())
    assert not (checkout.state / "pg").exists()
    conf = checkout.state / "odoo.conf"
    assert conf.stat().st_mode & 0o077 == 0, "it holds the password"
    names = given.environment()
    assert checkout.b2b("demo", "--no-serve", **names).returncode == 0
    assert "demo" in server.databases()


def test_password_is_wrong(checkout, open_server):
    wrong = Address(open_server.parameters | {"password": "wrong"})
    done = checkout.b2b("db", "url", B2B_DB_URL=wrong.url())
    assert done.returncode == 1
    assert "password authentication failed" in done.stderr


def test_a_database_of_somebody_else_is_left_alone(checkout, open_server):
    server = Server(open_server)
    server.execute("CREATE DATABASE demo", "CREATE TABLE mine (x int)")
    done = checkout.b2b("demo", "--no-serve", B2B_DB_URL=open_server.url())
    assert done.returncode == 1
    assert "has a database `demo` that is not ours" in done.stderr
    assert "demo" in server.databases()
