from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestManualDiscount(PricingCase):
    """A discretionary discount lasts, whatever else changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("sale.group_discount_per_so_line")
        cls.env.ref("base.group_user")._apply_group(
            cls.env.ref("sale.group_discount_per_so_line")
        )
        cls.list = cls._make_list(
            "Own",
            rules=[
                cls._rule("percentage", percent_price=20.0, min_quantity=100),
                cls._rule("percentage", percent_price=10.0),
            ],
        )
        cls.agreement = cls._make_agreement(pricelist_id=cls.list.id)

    @classmethod
    def _rule(cls, kind, **values):
        return {
            "applied_on": "0_product_variant",
            "product_id": cls.product.id,
            "compute_price": kind,
            **values,
        }

    def _line(self, quantity=1, **values):
        order = self._make_cart()
        line = order.order_line
        line.write({"product_uom_qty": quantity, **values})
        return line

    # -- survives ------------------------------------------------------------------

    def test_combines_with_the_rule(self):
        line = self._line(b2b_manual_discount=5)
        self.assertEqual((line.price_unit, line.discount), (10.0, 14.5))
        self.assertEqual(line.price_subtotal, 8.55)

    def test_quantity_changes_the_rule_only(self):
        line = self._line(b2b_manual_discount=5)
        line.product_uom_qty = 100
        # 20 % and 5 %
        self.assertEqual((line.b2b_manual_discount, line.discount), (5, 24))
        line.product_uom_qty = 1
        self.assertEqual(line.discount, 14.5)

    def test_update_prices_keeps_it(self):
        line = self._line(b2b_manual_discount=5, price_unit=9)
        line.order_id.action_update_prices()
        self.assertEqual((line.price_unit, line.discount), (10.0, 14.5))

    def test_agreement_switch_and_comparison(self):
        line = self._line(quantity=10, b2b_manual_discount=5)
        order = line.order_id
        other = self._make_agreement(
            "Fixed", pricelist_id=self._make_list("Other", 6.0).id
        )
        rows = {row["agreement_id"]: row for row in order.b2b_compare_agreements()}
        self.assertAlmostEqual(rows[other.id]["amount_untaxed"], 57.0)
        self.assertAlmostEqual(rows[self.agreement.id]["amount_untaxed"], 85.5)
        order._b2b_switch_agreement(other)
        self.assertEqual((line.price_unit, line.discount), (6.0, 5.0))
        self.assertAlmostEqual(order.amount_untaxed, 57.0)

    def test_other_currency(self):
        line = self._line(quantity=10, b2b_manual_discount=5)
        foreign = self._make_list("Foreign", 8.0, currency_id=self.other_currency.id)
        other = self._make_agreement("Foreign", pricelist_id=foreign.id)
        line.order_id._b2b_switch_agreement(other)
        self.assertEqual(line.currency_id, self.other_currency)
        self.assertEqual((line.price_unit, line.b2b_manual_discount), (8.0, 5.0))
        self.assertAlmostEqual(line.order_id.amount_untaxed, 76.0)

    def test_copy_keeps_it(self):
        line = self._line(quantity=3, b2b_manual_discount=5)
        copy = line.order_id.copy().order_line
        self.assertEqual((copy.b2b_manual_discount, copy.discount), (5, 14.5))
        copy.product_uom_qty = 100
        self.assertEqual(copy.discount, 24)

    def test_without_odoos_discounts(self):
        """Where Odoo shows no discounts the price is net of the rule's."""
        group = self.env.ref("sale.group_discount_per_so_line")
        self.env.ref("base.group_user").implied_ids -= group
        self.env.user.group_ids -= group
        self.env.registry.clear_cache()
        line = self._line(b2b_manual_discount=5)
        self.assertEqual((line.price_unit, line.discount), (9.0, 5.0))
        line.product_uom_qty = 100
        self.assertEqual((line.price_unit, line.discount), (8.0, 5.0))
        line.b2b_manual_discount = 0
        self.assertEqual(line.discount, 0)

    def test_form_shows_it_at_once(self):
        with Form(self._make_cart()) as form:
            with form.order_line.edit(0) as line:
                line.b2b_manual_discount = 5
                self.assertEqual(line.price_subtotal, 8.55)
                line.product_uom_qty = 100
                self.assertAlmostEqual(line.price_subtotal, 760)
        self.assertEqual(form.record.order_line.discount, 24)

    def test_historical_orders_stay(self):
        order = self._make_order()
        order.order_line.discount = 10
        order.sudo().write({"b2b_historical": True})
        self.assertEqual(order.order_line.discount, 10)
        self.assertFalse([f for f in order._b2b_findings() if f.code == "discount"])

    # -- Odoo's own field ------------------------------------------------------------

    def test_typed_discount_survives_a_quantity(self):
        line = self._line()
        line.discount = 30
        line.product_uom_qty = 5
        self.assertEqual(line.discount, 30)
        # another price on purpose is another matter
        line.order_id.action_update_prices()
        self.assertEqual(line.discount, 10)
        line.product_uom_qty = 100
        self.assertEqual(line.discount, 20)

    def test_created_with_a_discount(self):
        order = self._make_cart(
            order_line=[Command.create({"product_id": self.product.id, "discount": 30})]
        )
        order.order_line.product_uom_qty = 7
        self.assertEqual(order.order_line.discount, 30)

    def test_odoos_behaviour_comes_back(self):
        self.env["ir.config_parameter"].set_param(
            "b2b_pricing.keep_hand_discount", "False"
        )
        line = self._line(b2b_manual_discount=5)
        line.discount = 30
        line.product_uom_qty = 5
        self.assertEqual(line.discount, 14.5)

    def test_discretionary_replaces_typed(self):
        line = self._line()
        line.discount = 30
        line.b2b_manual_discount = 5
        self.assertEqual(line.discount, 14.5)

    # -- refusals ----------------------------------------------------------------------

    def test_bad_figures(self):
        line = self._line()
        for value in (120, -1):
            with self.refuses(ValidationError, f"{value} %; enter 0 to 100"):
                line.b2b_manual_discount = value
            with self.refuses(ValidationError, f"{value} %; enter 0 to 100"):
                line.discount = value

    def test_portal_users_never_write(self):
        line = self._line().with_user(self.buyer.user_id)
        for name in ("b2b_manual_discount", "discount", "price_unit"):
            with self.assertRaises(AccessError):
                line.write({name: 5})
        with self.assertRaises(AccessError):
            line.order_id.write({"b2b_order_discount_kind": "percent"})
        for name in ("b2b_manual_discount", "b2b_discount_hint", "b2b_margin"):
            with self.assertRaises(AccessError):
                line.read([name])

    def test_giver_is_set_by_the_system(self):
        line = self._line().with_user(self.rep)
        line.order_id.sudo().user_id = self.rep
        with self.refuses(AccessError, "set by the system"):
            line.write({"b2b_discount_by_id": self.manager.id})
        line.write({"b2b_manual_discount": 3})
        self.assertEqual(line.b2b_discount_by_id, self.rep)
        # who changes something else, or gives less, did not give it
        line.with_user(self.manager).write({"product_uom_qty": 2})
        line.with_user(self.manager).write({"b2b_manual_discount": 2})
        self.assertEqual(line.b2b_discount_by_id, self.rep)
        line.with_user(self.manager).write({"b2b_manual_discount": 9})
        self.assertEqual(line.b2b_discount_by_id, self.manager)
