from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.b2b_pricing.hooks import post_init_hook, uninstall_hook

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestPriceOrder(PricingCase):
    """Agreement, party, group, country, public; nobody gets another party's list."""

    def _price(self, party=None, **values):
        party = party or self.party
        order = self.env["sale.order"].create(
            {
                "partner_id": party.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
                **values,
            }
        )
        return order.order_line.price_unit

    def test_first_that_exists(self):
        europe = self.env["res.country.group"].create(
            {"name": "Here", "country_ids": [(6, 0, self.env.ref("base.uk").ids)]}
        )
        self.assertEqual(self._price(), 8.0)
        self._make_list(
            "Country", 7.5, b2b_private=False, country_group_ids=[(6, 0, europe.ids)]
        )
        self.party.country_id = self.env.ref("base.uk")
        self.assertEqual(self._price(), 7.5)
        group = self.env["b2b.customer.group"].create(
            {"name": "Gift shops", "pricelist_id": self._make_list("Group", 7.0).id}
        )
        self.party.b2b_customer_group_id = group
        self.assertEqual(self._price(), 7.0)
        own = self._make_list("Own", 6.0)
        self.party.property_product_pricelist = own
        self.assertEqual(self._price(), 6.0)
        agreed = self._make_list("Agreed", 5.0)
        agreement = self._make_agreement(pricelist_id=agreed.id, is_default=True)
        self.assertEqual(self._price(), 5.0)
        self.assertEqual(self.party._b2b_pricelist(agreement), agreed)
        self.assertEqual(self.party._b2b_pricelist(), own)
        self.assertEqual(
            self.party._b2b_price_lists(agreement).mapped("name"),
            ["Agreed", "Own", "Group", "Country", "Public"],
        )
        # Contacts of the party get the same.
        contact = self.buyer.user_id.partner_id
        self.assertEqual(contact._b2b_pricelist(agreement), agreed)
        self.assertEqual(contact.property_product_pricelist, own)

    def test_an_agreement_without_list_uses_the_partys_own(self):
        self.party.property_product_pricelist = self._make_list("Own", 6.0)
        self._make_agreement("Term only", is_default=True)
        self.assertEqual(self._price(), 6.0)

    def test_archived_lists_are_passed_by(self):
        own, agreed = self._make_list("Own", 6.0), self._make_list("Agreed", 5.0)
        group = self.env["b2b.customer.group"].create(
            {"name": "Gift shops", "pricelist_id": self._make_list("Group", 7.0).id}
        )
        self.party.b2b_customer_group_id = group
        self.party.property_product_pricelist = own
        self._make_agreement(pricelist_id=agreed.id, is_default=True)
        agreed.active = False
        self.assertEqual(self._price(), 6.0)
        own.active = False
        self.assertEqual(self._price(), 7.0)
        group.pricelist_id.active = False
        self.assertEqual(self._price(), 8.0)

    def test_nobody_inherits_another_partys_list(self):
        """Whatever is first in the sequence, archived or missing."""
        theirs = self._make_list("A list of Lindner", 1.0, sequence=-5)
        self.rival_party.property_product_pricelist = theirs
        self._make_agreement(
            party_id=self.rival_party.id,
            pricelist_id=self._make_list("B Lindner agreed", 2.0, sequence=-4).id,
            is_default=True,
        )
        own = self._make_list("Own", 6.0)
        self.party.property_product_pricelist = own
        own.active = False
        self.assertEqual(self._price(), 8.0)
        # Even the public list is gone: the sales price, not somebody's list.
        self.company.b2b_public_pricelist_id = False
        self.public.active = False
        self.env["ir.config_parameter"].set_param(
            "res.partner.property_product_pricelist", theirs.id
        )
        self.env.invalidate_all()
        self.assertFalse(self.party._b2b_pricelist())
        self.assertFalse(self.party.property_product_pricelist)
        self.assertEqual(self._price(), 10.0)

    def test_lists_become_private_when_they_are_given(self):
        """Nobody has to remember the tick."""
        lists = [
            self._make_list(f"List {n}", 1.0, b2b_private=False, sequence=-n)
            for n in range(4)
        ]
        self.party.property_product_pricelist = lists[0]
        self.env["b2b.customer.group"].create(
            {"name": "Gift shops", "pricelist_id": lists[1].id}
        )
        self._make_agreement(pricelist_id=lists[2].id)
        self.assertEqual([p.b2b_private for p in lists], [True, True, True, False])
        self.assertEqual(lists[0].b2b_fallback, "public")
        # The public list stays public, also where it is agreed on.
        self._make_agreement("Public prices", pricelist_id=self.public.id)
        self.rival_party.specific_property_product_pricelist = self.public
        self.assertFalse(self.public.b2b_private)

    def test_a_new_list_does_not_become_the_public_one(self):
        self._make_list("Cheaper", 1.0, b2b_private=False, sequence=-9)
        self.assertEqual(self._price(), 8.0)

    def test_installing_closes_lists_that_customers_have(self):
        """And changes no price: the sales price stays for what they do not name."""
        theirs = self._make_list("Theirs", 1.0, b2b_private=False)
        open_list = self._make_list("Open", 2.0, b2b_private=False)
        self.env.cr.execute(
            "UPDATE res_partner SET specific_property_product_pricelist = %s"
            " WHERE id = %s",
            [f'{{"{self.company.id}": {theirs.id}}}', self.party.id],
        )
        self.env.invalidate_all()
        post_init_hook(self.env)
        self.assertEqual(
            (theirs.b2b_private, theirs.b2b_fallback), (True, "sales_price")
        )
        self.assertFalse(open_list.b2b_private)
        self.assertFalse(self.public.b2b_private)

    def test_uninstalling_changes_no_price(self):
        """Parties keep their list, and Odoo's own fallback is the public one."""
        agreed = self._make_list("Agreed", 5.0, sequence=-9)
        self._make_agreement(pricelist_id=agreed.id, is_default=True)
        grouped = self._make_list("Group", 7.0, sequence=-8)
        self.rival_party.b2b_customer_group_id = self.env["b2b.customer.group"].create(
            {"name": "Gift shops", "pricelist_id": grouped.id}
        )
        third = self._make_party("The Blue Door")
        uninstall_hook(self.env)
        for party, pricelist in (
            (self.party, agreed),
            (self.rival_party, grouped),
            (third, self.env["product.pricelist"]),
        ):
            self.assertEqual(party.specific_property_product_pricelist, pricelist)
        first = self.env["product.pricelist"].search(
            [("country_group_ids", "=", False)], limit=1
        )
        self.assertEqual(first, self.public)

    def test_the_public_list_cannot_be_private(self):
        with self.refuses(ValidationError, "cannot be private"):
            self.public.b2b_private = True
        with self.refuses(ValidationError, "choose an open list"):
            self.company.b2b_public_pricelist_id = self._make_list("Private", 1.0)

    def test_group_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second Ltd"})
        pricelist = self._make_list("Second", 1.0, company_id=company.id)
        with self.refuses(ValidationError, "belongs to Second Ltd"):
            self.env["b2b.customer.group"].create(
                {
                    "name": "x",
                    "company_id": self.company.id,
                    "pricelist_id": pricelist.id,
                }
            )
        # Shared group, list of one company: only there.
        group = self.env["b2b.customer.group"].create(
            {"name": "shared", "pricelist_id": pricelist.id}
        )
        self.party.b2b_customer_group_id = group
        self.assertEqual(self._price(), 8.0)


@tagged("post_install", "-at_install")
class TestFallback(PricingCase):
    """What a list has no rule for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["product.product"].create(
            {"name": "Bag", "list_price": 20.0, "taxes_id": False}
        )
        cls.public.item_ids = [
            (
                0,
                0,
                {
                    "applied_on": "0_product_variant",
                    "product_id": cls.other.id,
                    "compute_price": "fixed",
                    "fixed_price": 16.0,
                },
            )
        ]
        cls.agreed = cls._make_list("Agreed", 5.0)
        cls.agreement = cls._make_agreement(pricelist_id=cls.agreed.id, is_default=True)

    def _line(self, product=None):
        product = product or self.other
        return self._make_cart(
            order_line=[
                (0, 0, {"product_id": self.product.id}),
                (0, 0, {"product_id": product.id}),
            ]
        ).order_line[1]

    def test_public_list_is_the_default_of_private_lists(self):
        self.assertEqual(self.agreed.b2b_fallback, "public")
        line = self._line()
        self.assertEqual(line.price_unit, 16.0)
        self.assertEqual(line.pricelist_item_id.pricelist_id, self.public)

    def test_sales_price_is_odoos_own_way(self):
        self.agreed.b2b_fallback = "sales_price"
        self.assertEqual(self._line().price_unit, 20.0)

    def test_public_list_in_another_currency_is_converted(self):
        self.public.currency_id = self.other_currency
        line = self._line()
        self.assertAlmostEqual(line.price_unit, 12.8)
        found = self.agreed._b2b_prices(self.other)
        self.assertAlmostEqual(found[self.other.id]["price"], 12.8)
        for setting in ("True", "False"):
            self.env["ir.config_parameter"].set_param(
                "b2b_pricing.convert_rule_currency", setting
            )
            self.assertAlmostEqual(self._line().price_unit, 12.8)

    def test_next_list_per_product(self):
        self.agreed.b2b_fallback = "next"
        own = self._make_list(
            "Own",
            rules=[
                {
                    "applied_on": "0_product_variant",
                    "product_id": self.other.id,
                    "compute_price": "fixed",
                    "fixed_price": 15.0,
                }
            ],
        )
        self.party.property_product_pricelist = own
        self.assertEqual(self._line().price_unit, 15.0)
        own.item_ids.unlink()
        self.assertEqual(self._line().price_unit, 16.0)
        third = self.env["product.product"].create(
            {"name": "Tin", "list_price": 4.0, "taxes_id": False}
        )
        self.assertEqual(self._line(third).price_unit, 4.0)
        self.public.b2b_fallback = "none"
        self.assertEqual(self._line(third).price_unit, 0.0)

    def test_no_price_stops_the_order(self):
        self.agreed.b2b_fallback = "none"
        line = self._line()
        self.assertEqual(line.price_unit, 0.0)
        prices = self.agreed._b2b_prices(self.product | self.other, party=self.party)
        self.assertIsNone(prices[self.other.id]["price"])
        self.assertEqual(prices[self.other.id]["breaks"], [])
        self.assertEqual(prices[self.product.id]["price"], 5.0)
        findings = [f for f in line.order_id._b2b_findings() if f.code == "no_price"]
        self.assertEqual(len(findings), 1)
        self.assertEqual((findings[0].severity, findings[0].side), ("block", "seller"))
        self.assertIn("Bag", findings[0].message)
        self.assertNotIn("Agreed", findings[0].text_for_buyer)
        # A price typed by our staff is a price.
        line.price_unit = 14.0
        codes = {f.code for f in line.order_id._b2b_findings()}
        self.assertNotIn("no_price", codes)

    def test_a_free_article_is_no_missing_price(self):
        self.agreed.b2b_fallback = "none"
        self.agreed.item_ids.fixed_price = 0.0
        order = self._make_cart()
        self.assertEqual(order.amount_total, 0.0)
        self.assertNotIn("no_price", {f.code for f in order._b2b_findings()})

    def test_a_discount_on_nothing_is_nothing(self):
        """A chained list must not turn "on request" into a free article."""
        base = self._make_list("Base", 6.0, b2b_fallback="none")
        chained = self._make_list(
            "Chained",
            rules=[
                {
                    "applied_on": "3_global",
                    "compute_price": "percentage",
                    "percent_price": 5,
                    "base": "pricelist",
                    "base_pricelist_id": base.id,
                }
            ],
            b2b_fallback="none",
        )
        found = chained._compute_price_rule(self.product | self.other, 1)
        self.assertAlmostEqual(found[self.product.id][0], 5.7)
        self.assertEqual(found[self.other.id], (0.0, False))
        chained.b2b_fallback = "public"
        found = chained._compute_price_rule(self.product | self.other, 1)
        self.assertEqual(found[self.other.id][0], 16.0)
        chained.b2b_fallback = "sales_price"
        found = chained._compute_price_rule(self.other, 1)
        self.assertEqual(found[self.other.id], (20.0, False))

    def test_one_at_a_time_is_the_same_as_together(self):
        products = self.product | self.other
        for policy in ("sales_price", "public", "next", "none"):
            self.agreed.b2b_fallback = policy
            together = self.agreed._compute_price_rule(
                products, 1, b2b_party=self.party
            )
            for product in products:
                alone = self.agreed._compute_price_rule(
                    product, 1, b2b_party=self.party
                )
                self.assertEqual(alone[product.id], together[product.id], policy)

    def test_private_toggles_the_default_but_not_a_choice(self):
        pricelist = self._make_list("x", b2b_private=False)
        self.assertEqual(pricelist.b2b_fallback, "sales_price")
        pricelist.b2b_private = True
        self.assertEqual(pricelist.b2b_fallback, "public")
        pricelist.b2b_fallback = "none"
        pricelist.b2b_private = False
        self.assertEqual(pricelist.b2b_fallback, "none")


@tagged("post_install", "-at_install")
class TestBreaks(PricingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls._make_list(
            "Breaks",
            rules=[
                {
                    "applied_on": "0_product_variant",
                    "product_id": cls.product.id,
                    "compute_price": "fixed",
                    "min_quantity": low,
                    "fixed_price": price,
                }
                for low, price in ((0, 12.75), (10, 10.95), (20, 10.95), (50, 9.9))
            ],
        )

    def test_breaks_worth_showing(self):
        found = self.list._b2b_prices(self.product)[self.product.id]
        self.assertEqual(found["price"], 12.75)
        self.assertEqual(found["breaks"], [(1.0, 12.75), (10.0, 10.95), (50.0, 9.9)])

    def test_price_of_the_smallest_orderable_quantity(self):
        self.product.b2b_min_qty = 12
        found = self.list._b2b_prices(self.product)[self.product.id]
        self.assertEqual(found["price"], 10.95)
        self.assertEqual(found["breaks"], [(12.0, 10.95), (50.0, 9.9)])
        found = self.list._b2b_prices(self.product, {self.product.id: 60})
        self.assertEqual(found[self.product.id]["price"], 9.9)

    def test_breaks_of_a_base_list_show_through(self):
        chained = self._make_list(
            "Less",
            rules=[
                {
                    "applied_on": "3_global",
                    "compute_price": "percentage",
                    "percent_price": 10,
                    "base": "pricelist",
                    "base_pricelist_id": self.list.id,
                }
            ],
        )
        found = chained._b2b_prices(self.product)[self.product.id]
        self.assertEqual(
            [(q, round(p, 3)) for q, p in found["breaks"]],
            [(1.0, 11.475), (10.0, 9.855), (50.0, 8.91)],
        )

    def test_other_currency_and_no_list(self):
        found = self.list._b2b_prices(self.product, currency=self.other_currency)
        self.assertAlmostEqual(found[self.product.id]["price"], 15.9375)
        found = self.env["product.pricelist"]._b2b_prices(self.product)
        self.assertEqual(found[self.product.id]["price"], 10.0)
        self.assertEqual(self.list._b2b_prices(self.product.browse()), {})

    def test_queries_do_not_grow_with_products(self):
        products = self.env["product.product"].create(
            [{"name": f"P{n}", "list_price": n} for n in range(60)]
        )
        self.list.item_ids = [
            (
                0,
                0,
                {
                    "applied_on": "0_product_variant",
                    "product_id": product.id,
                    "compute_price": "fixed",
                    "min_quantity": 5 * number,
                    "fixed_price": 9 - number,
                },
            )
            for product in products
            for number in range(3)
        ]
        counts = []
        for picked in (products[:10], products):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.list._b2b_prices(picked)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
