"""`./b2b demo`: from nothing to a running shop."""

import re
import time

from . import addons, marker, odoo_source, system
from .console import Failure, Step, say
from .database import Server
from .odoo import get, port_is_free
from .paths import STATE, log_path
from .setup import prepare

DATABASE = "demo"
NEEDED_BYTES = 500_000_000
LOGINS = (
    ("admin", "administrator: the B2B menu, its dashboard, the settings"),
    ("manager", "sales manager: all orders, what waits, what the team sells"),
    ("rep", "account manager: own customers, their orders, what waits and for whom"),
    ("credit", "credit controller: receivables by age; block or activate a party"),
    ("pricing", "pricing: agreements with versions, price lists, catalogs, margin"),
    ("buyer", "buyer of Brightwell & Sons: own prices, cart, checkout within a budget"),
    ("approver", "approver there: release or refuse the orders of colleagues"),
    (
        "owner",
        "administrator there: people and roles, all orders and budgets; keeps the "
        "books of a second company",
    ),
    ("finance", "accounts there: orders, budgets and prices of the company"),
    ("agent", "external sales agent: order for the parties assigned to him"),
    (
        "rival",
        "buyer of Kaufhaus Lindner: sees nothing of the first company",
    ),
)


def modules(website):
    """What to install: all addons that are no bridges, with what they need."""
    found = addons.manifests()
    wanted = addons.installed_explicitly(found)
    if not wanted:
        raise Failure("There are no addons in the folder addons/.")
    return [*wanted, "website_sale"] if website else wanted


def build(odoo, server, website):
    """A new database; it counts only once it is marked as complete."""
    odoo_source.check_space(STATE, NEEDED_BYTES, "the demo database")
    server.drop(DATABASE)
    server.create(DATABASE)
    odoo.install(
        DATABASE,
        modules(website),
        title="Building the demo business (Odoo, all addons, data)",
        log_name="install-demo",
    )
    mark(server, website)


def mark(server, website):
    server.mark(DATABASE, complete=True, website=website, addons=addons.fingerprints())


def bring_up_to_date(odoo, server, known, website):
    """Update what changed since the database was built."""
    now, then = addons.fingerprints(), known.get("addons", {})
    if gone := sorted(set(then) - set(now)):
        raise Failure(
            f"The demo database holds addons that are gone ({', '.join(gone)}):"
            " build it anew with `./b2b demo --fresh`."
        )
    website = website or known.get("website", False)
    changed = [name for name in now if name in then and now[name] != then[name]]
    new = [name for name in modules(False) if name not in then]
    if website and not known.get("website"):
        new.append("website_sale")
    if not changed and not new:
        return
    # New bridges install themselves when an addon of theirs is updated or installed.
    odoo.install(
        DATABASE,
        new,
        update=changed,
        title=f"Updating {in_words(changed + new)}",
        log_name="update-demo",
    )
    mark(server, website)


def in_words(names):
    return ", ".join(names) if len(names) < 4 else f"{len(names)} addons"


def ready_database(odoo, *, fresh, website):
    """Make the demo database current; returns whether it was built anew."""
    server = Server(odoo.address)
    existing = server.databases()
    known = existing.get(DATABASE)
    if DATABASE in existing and known is None and not fresh:
        raise Failure(
            "The server has a database `demo` that is not ours:"
            " `./b2b demo --fresh` would replace it."
        )
    if known and known.get("complete") and not fresh:
        bring_up_to_date(odoo, server, known, website)
        return False
    if known and not fresh:
        say("  The demo database was not finished, building it again")
    build(odoo, server, website)
    return True


def print_logins(port, took):
    say()
    say(f"Ready in {took}: http://127.0.0.1:{port}")
    say()
    say("Sign in with (password = login):")
    for login, hint in LOGINS:
        say(f"  {login:<10}{hint}")
    say()
    say("Ctrl-C ends it.")


def open_login_page(server, log):
    """Fetch the page with its styles and scripts, which Odoo builds at first sight."""
    status, page = get(f"{server}/web/login", timeout=120)
    if status != 200:
        raise Failure(f"The login page answers {status}.", log)
    for path in re.findall(r'(?:href|src)="(/web/assets/[^"]+)"', page):
        status, _text = get(server + path, timeout=120)
        if status != 200:
            raise Failure(f"{path} answers {status}.", log)


def total_time(took, built):
    """How long the start took, beside how long the first one did."""
    record = STATE / "first-start"
    if built:
        record.write_text(f"{took:.0f}")
        return f"{took:.0f} s"
    first = record.read_text() if record.exists() else "?"
    return f"{took:.0f} s (the first start took {first} s)"


def serve(odoo, port, started, built):
    """Serve until Ctrl-C."""
    log = log_path(f"server-{port}")
    say("  Starting Odoo ...")
    with odoo.serving(DATABASE, port, log) as process:
        with Step("Opening the login page"):
            open_login_page(f"http://127.0.0.1:{port}", log)
        print_logins(port, total_time(time.monotonic() - started, built))
        code = process.wait()
    raise Failure(f"Odoo ended by itself with exit code {code}.", log)


def run(options, _rest):
    started = time.monotonic()
    say("B2B demo")
    if not options.no_serve and not port_is_free(options.port):
        raise Failure(f"Port {options.port} is taken: choose another one with --port.")
    odoo = prepare(programs=(system.PDF,))
    # Two starts at once would drop what the other builds.
    with marker.lock("demo", lambda: say("  Waiting for another ./b2b demo")):
        built = ready_database(odoo, fresh=options.fresh, website=options.website)
    if options.no_serve:
        took = total_time(time.monotonic() - started, built)
        say(f"Ready in {took}, not serving.")
        return 0
    serve(odoo, options.port, started, built)
    return 0
