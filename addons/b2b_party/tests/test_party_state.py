from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..exceptions import GateBlocked
from .common import PartyCase


@tagged("post_install", "-at_install")
class TestPartyState(PartyCase):
    """A block wins over everything that is on its way."""

    def _block(self, level="orders", reason="Two invoices are overdue"):
        self.party.with_user(self.manager).action_b2b_block(level, reason)

    def test_the_dialog_asks_level_and_reason(self):
        action = self.party.with_user(self.manager).action_b2b_open_block()
        wizard = self.env["b2b.party.block"].with_user(self.manager)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"level": "deliveries", "reason": "Fraud"}).action_block()
        self.assertEqual(self.party.b2b_state, "blocked")
        self.assertEqual(self.party.b2b_block_level, "deliveries")
        self.assertEqual(self.party.b2b_block_reason, "Fraud")
        self.assertEqual(self.party.b2b_blocked_by_id, self.manager)
        self.party.with_user(self.manager).action_b2b_activate()
        self.assertFalse(self.party.b2b_block_level or self.party.b2b_block_reason)

    def test_a_block_changes_without_telling_everybody_again(self):
        quote = self._make_order()
        quote.state = "sent"
        self._block()
        told = len(quote.message_ids)
        action = self.party.with_user(self.manager).action_b2b_open_block()
        self.assertEqual(action["context"]["default_level"], "orders")
        self.assertIn("overdue", action["context"]["default_reason"])
        self._block("deliveries", "Fraud")
        self.assertEqual(self.party.b2b_block_level, "deliveries")
        self.assertEqual(len(quote.message_ids), told)

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self.party.with_user(self.rep).action_b2b_open_block()
        for name in ("b2b_state", "b2b_block_level", "b2b_block_reason"):
            value = {"b2b_state": "blocked", "b2b_block_level": "orders"}.get(name, "x")
            with self.assertRaises(AccessError):
                self.party.with_user(self.rep).write({name: value})
            with self.assertRaises(AccessError):
                self.party.with_user(self.manager).write({name: value})
        with self.assertRaisesRegex(UserError, "Choose what the block stops"):
            self.party.with_user(self.manager).action_b2b_block("everything")

    def test_saving_the_form_unchanged_is_no_change(self):
        self._block()
        self.party.with_user(self.rep).write(
            {"b2b_state": "blocked", "b2b_block_level": "orders", "phone": "1"}
        )
        self.assertEqual((self.party.b2b_state, self.party.phone), ("blocked", "1"))

    def test_no_confirmation_by_any_path(self):
        order = self._make_order()
        quote = self._make_order()
        quote.state = "sent"
        self._block()
        for label, call in {
            "button": lambda: order.with_user(self.manager).action_confirm(),
            "quote": lambda: quote.with_user(self.manager).action_confirm(),
            "several": lambda: (order | quote).action_confirm(),
            "paid": lambda: (
                quote.sudo().with_context(send_email=True)._validate_order()
            ),
            "signed": lambda: (
                quote.with_user(self.buyer.user_id).sudo().action_confirm()
            ),
        }.items():
            with self.subTest(path=label), self.assertRaises(GateBlocked) as caught:
                with self.env.cr.savepoint():
                    call()
            words = caught.exception.findings[0]
            self.assertNotIn("overdue", words.buyer_message)
        self.assertEqual((order | quote).mapped("state"), ["draft", "sent"])

    def test_who_types_an_order_reads_it_at_once(self):
        order = self._make_order()
        self.assertFalse(order.with_user(self.rep).b2b_party_note)
        self._block()
        note = order.with_user(self.rep).b2b_party_note
        for words in ("is blocked", "not confirmed until", "Two invoices are overdue"):
            self.assertIn(words, note)
        form = Form(self.env["sale.order"].with_user(self.manager))
        form.partner_id = self.party
        self.assertEqual(form.b2b_party_note, note)
        self.party.with_user(self.manager).action_b2b_reject()
        self.assertIn("is rejected", order.b2b_party_note)
        self.assertNotIn("Reason", order.b2b_party_note)
        order.state = "cancel"
        self.assertFalse(order.b2b_party_note)
        with self.assertRaises(AccessError):
            order.with_user(self.buyer.user_id).read(["b2b_party_note"])

    def test_buyers_and_the_account_manager_are_told(self):
        quote, draft = self._make_order(), self._make_order()
        quote.state = "sent"
        self.party.b2b_rep_ids = self.rep
        self._block()
        message = quote.message_ids.filtered(lambda m: "cannot go on" in m.body)
        self.assertEqual(message.partner_ids, self.buyer.user_id.partner_id)
        self.assertNotIn("overdue", message.body)
        self.assertFalse(
            draft.message_ids.filtered(lambda m: "cannot go on" in (m.body or ""))
        )
        activity = self.party.activity_ids
        self.assertEqual(activity.user_id, self.rep)
        self.assertIn(quote.name, activity.note)

    def test_the_account_manager_is_told_what_may_go_on(self):
        quote = self._make_order()
        quote.state = "sent"
        self.party.b2b_rep_ids = self.rep
        self._block()
        before = self.party.activity_ids
        for _twice in range(2):
            self.party.with_user(self.manager).action_b2b_activate()
            after = self.party.activity_ids - before
            self.assertEqual(after.user_id, self.rep)
            self.assertIn("to check again: 1", after.summary)
            self.assertEqual(
                self.party.activity_ids, after, "that of the block is gone"
            )
            self.assertIn(quote.name, after.note)
        self.assertEqual(quote.state, "sent", "nothing is confirmed by itself")
        self.party.with_user(self.manager).action_b2b_reject()
        self.assertFalse(self.party.activity_ids, "nothing of it is left to do")

    def test_the_reason_is_not_for_portal_users(self):
        self._block()
        party = self.party.with_user(self.owner.user_id)
        for name in ("b2b_block_reason", "b2b_block_level", "b2b_state"):
            with self.assertRaises(AccessError):
                party.read([name])
        seen = self.party.with_user(self.owner.user_id).message_ids
        self.assertFalse([m for m in seen if "overdue" in (m.body or "")])

    def test_goods_stay_when_deliveries_are_stopped(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            self.product, warehouse.lot_stock_id, 10
        )
        first, second = self._make_order(), self._make_order()
        (first | second).action_confirm()
        self._block("orders")
        first.picking_ids.move_ids.quantity = 1
        first.picking_ids.button_validate()
        self.assertEqual(first.picking_ids.state, "done")
        self._block("deliveries")
        second.picking_ids.move_ids.quantity = 1
        with self.assertRaisesRegex(UserError, "deliveries included"):
            second.picking_ids.button_validate()
        with self.assertRaisesRegex(UserError, "deliveries included"):
            second.picking_ids._action_done()
        self.party.with_user(self.manager).action_b2b_activate()
        second.picking_ids.button_validate()
        self.assertEqual(second.picking_ids.state, "done")
