import random

from odoo.tests import tagged

from . import test_engine

CASES = 300


@tagged("post_install", "-at_install")
class TestExplainRandom(test_engine.TestEngine):
    """The last step of every explanation is the price that is charged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rng = random.Random(1147)
        seller = cls.env["res.partner"].create({"name": "Meridian"})
        cls.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": seller.id,
                    "product_tmpl_id": template.id,
                    "price": 3 + number,
                    "discount": number % 3 * 5,
                    "min_qty": low,
                    "currency_id": (cls.currency, cls.other_currency)[number % 2].id,
                }
                for number, template in enumerate(cls.templates[:9])
                for low in (0, 10)
            ]
        )
        for pricelist in cls.lists[1:]:
            rules = [cls._random_supplier_rule() for _number in range(8)]
            pricelist.item_ids = [(0, 0, rule) for rule in rules]

    @classmethod
    def _random_supplier_rule(cls):
        rule = cls._random_rule()
        for name in ("fixed_price", "percent_price", "base_pricelist_id"):
            rule.pop(name, None)
        return {
            **rule,
            "compute_price": "formula",
            "base": "b2b_supplier_net",
            "price_discount": -cls.rng.randrange(0, 80),
            "price_round": cls.rng.choice((0, 0.05, 1)),
            "b2b_landed_percent": cls.rng.choice((0, 10)),
        }

    def _case(self):
        rng = self.rng
        pricelist = rng.choice(self.lists)
        return (
            pricelist,
            rng.choice(self.products),
            rng.choice((1, 4, 5, 10, 12.0, 25, 144)),
            {
                "currency": rng.choice((self.currency, self.other_currency)),
                "uom": self.env.ref(
                    rng.choice(("uom.product_uom_dozen", "uom.product_uom_unit"))
                ),
                "date": self.now,
            },
        )

    def _amounts(self, steps):
        return [step["amount"] for step in steps if step["amount"] is not None]

    def test_steps_end_in_the_charged_price(self):
        seen = set()
        for number in range(CASES):
            pricelist, product, quantity, call = self._case()
            price, rule_id = pricelist._compute_price_rule(product, quantity, **call)[
                product.id
            ]
            for staff in (True, False):
                steps = pricelist._b2b_explain_steps(
                    product, quantity, staff=staff, **call
                )
                self.assertEqual(steps[-1]["key"], "result")
                self.assertAlmostEqual(steps[-1]["amount"], price, places=6)
                if staff and rule_id:
                    # The step before is where the calculation arrived by itself.
                    found = self._amounts(steps)[-2]
                    self.assertAlmostEqual(
                        found, price, 6, f"{number}: {pricelist.name}, {steps}"
                    )
                seen.update(step["key"] for step in steps)
        self.assertLessEqual(
            {
                "list",
                "rule",
                "rule_base",
                "surcharge",
                "rounding",
                "fee",
                "margin",
                "floor",
                "supplier",
                "currency",
                "fixed",
            },  # fmt: skip
            seen,
        )

    def test_order_of_the_steps(self):
        order = [
            "agreement", "list", "rule", "supplier", "currency", "rule_base", "fixed",
            "surcharge", "rounding", "fee", "margin", "floor",
        ]  # fmt: skip
        for _number in range(60):
            pricelist, product, quantity, call = self._case()
            steps = pricelist._b2b_explain_steps(product, quantity, staff=True, **call)
            keys = [step["key"] for step in steps[:-1]]
            if keys[-1] == "currency":
                keys.pop()
            self.assertEqual(keys, sorted(keys, key=order.index))

    # The stories of the base are told there.
    test_same_rule_and_price_as_odoo = None
    test_same_with_every_list_indexed = None
    test_same_when_asked_in_another_currency = None
    test_fixed_price_is_converted = None
    test_no_list = None
    test_overrides_of_other_addons_still_run = None
    test_override_of_the_search_still_runs = None
    test_queries_do_not_grow_with_products_or_rules = None
    test_chained_lists_are_searched_once = None
