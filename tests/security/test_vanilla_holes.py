"""What plain Odoo leaves open for any portal user, and what we close.

Every hole is tried on both: a database of plain Odoo, where it has to be open (else
the test proves nothing), and one with our addons, where it has to be closed.
"""

import pytest

from tests.support.clients import HttpSession, Rpc, RpcError

from .conftest import run_inside

PLAIN = ["portal", "contacts", "sale_management", "sale_stock", "account_payment"]
INTERNAL = (
    "comment",
    "sale_warn_msg",
    "ref",
    "trust",
    "user_id",
    "specific_property_product_pricelist",
)


class Shop:
    """A database with the same business, and Ann who is signed in."""

    def __init__(self, stack, server):
        self.ids = run_inside(stack, server.database, "holes_seed.py")
        self.ann = HttpSession(server).sign_in("holes_ann")
        self.admin = HttpSession(server).sign_in("admin")

    def reads(self, model, ids, field):
        try:
            rows = Rpc(self.ann).call(model, "read", [ids], [field])
        except RpcError:
            return False
        return bool(rows and rows[0][field])

    def finds(self, model, domain):
        try:
            return bool(Rpc(self.ann).call(model, "search_read", domain, ["id"]))
        except RpcError:
            return False

    def party_name(self):
        rows = Rpc(self.admin).call(
            "res.partner", "read", [self.ids["party"]], ["name"]
        )
        return rows[0]["name"]

    def renames_company(self):
        """Post the form at /my/account as its page does, with another company."""
        me = Rpc(self.admin).call(
            "res.users", "search_read", [("login", "=", "holes_ann")], ["partner_id"]
        )[0]["partner_id"][0]
        country = Rpc(self.admin).call("res.country", "search", [("code", "=", "GB")])[
            0
        ]
        answer = self.ann.post_form(
            "/my/address/submit",
            partner_id=me,
            address_type="billing",
            required_fields="name",
            name="holes_ann",
            email="holes_ann@example.com",
            phone="0113",
            street="1 Mill Road",
            city="Leeds",
            zip="LS1",
            country_id=country,
            company_name="Taken Over Ltd",
        )
        assert answer.status_code == 200, answer.text[:300]
        return self.party_name() == "Taken Over Ltd"


@pytest.fixture(scope="module")
def plain(stack, db_factory, odoo_server):
    return Shop(stack, odoo_server(db_factory(PLAIN)))


@pytest.fixture(scope="module")
def ours(stack, db_factory, odoo_server):
    return Shop(stack, odoo_server(db_factory("addons")))


def holes(shop):
    """Name of the hole to whether it is open."""
    ids = shop.ids
    found = {
        f"own company: {field}": shop.reads("res.partner", ids["party"], field)
        for field in INTERNAL
    }
    found["price rules of others"] = shop.finds(
        "product.pricelist.item", [("pricelist_id", "=", ids["secret"])]
    )
    found["price lists of others"] = shop.finds(
        "product.pricelist", [("id", "=", ids["secret"])]
    )
    found["name of the price list"] = shop.reads(
        "sale.order", ids["own_order"], "pricelist_id"
    )
    found["search by an internal field"] = shop.finds(
        "res.partner", [("id", "=", ids["party"]), ("ref", "=like", "D-%")]
    )
    found["draft of a colleague"] = shop.reads(
        "sale.order", ids["colleague_draft"], "name"
    )
    found["company renamed"] = shop.renames_company()
    return found


# Odoo logs every refusal.
@pytest.mark.ignore_log
@pytest.mark.slow
def test_plain_odoo_is_open(plain):
    closed = [name for name, is_open in holes(plain).items() if not is_open]
    assert not closed


# Odoo logs every refusal.
@pytest.mark.ignore_log
@pytest.mark.slow
def test_ours_is_closed(ours):
    still_open = [name for name, is_open in holes(ours).items() if is_open]
    assert not still_open


# Odoo logs every refusal.
@pytest.mark.ignore_log
@pytest.mark.slow
def test_what_belongs_to_the_customer_stays_readable(ours):
    ids = ours.ids
    assert ours.reads("res.partner", ids["party"], "name")
    assert ours.reads("res.partner", ids["party"], "city")
    assert ours.reads("sale.order", ids["own_order"], "name")
    for page in ("/my", "/my/quotes", "/my/account", "/my/addresses", "/my/invoices"):
        assert ours.ann.get(page).status_code == 200, page
    assert ours.ann.get(f"/my/orders/{ids['own_order']}").status_code == 200
