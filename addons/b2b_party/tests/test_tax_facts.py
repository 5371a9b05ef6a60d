from datetime import timedelta

from odoo.fields import Date
from odoo.tests import tagged

from ..exceptions import GateBlocked
from .common import tax_mark
from .test_tax_cases import TaxCase


@tagged("post_install", "-at_install")
class TestTaxFacts(TaxCase):
    """Open orders follow the facts that their tax was decided by."""

    def _tax_keys(self, order):
        return {f.key for f in order._b2b_findings() if f.code == "tax"}

    def test_a_checked_number_turns_out_invalid(self):
        self._number("AT", "valid")
        order = self._order("at")
        self.assertAlmostEqual(order.amount_tax, 0.0)
        messages = order.message_ids
        self.manager.company_ids += self.company
        self.party.with_user(self.manager).b2b_vat_state = "invalid"
        self.assertEqual(order.fiscal_position_id, self.taxed)
        self.assertAlmostEqual(order.amount_tax, 190.0)
        (note,) = order.message_ids - messages
        self.assertIn("fiscal position EU taxed instead of EU business", note.body)
        self.assertEqual(self._tax_keys(order), {"vat"})

    def test_a_number_is_checked_after_the_order_was_begun(self):
        self._number("AT", "unchecked")
        order = self._order("at")
        self.assertAlmostEqual(order.amount_tax, 190.0)
        self.party.b2b_vat_state = "valid"
        self.assertEqual(order.fiscal_position_id, self.positions["EU"])
        self.assertAlmostEqual(order.amount_tax, 0.0)
        self.assertFalse(order.b2b_tax_note)

    def test_another_number_is_unchecked(self):
        self._number("AT", "valid")
        order = self._order("at")
        self.party.with_context(no_vat_validation=True).vat = "FR23334175221"
        self.assertEqual(self.party.b2b_vat_state, "unchecked")
        self.assertAlmostEqual(order.amount_tax, 190.0)

    def test_the_address_moves_to_another_country(self):
        order = self._order("de")
        self.assertAlmostEqual(order.amount_tax, 190.0)
        order.partner_shipping_id.country_id = self.env.ref("base.ch")
        self.assertEqual(order.fiscal_position_id, self.positions["World"])
        self.assertAlmostEqual(order.amount_tax, 0.0)

    def test_a_mark_that_ends_or_comes(self):
        exempt = self._position(
            "Exempt", 0.0, 20, auto_apply=False, country_id=self.env.ref("base.de").id
        )
        self.party.property_account_position_id = exempt
        order = self._order("de")
        self.assertAlmostEqual(order.amount_tax, 190.0)
        self.party.write(tax_mark())
        self.assertAlmostEqual(order.amount_tax, 0.0)
        self.party.b2b_tax_valid_until = Date.today() - timedelta(days=1)
        self.assertEqual(order.fiscal_position_id, self.home)
        self.assertAlmostEqual(order.amount_tax, 190.0)

    def test_what_was_typed_stays_to_be_found(self):
        self._number("AT", "valid")
        order = self._order("at")
        order.fiscal_position_id = self.home
        messages = order.message_ids
        self.party.b2b_vat_state = "unchecked"
        self.assertEqual(order.fiscal_position_id, self.home)
        self.assertEqual(order.message_ids, messages)
        with self.assertRaises(GateBlocked):
            order.action_confirm()

    def test_confirmed_orders_and_other_parties_stay(self):
        self._number("AT", "valid")
        confirmed, other = self._order("at"), self._order("at")
        confirmed.action_confirm()
        stranger = self._make_party("Andere", country_id=self.env.ref("base.at").id)
        stranger.with_context(no_vat_validation=True).vat = "ATU12345675"
        stranger.b2b_vat_state = "valid"
        other.partner_id = stranger
        other.partner_shipping_id = stranger
        self.party.b2b_vat_state = "invalid"
        for order in (confirmed, other):
            self.assertEqual(order.fiscal_position_id, self.positions["EU"])
            self.assertAlmostEqual(order.amount_tax, 0.0)

    def test_within_the_union_is_no_export(self):
        """Without a position for it, tax is charged and the order says why."""
        self._number("AT", "valid")
        self.positions["EU"].active = False
        self.taxed.active = False
        order = self._order("at")
        self.assertFalse(order.fiscal_position_id)
        self.assertAlmostEqual(order.amount_tax, 190.0)
        self.assertIn("no fiscal position for business", order.b2b_tax_note)
        self.assertEqual(self._tax_keys(order), {"union"})
        self.positions["EU"].active = True
        order = self._order("at")
        self.assertAlmostEqual(order.amount_tax, 0.0)
        self.assertFalse(order.b2b_tax_note)
