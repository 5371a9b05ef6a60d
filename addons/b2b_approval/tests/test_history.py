import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.b2b_approval.models.sale_order_findings import SaleOrder as Findings

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestHistory(ApprovalCase):
    """Ask back, warnings at the screen, written approvals: all of it is kept."""

    def _mails_to(self, order, seat):
        return order.message_ids.filtered(
            lambda m: seat.user_id.partner_id in m.notified_partner_ids
        )

    # -- back to the buyer -------------------------------------------------------

    def test_asked_back_the_order_is_the_buyers_again(self):
        order = self._submitted()
        hold = order.b2b_open_hold_ids.with_user(self.approver.user_id)
        with self.assertRaisesRegex(UserError, "Say what has to change"):
            hold.action_ask_back(" ")
        hold.action_ask_back("Fewer hearts?")
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "b2b_submit_state": "failed",
                    "b2b_gate_state": "asked_back",
                    "b2b_keep_until": False,
                }
            ],
        )
        self.assertEqual(order.b2b_hold_ids.state, "void")
        row = order.b2b_decision_ids
        self.assertEqual((row.verdict, row.comment), ("asked_back", "Fewer hearts?"))
        self.assertIn("Fewer hearts?", self._mails_to(order, self.buyer)[0].body)
        order.order_line.product_uom_qty = 9
        order._b2b_submit()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.b2b_decision_ids, row)

    def test_asking_back_closes_what_others_are_asked_too(self):
        self._make_rule(steps=[{"seat_ids": self.owner.ids}])
        order = self._submitted()
        first = order.b2b_open_hold_ids.filtered(lambda h: h.code == "seat_limit")
        first.with_user(self.approver.user_id).action_ask_back("Why?")
        self.assertEqual(set(order.b2b_hold_ids.mapped("state")), {"void"})

    # -- the orderer hears of it ---------------------------------------------------

    def test_the_orderer_hears_of_a_yes_in_his_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.buyer.user_id.lang = "de_DE"
        order = self._submitted()
        with patch.object(
            type(order), "_b2b_released_text", lambda self: self.env.lang
        ):
            order.b2b_open_hold_ids.with_user(self.approver.user_id).action_release()
        self.assertIn("de_DE", self._mails_to(order, self.buyer)[0].body)

    def test_who_left_gets_no_mail(self):
        order = self._submitted()
        self.buyer.action_suspend()
        order.b2b_open_hold_ids.with_user(self.approver.user_id).action_refuse("no")
        self.assertFalse(self._mails_to(order, self.buyer))
        self.assertIn("was refused by Marcus", order.message_ids[0].body)

    # -- warnings ------------------------------------------------------------------

    def _warned(self, *codes):
        found = [
            self._finding(code=code, severity="warn", side="buyer", message=f"W {code}")
            for code in codes
        ]
        return patch.object(Findings, "_b2b_findings", lambda order: list(found))

    def test_the_confirm_button_asks_in_a_dialog(self):
        order = self._make_order(quantity=1).with_user(self.manager)
        with self._warned("unusual"):
            action = order.with_context(b2b_ask=True).action_confirm()
            self.assertRecordValues(
                order, [{"state": "draft", "b2b_submitted_at": False}]
            )
            self.assertFalse(order.sudo().b2b_hold_ids)
            dialog = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(dialog.message, "W unusual")
            dialog.with_user(self.manager).action_confirm()
        self.assertEqual(order.state, "sale")
        row = order.sudo().b2b_decision_ids
        self.assertEqual((row.verdict, row.user_id), ("acknowledged", self.manager))

    def test_what_comes_up_meanwhile_is_asked_as_well(self):
        order = self._make_order(quantity=1).with_user(self.manager)
        with self._warned("unusual"):
            action = order.with_context(b2b_ask=True).action_confirm()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        with self._warned("unusual", "budget"):
            action = dialog.with_user(self.manager).action_confirm()
            self.assertEqual(action["res_model"], "b2b.order.acknowledge")
            again = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(again.message, "W budget")
        self.assertEqual(order.state, "draft")

    def test_what_settling_the_lines_brings_up_is_asked_once(self):
        """The dialog rolls back what it asks about; it must know it again."""
        order = self._make_order(quantity=1).with_user(self.manager)
        found = self._finding(code="tax", severity="warn", message="W tax")

        def settle(orders):
            orders.origin = "settled"

        def findings(orders):
            return [found] if orders.origin == "settled" else []

        with (
            patch.object(type(order), "_b2b_settle_lines", settle),
            patch.object(Findings, "_b2b_findings", findings),
        ):
            action = order.with_context(b2b_ask=True).action_confirm()
            self.assertFalse(order.origin)
            dialog = self.env[action["res_model"]].browse(action["res_id"])
            dialog.with_user(self.manager).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_without_a_screen_it_is_kept_that_nobody_took_note(self):
        order = self._make_order(quantity=1)
        order.b2b_channel_id = self.env.ref("b2b_party.channel_edi")
        with self._warned("unusual"):
            order.action_confirm()
        self.assertEqual(order.state, "sale")
        row = order.b2b_decision_ids
        self.assertEqual(row.verdict, "not_acknowledged")
        name = order.b2b_channel_id.name
        words = f"Nobody was there to take note of it. Sales channel: {name}"
        self.assertEqual(row.comment, words)

    def test_the_orderer_reads_who_approved_not_what_nobody_took_note_of(self):
        order = self._submitted()
        with self._warned("unusual"):
            order.b2b_open_hold_ids.with_user(self.approver.user_id).action_release(
                "Go on."
            )
        self.assertEqual(order.state, "sale")
        last = order.b2b_decision_ids.sorted("id")[-1]
        self.assertEqual(last.verdict, "not_acknowledged")
        body = self._mails_to(order, self.buyer)[0].body
        self.assertIn("was approved by Marcus", body)
        self.assertIn("is confirmed. Go on.", body)
        self.assertNotIn("Sales channel", body)

    # -- written approval ------------------------------------------------------------

    def _written(self, order, user, **values):
        values = {
            "order_id": order.id,
            "document": base64.b64encode(b"%PDF yes"),
            "filename": "yes.pdf",
            "approver": "Priya Nair",
            **values,
        }
        dialogs = self.env["b2b.order.written"].with_user(user)
        return dialogs.create(values).action_record()

    def test_a_sales_manager_records_a_written_approval(self):
        order = self._submitted()
        self._written(order, self.manager)
        self.assertEqual(order.state, "sale")
        row = order.b2b_decision_ids
        self.assertEqual((row.verdict, row.user_id), ("written", self.manager))
        self.assertIn("Priya Nair", row.comment)
        self.assertEqual(row.attachment_id.raw, b"%PDF yes")
        self.assertEqual(row.attachment_id.res_id, order.id)
        with self.assertRaisesRegex(UserError, "does not wait"):
            self._written(order, self.manager)

    def test_nobody_else_records_one_and_never_for_the_own_order(self):
        order = self._submitted()
        with self.assertRaises(AccessError):
            self._written(order, self.rep)
        order.sudo().b2b_orderer_id = self.manager
        with self.assertRaisesRegex(UserError, "You entered"):
            self._written(order, self.manager)
        with self.assertRaisesRegex(UserError, "Attach"):
            other = new_test_user(
                self.env, "b2b_other_manager", "b2b_party.group_sales_manager"
            )
            self._written(order, other, approver=" ")
        self.assertEqual(order.b2b_submit_state, "waiting")

    def test_our_own_holds_stay(self):
        order = self._submitted()
        order._b2b_hold([*order._b2b_open_findings(), self._finding()])
        with patch.object(
            Findings,
            "_b2b_findings",
            lambda order: [self._finding()],
        ):
            self._written(order, self.manager)
        self.assertEqual(order.b2b_open_hold_ids.mapped("code"), ["credit"])
