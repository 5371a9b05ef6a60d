import random
from datetime import timedelta
from unittest.mock import patch

from odoo.fields import Datetime
from odoo.tests import tagged

from odoo.addons.b2b_pricing.models import product_pricelist_engine

from .common import PricingCase

CASES = 100


@tagged("post_install", "-at_install")
class TestEngine(PricingCase):
    """The indexed engine gives exactly what Odoo's own loop gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rng = random.Random(4711)
        cls.now = Datetime.now()
        cls._make_products()
        cls._make_lists()

    @classmethod
    def _make_products(cls):
        Category = cls.env["product.category"]
        root = Category.create({"name": "Goods"})
        middle = Category.create({"name": "Gifts", "parent_id": root.id})
        leaf = Category.create({"name": "Hearts", "parent_id": middle.id})
        cls.categories = root | middle | leaf
        attribute = cls.env["product.attribute"].create(
            {
                "name": "Colour",
                "value_ids": [(0, 0, {"name": name}) for name in ("red", "blue")],
            }
        )
        values = []
        for number in range(12):
            line = {
                "attribute_id": attribute.id,
                "value_ids": [(6, 0, attribute.value_ids.ids)],
            }
            values.append(
                {
                    "name": f"Article {number}",
                    "list_price": cls.rng.randrange(100, 9000) / 100,
                    "standard_price": cls.rng.randrange(100, 5000) / 100,
                    "categ_id": cls.categories[number % 3].id,
                    "uom_id": cls.env.ref(
                        "uom.product_uom_dozen"
                        if number % 5 == 4
                        else "uom.product_uom_unit"
                    ).id,
                    "attribute_line_ids": [(0, 0, line)] if number % 4 == 0 else [],
                }
            )
        cls.templates = cls.env["product.template"].create(values)
        cls.products = cls.templates.product_variant_ids

    @classmethod
    def _make_lists(cls):
        cls.lists = cls.env["product.pricelist"]
        for size in (0, 3, 20, 60, 150, 300):
            cls.lists |= cls._make_random_list(size)

    @classmethod
    def _make_random_list(cls, size):
        rules = [cls._random_rule() for _number in range(size)]
        return cls.env["product.pricelist"].create(
            {
                "name": f"List of {size}",
                "currency_id": cls.rng.choice((cls.currency, cls.other_currency)).id,
                "company_id": False,
                "b2b_fallback": "sales_price",
                "item_ids": [(0, 0, rule) for rule in rules],
            }
        )

    @classmethod
    def _random_rule(cls):
        rng = cls.rng
        scope = rng.choice(
            (
                "0_product_variant",
                "1_product",
                "1_product",
                "2_product_category",
                "3_global",
            )
        )
        rule = {
            "applied_on": scope,
            "min_quantity": rng.choice((0, 0, 1, 2, 5, 10, 12, 24, 100)),
        }
        if scope == "0_product_variant":
            rule["product_id"] = rng.choice(cls.products).id
        elif scope == "1_product":
            rule["product_tmpl_id"] = rng.choice(cls.templates).id
        elif scope == "2_product_category":
            rule["categ_id"] = rng.choice(cls.categories).id
        start = cls.now + timedelta(days=rng.randrange(-20, 10))
        if rng.random() < 0.3:
            rule["date_start"] = start
        if rng.random() < 0.3:
            rule["date_end"] = start + timedelta(days=rng.randrange(1, 30))
        rule.update(cls._random_amount())
        return rule

    @classmethod
    def _random_amount(cls):
        rng = cls.rng
        kind = rng.choice(("fixed", "fixed", "percentage", "formula"))
        if kind == "fixed":
            return {"compute_price": kind, "fixed_price": rng.randrange(1, 9000) / 100}
        bases = ["list_price", "standard_price"]
        if cls.lists:
            bases.append("pricelist")
        base = rng.choice(bases if kind == "formula" else ["list_price", bases[-1]])
        values = {"compute_price": kind, "base": base}
        if base == "pricelist":
            values["base_pricelist_id"] = rng.choice(cls.lists).id
        elif base == "standard_price" and kind == "percentage":
            values["base"] = "list_price"
        if kind == "percentage":
            return {**values, "percent_price": rng.randrange(-10, 60)}
        values["price_surcharge"] = rng.choice((0, 0, 1.5, -0.5))
        values["price_round"] = rng.choice((0, 0, 0.05, 1))
        values["price_min_margin"] = rng.choice((0, 0, 0.5))
        values["price_max_margin"] = rng.choice((0, 0, 40))
        if values["price_min_margin"] > values["price_max_margin"]:
            values["price_max_margin"] = 0
            values["price_min_margin"] = 0
        values["price_discount"] = rng.randrange(-30, 50)
        return values

    def _random_call(self):
        rng = self.rng
        everything = rng.choice((self.products, self.templates))
        picked = everything.browse(
            rng.sample(everything.ids, rng.randrange(1, len(everything) + 1))
        )
        pricelist = rng.choice(self.lists)
        call = {
            "quantity": rng.choice((-2, 0, 0.5, 1, 4, 5, 10, 12.0, 25, 144)),
            "date": self.now + timedelta(days=rng.randrange(-25, 25)),
        }
        if rng.random() < 0.4:
            call["uom"] = self.env.ref(
                rng.choice(("uom.product_uom_dozen", "uom.product_uom_unit"))
            )
        if rng.random() < 0.4:
            call["currency"] = pricelist.currency_id
        if rng.random() < 0.2:
            call["compute_price"] = False
        return pricelist, picked, call

    def _compare(self, cases):
        for number in range(cases):
            pricelist, picked, call = self._random_call()
            with self.plain_odoo():
                plain = pricelist._compute_price_rule(picked, **call)
            ours = pricelist._compute_price_rule(picked, **call)
            self.assertEqual(
                ours, plain, f"case {number}: {pricelist.name}, {picked}, {call}"
            )

    def test_same_rule_and_price_as_odoo(self):
        self._compare(CASES)

    def test_same_with_every_list_indexed(self):
        """Also short lists, which normally take Odoo's own loop."""
        with patch.object(product_pricelist_engine, "SMALL", 0):
            self._compare(CASES)

    def test_same_when_asked_in_another_currency(self):
        """With the fault of the original switched back on."""
        self.env["ir.config_parameter"].set_param(
            "b2b_pricing.convert_rule_currency", "False"
        )
        for pricelist in self.lists:
            call = {
                "quantity": 5,
                "currency": (self.currency | self.other_currency)
                - pricelist.currency_id,
            }
            with self.plain_odoo():
                plain = pricelist._compute_price_rule(self.products, **call)
            self.assertEqual(
                pricelist._compute_price_rule(self.products, **call), plain
            )

    def test_fixed_price_is_converted(self):
        """Odoo hands out 10 EUR as 10 USD; the default setting converts."""
        pricelist = self._make_list("Other", 10.0, currency_id=self.other_currency.id)
        found = pricelist._get_product_price(
            self.product, 1, currency=self.currency, date=self.now
        )
        self.assertAlmostEqual(found, 8.0)

    def test_no_list(self):
        empty = self.env["product.pricelist"]
        with self.plain_odoo():
            plain = empty._compute_price_rule(self.products, 3)
        self.assertEqual(empty._compute_price_rule(self.products, 3), plain)
        self.assertEqual(self.lists[0]._compute_price_rule(self.products[:0], 3), {})

    def test_overrides_of_other_addons_still_run(self):
        """A rule that another addon switches off is skipped by the index as well."""
        pricelist = self.lists[-1]
        Item = type(self.env["product.pricelist.item"])
        original = Item._is_applicable_for
        hidden = set(
            rule
            for _price, rule in pricelist._compute_price_rule(
                self.products, 10
            ).values()
        )

        def other_addon(self, product, qty_in_product_uom):
            if self.id in hidden:
                return False
            # Opens rules for smaller quantities: the index must not prune them.
            return original(self, product, max(qty_in_product_uom, 1000))

        with patch.object(Item, "_is_applicable_for", other_addon):
            with self.plain_odoo():
                plain = pricelist._compute_price_rule(self.products, 10)
            ours = pricelist._compute_price_rule(self.products, 10)
        self.assertEqual(ours, plain)
        self.assertFalse(hidden & {rule for _price, rule in ours.values()})

    def test_override_of_the_search_still_runs(self):
        pricelist = self.lists[-1]
        Pricelist = type(pricelist)
        original = Pricelist._get_applicable_rules

        def other_addon(self, products, date, **kwargs):
            found = original(self, products, date, **kwargs)
            return found.filtered(lambda rule: rule.compute_price == "fixed")

        with patch.object(Pricelist, "_get_applicable_rules", other_addon):
            ours = pricelist._compute_price_rule(self.products, 10)
        rules = pricelist.item_ids.browse(
            [rule for _price, rule in ours.values() if rule]
        )
        self.assertEqual(set(rules.mapped("compute_price")), {"fixed"})

    def test_queries_do_not_grow_with_products_or_rules(self):
        few, many = self.products[:5], self.products
        for pricelist in self.lists.filtered(lambda p: len(p.item_ids) >= 60):
            counts = []
            for picked in (few, many):
                self.env.invalidate_all()
                picked.mapped("categ_id.parent_path")
                picked.mapped("uom_id.factor")
                before = self.env.cr.sql_log_count
                pricelist._compute_price_rule(picked, 10, compute_price=False)
                counts.append(self.env.cr.sql_log_count - before)
            self.assertLessEqual(counts[1], counts[0] + 2)

    def test_chained_lists_are_searched_once(self):
        chain = self.public
        for number in range(3):
            chain = self._make_list(
                f"Chain {number}",
                rules=[
                    {
                        "applied_on": "3_global",
                        "compute_price": "percentage",
                        "percent_price": 10,
                        "base": "pricelist",
                        "base_pricelist_id": chain.id,
                    }
                ],
                b2b_fallback="sales_price",
            )
        with self.plain_odoo():
            plain = chain._compute_price_rule(self.products, 1)
        Item = type(self.env["product.pricelist.item"])
        with patch.object(
            Item, "_search", autospec=True, side_effect=Item._search
        ) as search:
            ours = chain._compute_price_rule(self.products, 1)
        self.assertEqual(ours, plain)
        self.assertEqual(search.call_count, 4)
