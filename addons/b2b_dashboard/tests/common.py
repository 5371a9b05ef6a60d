from datetime import date
from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.tests import TransactionCase, new_test_user

TODAY = date(2026, 11, 18)


class DashboardData:
    """Parties, articles and documents with dates around 18 November 2026."""

    @classmethod
    def _make_data(cls):
        cls.env = cls.env(
            user=SUPERUSER_ID,
            context={**cls.env.context, "tracking_disable": True, "tz": "UTC"},
        )
        cls.company = cls.env.company
        cls.group = cls.env["b2b.customer.group"].create({"name": "Gift shops"})
        cls.rep = cls._make_user("b2b_dash_rep", "b2b_party.group_rep")
        cls.manager = cls._make_user(
            "b2b_dash_manager", "b2b_party.group_sales_manager"
        )
        cls.pricing = cls._make_user("b2b_dash_pricing", "b2b_party.group_pricing")
        cls.party = cls._make_party("Brightwell", b2b_customer_group_id=cls.group.id)
        cls.other = cls._make_party("Lindner")
        cls.party.b2b_rep_ids = cls.rep
        cls.article = cls.env["product.product"].create(
            {
                "name": "Heart",
                "type": "consu",
                "is_storable": True,
                "list_price": 10.0,
                "standard_price": 6.0,
                "taxes_id": False,
            }
        )
        cls.euro = cls.env["res.currency"].create(
            {
                "name": "XDE",
                "symbol": "x",
                "rate_ids": [
                    (0, 0, {"name": "2026-01-01", "rate": 2.0}),
                    (0, 0, {"name": "2026-11-10", "rate": 4.0}),
                ],
            }
        )
        cls.euro_list = cls.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": cls.euro.id}
        )

    @classmethod
    def _make_user(cls, login, group):
        return new_test_user(cls.env, login, f"base.group_user,{group}", tz="UTC")

    @classmethod
    def _make_party(cls, name, **values):
        values = {"is_company": True, "b2b_customer_type": "trade", **values}
        return cls.env["res.partner"].create({"name": name, **values})

    @classmethod
    def _sell(cls, day, amount=100.0, party=None, pieces=1, **values):
        """A confirmed document of the past."""
        line = {
            "product_id": cls.article.id,
            "product_uom_qty": pieces,
            "price_unit": amount / pieces,
        }
        values = {
            "partner_id": (party or cls.party).id,
            "date_order": f"{day} 10:00:00",
            "user_id": cls.rep.id,
            "order_line": [(0, 0, line)],
            **values,
        }
        return cls.env["sale.order"]._b2b_create_historical([values])

    def _data(self, user=None, **filters):
        dashboard = self.env["b2b.dashboard"].with_user(user or self.manager)
        with patch.object(type(dashboard), "_b2b_today", lambda self: TODAY):
            return dashboard.get_data(filters)

    def _sections(self, user=None, **filters):
        data = self._data(user, **filters)
        return {section["id"]: section for section in data["sections"]}


class DashboardCase(DashboardData, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_data()
