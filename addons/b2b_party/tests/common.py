from base64 import b64encode
from datetime import timedelta

from odoo.fields import Date
from odoo.tests import TransactionCase, new_test_user


def tax_mark(days=30):
    """Values of a valid mark that overrules the tax of the place of supply."""
    return {
        "b2b_tax_mark": True,
        "b2b_tax_document": b64encode(b"%PDF exempt"),
        "b2b_tax_document_name": "exempt.pdf",
        "b2b_tax_valid_until": Date.today() + timedelta(days=days),
    }


class PartyCase(TransactionCase):
    """A trade party with a buyer, an approver and an administrator, and a rival."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "mail_notrack": True}
        )
        cls._ask_no_events()
        cls.party = cls._make_party("Brightwell & Sons Ltd")
        cls.rival_party = cls._make_party("Kaufhaus Lindner")
        cls.buyer = cls._make_seat(cls.party, "Hannah", "buyer")
        cls.approver = cls._make_seat(cls.party, "Marcus", "approver")
        cls.owner = cls._make_seat(cls.party, "Priya", "administrator")
        cls.rival = cls._make_seat(cls.rival_party, "Jana", "buyer")
        cls.product = cls.env["product.product"].create(
            {
                "name": "Heart",
                "list_price": 10.0,
                "taxes_id": False,
                "is_storable": True,
            }
        )
        cls.rep = new_test_user(cls.env, "b2b_test_rep", "b2b_party.group_rep")
        cls.manager = new_test_user(
            cls.env, "b2b_test_manager", "b2b_party.group_sales_manager"
        )

    @classmethod
    def _ask_no_events(cls):
        """Nearly every order of a test is its party's first, and much like another."""
        company = cls.env.company
        for name in ("first", "places", "repeats"):
            if f"b2b_unusual_{name}" in company._fields:
                company[f"b2b_unusual_{name}"] = False

    @classmethod
    def _make_party(cls, name, **values):
        values = {
            "name": name,
            "is_company": True,
            "b2b_customer_type": "trade",
            **values,
        }
        return cls.env["res.partner"].create(values)

    @classmethod
    def _make_seat(cls, party, name, role):
        email = f"{name.lower()}@{party.id}.example.com"
        role = cls.env.ref(f"b2b_party.role_{role}")
        return cls.env["b2b.seat"]._b2b_create_login(party, name, email, role)

    @classmethod
    def _make_order(cls, seat=None, quantity=1, **values):
        seat = cls.buyer if seat is None else seat
        values = {
            "partner_id": seat.user_id.partner_id.id,
            "b2b_seat_id": seat.id,
            "b2b_orderer_id": seat.user_id.id,
            "order_line": [
                (0, 0, {"product_id": cls.product.id, "product_uom_qty": quantity})
            ],
            **values,
        }
        return cls.env["sale.order"].create(values)
