"""`demo` builds once, starts in seconds, follows changes, and ends cleanly."""

import fcntl
import os
import re
import signal
import time

import pytest

from tools.odoo import free_port, get

pytestmark = pytest.mark.slow
BUILDING = "Building the demo business"


def ok(done):
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def end(checkout, process, number=signal.SIGINT):
    """End ./b2b as a terminal would: the whole group gets the signal."""
    os.killpg(process.pid, number)
    assert process.wait(60) == 128 + number
    assert "b2b: stopped." in checkout.output.read_text()
    assert not checkout.processes()


def test_first_start_tells_what_it_does(built):
    shown = built.first_output
    for step in ("Creating the database cluster", "Starting the database server"):
        assert f"  {step}: done in " in shown
    assert re.search(r"^    \d+ of \d+: \w+$", shown, re.M), "no count of modules"
    assert re.search(r"^Ready in \d+ s, not serving\.$", shown, re.M)
    assert not built.processes(), "the last command stops the server"


def test_second_start_builds_nothing(built):
    shown = ok(built.b2b("demo", "--no-serve"))
    assert BUILDING not in shown and "Updating" not in shown
    times = re.search(r"Ready in (\d+) s \(the first start took (\d+) s\)", shown)
    assert int(times[1]) < 15 and int(times[2]) > 0


def test_two_starts_do_not_build_at_once(built):
    with (built.state / "demo.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        process = built.start("demo", "--no-serve")
        built.wait_for("Waiting for another ./b2b demo", process)
        assert process.poll() is None
    assert process.wait(60) == 0
    assert BUILDING not in built.output.read_text()


def test_private_cluster_is_closed_to_others(built):
    data = built.state / "pg" / "data"
    assert data.stat().st_mode & 0o077 == 0
    if os.geteuid() == 0:
        assert data.stat().st_uid != 0
    settings = (data / "postgresql.auto.conf").read_text()
    assert "listen_addresses = ''" in settings
    assert "fsync" not in settings


def test_serves_until_it_is_ended(built):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        port = free_port()
        process = built.start("demo", "--port", str(port))
        built.wait_for("Ctrl-C ends it.", process)
        shown = built.output.read_text()
        assert "Ready in " in shown and f"http://127.0.0.1:{port}" in shown
        for login in ("admin", "buyer", "rival"):
            assert f"\n  {login} " in shown
        status, page = get(f"http://127.0.0.1:{port}/web/login")
        assert status == 200 and "oe_login_form" in page
        end(built, process, number)
        assert get(f"http://127.0.0.1:{port}/web/login")[0] == 0


def test_odoo_has_the_terminal_until_it_ends_itself(built):
    """Odoo ends its own way on Ctrl-C, and the database server after it."""
    port = free_port()
    process = built.start("odoo", "-d", "demo", "--http-port", str(port))
    deadline = time.monotonic() + 60
    while get(f"http://127.0.0.1:{port}/web/health")[0] != 200:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 0
    assert "Initiating shutdown" in built.output.read_text()
    assert not built.processes()


def test_changed_addons_are_updated_and_vanished_ones_refused(built):
    addon = built.root / "addons" / "b2b_demo"
    (addon / "views.xml").write_text("<odoo/>")
    assert "Updating b2b_demo" in ok(built.b2b("demo", "--no-serve"))
    assert "Updating" not in ok(built.b2b("demo", "--no-serve"))

    addon.rename(addon.with_name("b2b_other"))
    done = built.b2b("demo", "--no-serve")
    assert done.returncode == 1
    assert "addons that are gone (b2b_demo)" in done.stderr
    assert BUILDING in ok(built.b2b("demo", "--no-serve", "--fresh"))


def test_interrupted_build_is_built_again(checkout):
    process = checkout.start("demo", "--no-serve")
    checkout.wait_for(BUILDING, process)
    time.sleep(3)  # into the middle of it
    end(checkout, process)
    again = ok(checkout.b2b("demo", "--no-serve"))
    assert "The demo database was not finished, building it again" in again


def test_failed_installation_is_told_with_its_cause(checkout):
    manifest = checkout.root / "addons" / "b2b_demo" / "__manifest__.py"
    manifest.write_text(manifest.read_text().replace('"web"', '"no_such_module"'))
    done = checkout.b2b("demo", "--no-serve")
    assert done.returncode == 1
    assert 'depends on module "no_such_module"' in done.stderr
    assert done.stderr.strip().endswith("install-demo.log")


def test_server_that_is_kept_stays(checkout):
    address = ok(checkout.b2b("db", "start")).strip().splitlines()[-1]
    assert address.startswith("postgresql://")
    ok(checkout.b2b("db", "url", "demo"))
    assert checkout.processes()
    assert ok(checkout.b2b("db", "stop")) == "Stopped.\n"
    assert not checkout.processes()
    assert ok(checkout.b2b("db", "stop")) == "The database server was not running.\n"
