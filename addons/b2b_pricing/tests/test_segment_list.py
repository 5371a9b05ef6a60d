from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestSegmentList(PricingCase):
    """Agreement, own list, group, segment by sequence, country, public (C5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._segment("First", 5, cls._make_list("Segment one", 5.5))
        cls.second = cls._segment("Second", 9, cls._make_list("Segment two", 5.9))
        cls._into(cls.first | cls.second)

    @classmethod
    def _segment(cls, name, sequence, pricelist):
        return cls.env["b2b.party.segment"].create(
            {
                "name": name,
                "sequence": sequence,
                "pricelist_id": pricelist.id,
                "condition_ids": [
                    (
                        0,
                        0,
                        {"figure": "order_count_12m", "operator": "ge", "number": 0},
                    )
                ],
            }
        )

    @classmethod
    def _into(cls, segments):
        """As the nightly job does; everybody without orders is in these."""
        cls.env["res.partner"]._b2b_refresh_figures()
        segments._b2b_refresh()

    def _price(self, party=None):
        order = self.env["sale.order"].create(
            {
                "partner_id": (party or self.party).id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )
        self.assertEqual(
            order.pricelist_id,
            (party or self.party)._b2b_pricelist(order.b2b_agreement_id),
        )
        return order.order_line.price_unit

    def test_each_step_of_the_order(self):
        self.assertIn(self.party, self.first.partner_ids)
        self.assertEqual(self._price(), 5.5)
        self.first.sequence = 20
        self.assertEqual(self._price(), 5.9)
        self.second.pricelist_id.active = False
        self.assertEqual(self._price(), 5.5)
        group = self.env["b2b.customer.group"].create(
            {"name": "Shops", "pricelist_id": self._make_list("Group", 7.0).id}
        )
        self.party.b2b_customer_group_id = group
        self.assertEqual(self._price(), 7.0)
        self.party.property_product_pricelist = self._make_list("Own", 6.0)
        self.assertEqual(self._price(), 6.0)
        self._make_agreement(
            pricelist_id=self._make_list("Agreed", 5.0).id, is_default=True
        )
        self.assertEqual(self._price(), 5.0)

    def test_before_country_and_public(self):
        country = self.env.ref("base.uk")
        abroad = self.env["res.country.group"].create(
            {"name": "Islands", "country_ids": [(6, 0, country.ids)]}
        )
        self._make_list(
            "Country", 7.7, b2b_private=False, country_group_ids=[(6, 0, abroad.ids)]
        )
        self.party.country_id = country
        self.assertEqual(self._price(), 5.5)
        (self.first | self.second).pricelist_id = False
        self.assertEqual(self._price(), 7.7)
        self.party.country_id = False
        self.assertEqual(self._price(), 8.0)

    def test_out_of_the_segment_out_of_the_price(self):
        self.assertEqual(self.party.property_product_pricelist.name, "Segment one")
        (self.first | self.second).condition_ids.number = 99
        self._into(self.first | self.second)
        self.assertEqual(self.party.property_product_pricelist, self.public)
        self.assertEqual(self._price(), 8.0)

    def test_an_archived_segment_gives_nothing(self):
        self.first.active = False
        self.assertEqual(self._price(), 5.9)

    def test_the_list_becomes_private(self):
        fresh = self._make_list("Fresh", 1.0, b2b_private=False, sequence=-9)
        self.second.pricelist_id = fresh
        self.assertTrue(fresh.b2b_private)

    def test_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second Ltd"})
        theirs = self._make_list("Theirs", 1.0, company_id=company.id)
        # A shared segment with a list of one company: only there.
        self.first.pricelist_id = theirs
        self.assertEqual(self._price(), 5.9)
        with self.refuses(ValidationError, "belongs to Second Ltd"):
            self.second.write(
                {"company_id": self.company.id, "pricelist_id": theirs.id}
            )

    def test_shown_in_the_form_of_the_agreement(self):
        agreement = self._make_agreement(run=False)
        rows = {row["source"]: row for row in agreement._b2b_price_order_rows()}
        self.assertIn("Segment one", rows["Segment"]["list"])
        self.assertTrue(rows["Segment"]["counts"])

    def test_the_change_is_in_the_log(self):
        self.first.pricelist_id = self._make_list("Next", 4.0)
        entry = self.env["b2b.audit.entry"].search(
            [("model", "=", "b2b.party.segment"), ("res_id", "=", self.first.id)],
            order="id desc",
            limit=1,
        )
        self.assertIn("Next", entry.after)


@tagged("post_install", "-at_install")
class TestNobodyInherits(PricingCase):
    """Lists that are archived, missing, of others or without a rate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theirs = cls._make_list("A of the rival", 1.0, sequence=-9)
        cls.rival_party.property_product_pricelist = cls.theirs
        agreed = cls._make_list("B agreed with the rival", 2.0, sequence=-8)
        cls._make_agreement(
            party_id=cls.rival_party.id, pricelist_id=agreed.id, is_default=True
        )

    def _order(self):
        return self.env["sale.order"].create(
            {
                "partner_id": self.party.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )

    def test_an_archived_agreement_list(self):
        agreed = self._make_list("Agreed", 5.0)
        agreement = self._make_agreement(pricelist_id=agreed.id, is_default=True)
        agreed.active = False
        order = self._order()
        self.assertEqual(order.b2b_agreement_id, agreement)
        self.assertEqual(order.pricelist_id, self.public)
        self.assertEqual(order.order_line.price_unit, 8.0)

    def test_an_open_cart_whose_list_is_archived_later(self):
        agreed = self._make_list("Agreed", 5.0)
        self._make_agreement(pricelist_id=agreed.id, is_default=True)
        order = self._order()
        agreed.active = False
        order._b2b_reprice(order.currency_id)
        self.assertNotIn(order.pricelist_id, self.theirs)
        self.assertIn(order.order_line.price_unit, (5.0, 8.0))

    def test_everything_archived_is_the_sales_price(self):
        own = self._make_list("Own", 6.0)
        self.party.property_product_pricelist = own
        (own | self.public).active = False
        self.company.b2b_public_pricelist_id = False
        self.env.invalidate_all()
        order = self._order()
        self.assertFalse(order.pricelist_id)
        self.assertEqual(order.order_line.price_unit, 10.0)

    def test_an_own_list_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second Ltd"})
        other = self._make_list("Second", 3.0, company_id=company.id)
        self.party.with_company(company).specific_property_product_pricelist = other
        self.assertEqual(self._order().order_line.price_unit, 8.0)
        # Even where it is written for this company by an import.
        self.env.cr.execute(
            "UPDATE res_partner SET specific_property_product_pricelist = %s"
            " WHERE id = %s",
            [f'{{"{self.company.id}": {other.id}}}', self.party.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.party._b2b_pricelist(), self.public)
        self.assertNotEqual(self._order().order_line.price_unit, 3.0)

    def _without_rate(self):
        currency = self.env["res.currency"].create({"name": "XTT", "symbol": "T"})
        return currency, self._make_list("No rate", 5.0, currency_id=currency.id)

    def test_a_list_without_a_rate_is_not_given_to_anybody(self):
        _currency, pricelist = self._without_rate()
        words = "XTT, for which .* has no exchange rate"
        with self.refuses(ValidationError, words):
            self._make_agreement(pricelist_id=pricelist.id)
        with self.refuses(ValidationError, words):
            self.party.property_product_pricelist = pricelist
        with self.refuses(ValidationError, words):
            self.env["b2b.customer.group"].create(
                {"name": "x", "pricelist_id": pricelist.id}
            )
        with self.refuses(ValidationError, words):
            self.env["b2b.party.segment"].create(
                {"name": "x", "pricelist_id": pricelist.id}
            )

    def test_an_order_whose_rate_is_missing_is_stopped(self):
        currency, pricelist = self._without_rate()
        rate = self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2.0, "name": "2020-01-01"}
        )
        self._make_agreement(pricelist_id=pricelist.id, is_default=True)
        rate.unlink()
        order = self._order()
        # Its own list all the same, and no order before there is a rate.
        self.assertEqual(order.pricelist_id, pricelist)
        found = {f.code: f for f in order._b2b_findings()}
        self.assertEqual(found["rate"].severity, "block")
        self.assertIn("no exchange rate for XTT", found["rate"].message)
        self.assertNotIn("No rate", found["rate"].text_for_buyer)
