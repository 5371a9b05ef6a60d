from unittest.mock import patch

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestEngineUnruled(PricingCase):
    """Articles that no rule of a short list is for: priced at once, as Odoo prices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = Datetime.now()
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.colour = cls.env["product.attribute"].create(
            {
                "name": "Colour",
                "value_ids": [
                    Command.create({"name": "red"}),
                    Command.create({"name": "gold", "default_extra_price": 2.5}),
                ],
            }
        )
        cls.templates = cls.env["product.template"].create(
            [cls._values(number) for number in range(9)]
        )
        cls.products = cls.templates.product_variant_ids
        cls.ruled = cls.templates[3]
        cls.pricelist = cls._make_list(
            "Few",
            rules=[
                {
                    "applied_on": "1_product",
                    "product_tmpl_id": cls.ruled.id,
                    "min_quantity": 5,
                    "fixed_price": 7.0,
                }
            ],
            b2b_fallback="sales_price",
        )

    @classmethod
    def _values(cls, number):
        line = Command.create(
            {
                "attribute_id": cls.colour.id,
                "value_ids": [Command.set(cls.colour.value_ids.ids)],
            }
        )
        return {
            "name": f"Unruled {number}",
            "list_price": 10 + number,
            "uom_id": (cls.dozen if number % 4 == 1 else cls.unit).id,
            "attribute_line_ids": [line] if number % 3 == 2 else [],
        }

    def _calls(self):
        for currency in (None, self.currency, self.other_currency):
            for uom in (None, self.unit, self.dozen):
                for quantity in (1, 5):
                    for compute in (True, False):
                        yield {
                            "quantity": quantity,
                            "currency": currency,
                            "uom": uom,
                            "date": self.now,
                            "compute_price": compute,
                        }

    def test_same_as_odoo(self):
        asked = 0
        for pricelist in (self.pricelist, self._make_list("None at all", rules=[])):
            pricelist.b2b_fallback = "sales_price"
            for picked in (self.products, self.templates):
                for call in self._calls():
                    with self.plain_odoo():
                        plain = pricelist._compute_price_rule(picked, **call)
                    self.env.invalidate_all()
                    ours = pricelist._compute_price_rule(picked, **call)
                    if call["currency"] in (None, pricelist.currency_id):
                        self.assertEqual(ours, plain, call)
                    else:
                        self._same_but_converted(ours, plain, call)
                    asked += len(plain)
        self.assertGreater(asked, 1000)

    def _same_but_converted(self, ours, plain, call):
        """Fixed prices are converted, which Odoo leaves out; all else is equal."""
        for number, (price, rule) in plain.items():
            self.assertEqual(ours[number][1], rule)
            if not rule:
                self.assertEqual(ours[number][0], price, call)

    def test_extra_price_of_an_attribute_counts(self):
        gold = self.templates[2].product_variant_ids.filtered(
            lambda product: product.price_extra
        )
        self.env.invalidate_all()
        found = self.pricelist._compute_price_rule(self.products, 1, date=self.now)
        self.assertEqual(found[gold.id], (14.5, False))
        self.assertEqual(found[self.products[0].id], (10.0, False))

    def test_price_of_another_addon_still_runs(self):
        Item = type(self.env["product.pricelist.item"])
        original = Item._compute_price

        def other_addon(self, product, *args, **kwargs):
            return original(self, product, *args, **kwargs) + 100

        with patch.object(Item, "_compute_price", other_addon):
            found = self.pricelist._compute_price_rule(self.products, 1, date=self.now)
        self.assertEqual(found[self.products[0].id], (110.0, False))

    def test_wider_rule_of_another_addon_still_runs(self):
        """An addon that applies a rule to more articles is asked for each of them."""
        Item = type(self.env["product.pricelist.item"])
        with patch.object(Item, "_is_applicable_for", lambda *_args: True):
            found = self.pricelist._compute_price_rule(self.products, 1, date=self.now)
        self.assertEqual({price for price, _rule in found.values()}, {7.0})

    def test_records_of_a_form_beside_stored_ones(self):
        """Where the list ends without a price, the stored article keeps its own."""
        self.pricelist.b2b_fallback = "none"
        product = self.ruled.product_variant_ids[:1]
        form = product.new(origin=product)
        found = self.pricelist._compute_price_rule(form + product, 5, date=self.now)
        rule = self.pricelist.item_ids.id
        self.assertEqual(found[product.id], (7.0, rule))
        self.assertEqual(found[form.id], (0.0, False))

    def test_values_written_through_the_other_field_count(self):
        """Odoo's two fields on one relation: the indices then stay empty."""
        plain, valued = self.products[0], self.templates[2].product_variant_ids
        gold = valued.product_template_attribute_value_ids.filtered("price_extra")
        plain.product_template_variant_value_ids = gold
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.pricelist._compute_price_rule(self.products, 1, date=self.now)
        self.assertEqual(found[plain.id], (12.5, False))

    def test_nobody_joins_tables_for_plain_articles(self):
        plain = self.products.filtered(lambda product: not product.combination_indices)
        self.env.invalidate_all()
        plain.mapped("combination_indices")
        Value = type(self.env["product.template.attribute.value"])
        with patch.object(Value, "_search", autospec=True) as search:
            with self.assertQueryCount(1):
                plain._b2b_know_plain()
            with self.assertQueryCount(0):
                plain._b2b_know_plain()
            self.assertFalse(plain.product_template_attribute_value_ids)
            self.assertEqual(sum(plain.mapped("price_extra")), 0.0)
        search.assert_not_called()
