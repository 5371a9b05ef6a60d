"""What the running shop offers to the outside, and what belongs to one customer."""

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.clients import HttpSession, Rpc
from tools.paths import PYTHON, ROOT, log_path

HERE = Path(__file__).parent


def run_inside(stack, database, script, question=None):
    """Run one of the scripts here in an Odoo process of its own.

    :param question: handed over on standard input as JSON
    :return: what it printed last, read as JSON
    """
    log = log_path(f"test-security-{Path(script).stem}")
    with log.open("w") as sink:
        answer = subprocess.run(
            [str(PYTHON), str(HERE / script), database],
            input=json.dumps(question),
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
            env=stack.environment(),
            cwd=ROOT,
            check=False,
        )
    assert answer.returncode == 0, f"{script} failed; see {log}"
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def offered(stack, demo_server):
    """Routes below /trade and public methods of our models."""
    return run_inside(stack, demo_server.database, "introspect.py")


@pytest.fixture(scope="session")
def staff(demo_server):
    session = HttpSession(demo_server).sign_in("admin")
    yield Rpc(session)
    session.close()


@pytest.fixture(scope="session")
def victim(staff):
    """Records of the customer that `buyer` orders for; `rival` must not reach them."""

    def ids(model, domain, limit=None):
        return staff.call(model, "search", domain, limit=limit)

    (user,) = staff.call(
        "res.users", "search_read", [("login", "=", "buyer")], ["commercial_partner_id"]
    )
    party, name = user["commercial_partner_id"]
    own = [("b2b_party_id", "=", party)]
    orders = staff.call(
        "sale.order", "search_read", own, ["name"], order="id desc", limit=400
    )
    mine = [*own, ("b2b_orderer_id", "=", user["id"])]
    waiting = ids("sale.order", [*mine, ("b2b_submit_state", "=", "waiting")])
    carts = ids("sale.order", [*own, ("b2b_is_cart", "=", True)])
    assert waiting and carts, "the demo business has a waiting order and a cart"
    return SimpleNamespace(
        party=party,
        name=name,
        user=user["id"],
        order=waiting[0],
        cart=carts[0],
        orders=[order["id"] for order in orders],
        order_names=[order["name"] for order in orders],
        seat=ids("b2b.seat", [("user_id", "=", user["id"])])[0],
        budget=ids("b2b.budget", [("party_id", "=", party)])[0],
        list=ids("b2b.order.list", [("party_id", "=", party)])[0],
        file=ids("b2b.order.file", [("party_id", "=", party)])[0],
        agreement=ids("b2b.agreement", [("party_id", "=", party)])[0],
        address=ids(
            "res.partner", [("parent_id", "=", party), ("type", "=", "delivery")]
        )[0],
        end=ids(
            "res.partner", [("parent_id", "=", party), ("b2b_end_customer", "=", True)]
        )[0],
    )


@pytest.fixture(scope="session")
def fingerprint(staff, victim):
    """A function: everything about the victim that a refused call may not change."""

    def take():
        own = [("b2b_party_id", "=", victim.party)]
        party = [("party_id", "=", victim.party)]
        return [
            staff.call("sale.order", "search_read", own, ["write_date", "state"]),
            staff.call("b2b.order.hold", "search_read", party, ["state"]),
            staff.call("b2b.seat", "search_read", party, ["write_date", "state"]),
            staff.call("b2b.budget", "search_read", party, ["write_date", "used"]),
            staff.call("b2b.agreement", "search_read", party, ["write_date", "state"]),
            staff.call("b2b.order.list", "search_read", party, ["write_date", "name"]),
            staff.call("b2b.order.file", "search_read", party, ["write_date", "name"]),
            staff.call("b2b.order.document", "search_read", party, ["write_date"]),
            staff.call("b2b.seat.role", "search_read", [], ["write_date"]),
            staff.call(
                "res.partner",
                "search_read",
                [("parent_id", "=", victim.party)],
                ["write_date"],
            ),
        ]

    return take
