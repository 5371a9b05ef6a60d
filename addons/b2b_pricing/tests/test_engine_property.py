"""The engine beside Odoo's own method on lists that hypothesis thinks up.

Needs ``hypothesis`` of requirements-test.txt, which Odoo's own test runner may lack:
that is why the package does not import this file.
"""

import os
from contextlib import closing
from datetime import timedelta
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.internal.conjecture import providers

from odoo.fields import Datetime
from odoo.tests import tagged

from odoo.addons.b2b_pricing.models import product_pricelist_engine

from .common import PricingCase
from .engine_cases import ARTICLES, cases

#: ``B2B_CASES=2000 ./b2b test <this file>`` looks longer.
CASES = int(os.environ.get("B2B_CASES", 100))
TARGETS = {
    "0_product_variant": ("product_id", "products"),
    "1_product": ("product_tmpl_id", "templates"),
    "2_product_category": ("categ_id", "categories"),
}


@tagged("post_install", "-at_install")
class TestEngineProperty(PricingCase):
    """Whatever the lists: exactly Odoo's rule and price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = Datetime.now()
        cls.units = {
            name: cls.env.ref(f"uom.product_uom_{name}")
            for name in ("unit", "dozen", "kgm")
        }
        cls._make_articles()
        # The fault of the original that we mend is asked for as it was.
        cls.env["ir.config_parameter"].set_param(
            "b2b_pricing.convert_rule_currency", "False"
        )

    @classmethod
    def _make_articles(cls):
        """Two in each of three nested categories with two variants, some by dozen."""
        categories = cls.env["product.category"]
        for name in ("Goods", "Gifts", "Hearts"):
            parent = categories[-1:].id
            categories += categories.create({"name": name, "parent_id": parent})
        cls.categories = categories
        names = [(0, 0, {"name": name}) for name in ("red", "blue")]
        colour = cls.env["product.attribute"].create(
            {"name": "Colour", "value_ids": names}
        )
        both = {"attribute_id": colour.id, "value_ids": [(6, 0, colour.value_ids.ids)]}
        cls.templates = cls.env["product.template"].create(
            [
                {
                    "name": f"Article {number}",
                    "list_price": 1.37 * (number + 1),
                    "standard_price": 0.83 * (number + 1),
                    "categ_id": categories[number % 3].id if number < 9 else False,
                    "uom_id": cls.units["dozen" if number % 5 == 4 else "unit"].id,
                    "attribute_line_ids": [(0, 0, both)] if number % 4 == 0 else [],
                }
                for number in range(ARTICLES)
            ]
        )
        cls.products = cls.templates.product_variant_ids[:ARTICLES]

    def _create_lists(self, lists):
        made = self.env["product.pricelist"].create(
            [
                {
                    "name": f"List {number}",
                    "currency_id": (
                        self.other_currency if values["foreign"] else self.currency
                    ).id,
                    "company_id": False,
                    "b2b_fallback": "sales_price",
                    "item_ids": False,
                }
                for number, values in enumerate(lists)
            ]
        )
        self.env["product.pricelist.item"].create(
            [
                {"pricelist_id": pricelist.id, **self._rule(rule, made)}
                for pricelist, values in zip(made, lists, strict=True)
                for rule in values["rules"]
            ]
        )
        return made

    def _rule(self, rule, lists):
        scope, number = rule["scope"]
        values = {
            "applied_on": scope,
            "min_quantity": rule["min_quantity"],
            **rule["amount"],
        }
        if scope in TARGETS:
            field, records = TARGETS[scope]
            values[field] = getattr(self, records)[number].id
        base = values.get("base_pricelist_id")
        if base is not None:
            values["base_pricelist_id"] = lists[base].id
        for name, day in zip(("date_start", "date_end"), rule["period"], strict=True):
            if day is not None:
                values[name] = self.now + timedelta(days=day)
        return values

    def _call(self, question):
        everything = self.templates if question["templates"] else self.products
        picked = everything.browse([everything.ids[n] for n in question["articles"]])
        currencies = {"own": self.currency, "foreign": self.other_currency}
        return picked, {
            "quantity": question["quantity"],
            "date": self.now + timedelta(days=question["day"]),
            "uom": self.units.get(question["unit"]),
            "currency": currencies.get(question["currency"]),
            "compute_price": question["compute_price"],
        }

    def _compare(self, case):
        pricelist = self._create_lists(case["lists"])[-1]
        small = 0 if case["always_indexed"] else product_pricelist_engine.SMALL
        for question in case["questions"]:
            picked, call = self._call(question)
            with self.plain_odoo():
                plain = pricelist._compute_price_rule(picked, **call)
            with patch.object(product_pricelist_engine, "SMALL", small):
                ours = pricelist._compute_price_rule(picked, **call)
            self.assertEqual(ours, plain, question)

    def test_same_rule_and_price_as_odoo(self):
        @settings(
            max_examples=CASES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        @given(case=cases())
        def compare(case):
            with closing(self.env.cr.savepoint()):
                self._compare(case)

        # Else it reads all of Odoo for numbers to try: slow, and other cases each time.
        with patch.object(providers, "is_local_module_file", lambda path: False):
            compare()
