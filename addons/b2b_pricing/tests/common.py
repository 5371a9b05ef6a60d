from contextlib import contextmanager
from unittest.mock import patch

from odoo.fields import Date

from odoo.addons.b2b_party.tests.common import PartyCase
from odoo.addons.product.models.product_pricelist import ProductPricelist


class PricingCase(PartyCase):
    """Two parties, a public list, and helpers for lists and agreements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.currency = cls.company.currency_id
        cls.other_currency = (
            cls.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "in", ("EUR", "USD")), ("id", "!=", cls.currency.id)])[0]
        )
        cls.other_currency.active = True
        cls.env["res.currency.rate"].search(
            [("currency_id", "=", cls.other_currency.id)]
        ).unlink()
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.other_currency.id,
                "rate": 1.25,
                "name": "2020-01-01",
                "company_id": cls.company.id,
            }
        )
        cls.today = Date.context_today(cls.company)
        cls.env["product.pricelist"].search([]).active = False
        cls.public = cls._make_list("Public", 8.0, b2b_private=False)
        cls.company.b2b_public_pricelist_id = cls.public
        cls.product.default_code = "H1"

    @classmethod
    def _make_list(cls, name, price=None, rules=(), **values):
        """A list with one fixed price for the product, or with given rules."""
        rules = list(rules)
        if price is not None:
            rules.append(
                {
                    "applied_on": "0_product_variant",
                    "product_id": cls.product.id,
                    "compute_price": "fixed",
                    "fixed_price": price,
                }
            )
        return cls.env["product.pricelist"].create(
            {
                "name": name,
                "currency_id": cls.currency.id,
                "company_id": False,
                "b2b_private": True,
                "item_ids": [(0, 0, rule) for rule in rules],
                **values,
            }
        )

    @classmethod
    def _make_agreement(cls, name="30 days net", run=True, **values):
        owner = {} if "customer_group_id" in values else {"party_id": cls.party.id}
        agreement = cls.env["b2b.agreement"].create({"name": name, **owner, **values})
        if run:
            agreement.action_run()
        return agreement

    @classmethod
    def _make_cart(cls, **values):
        """An open order of the buyer, who began it and has not submitted it."""
        order = cls._make_order(b2b_orderer_id=False, **values)
        order.flush_recordset()
        cls.env.cr.execute(
            "UPDATE sale_order SET create_uid = %s WHERE id = %s",
            [order.b2b_seat_id.user_id.id or cls.env.uid, order.id],
        )
        order.invalidate_recordset(["create_uid"])
        return order

    @contextmanager
    def refuses(self, exception, words):
        """What raises within is rolled back, unlike with ``assertRaisesRegex``."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), words)

    @contextmanager
    def plain_odoo(self):
        """Odoo's own engine, also for chained lists."""
        Pricelist = type(self.env["product.pricelist"])
        with (
            patch.object(
                Pricelist, "_compute_price_rule", ProductPricelist._compute_price_rule
            ),
            patch.object(
                Pricelist,
                "_get_applicable_rules",
                ProductPricelist._get_applicable_rules,
            ),
        ):
            yield
