from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import ApprovalCase
from .test_prepayment import FILE


@tagged("post_install", "-at_install")
class TestPrepaymentMoney(ApprovalCase):
    """Orders of 50.00, of which 40 % are paid in advance: 20.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.credit = new_test_user(
            cls.env, "b2b_money_credit", "b2b_party.group_credit"
        )
        cls.books = new_test_user(
            cls.env, "b2b_money_books", "account.group_account_invoice"
        )
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.visitor = cls.env.ref("base.public_user")
        cls.method = cls.env["payment.method"].create(
            {"name": "Card", "code": "b2b_card", "active": False, "image": False}
        )
        form = {"name": "form", "type": "qweb", "arch": "<form/>"}
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Cards",
                "code": "none",
                "company_id": cls.env.company.id,
                "redirect_form_view_id": cls.env["ir.ui.view"].create(form).id,
                "payment_method_ids": [(6, 0, cls.method.ids)],
            }
        )
        cls.provider.write({"state": "test", "is_published": True})
        cls.method.active = True

    def setUp(self):
        super().setUp()
        Order = type(self.env["sale.order"])
        self.share = self.startPatcher(
            patch.object(Order, "_b2b_prepayment_percent", return_value=40.0)
        )
        self.paper = self.startPatcher(patch(FILE, return_value=("pdf", b"%PDF-")))

    def _waiting(self, quantity=5, **values):
        order = self._submitted(quantity=quantity, **values)
        self.assertEqual(order.b2b_submit_state, "waiting")
        return order

    def _online(self, order, amount, state="done", user=None):
        payment = (
            self.env["payment.transaction"]
            .with_user(user or self.env.user)
            .sudo()
            .create(
                {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.method.id,
                    "amount": amount,
                    "currency_id": order.currency_id.id,
                    "partner_id": order.partner_id.id,
                    "reference": f"PAY-{order.id}-{len(order.transaction_ids)}",
                    "sale_order_ids": [(6, 0, order.ids)],
                }
            )
        )
        payment.state = state
        payment._check_amount_and_confirm_order()
        return payment

    def _payment(self, amount, memo="", partner=None, **values):
        """As an accountant registers one."""
        payment = (
            self.env["account.payment"]
            .with_user(self.books)
            .create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": (partner or self.party).id,
                    "amount": amount,
                    "memo": memo,
                    "journal_id": self.bank.id,
                    **values,
                }
            )
        )
        payment.action_post()
        return payment

    def _bank_line(self, amount, label, **values):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "payment_ref": label,
                "amount": amount,
                "date": fields.Date.today(),
                **values,
            }
        )

    def _record(self, order, amount):
        wizard = self.env["b2b.order.prepayment"].with_user(self.credit)
        wizard = wizard.create(
            {"order_id": order.id, "amount": amount, "reference": "Statement 7"}
        )
        wizard.action_record()

    # -- one figure --------------------------------------------------------------------

    def test_after_a_part_the_rest_is_asked_everywhere(self):
        order = self._waiting()
        self._online(order, 12.5)
        words = "Paid $12.50 of $20.00, missing $7.50."
        self.assertEqual(order.b2b_prepayment_text, words)
        self.assertIn("$7.50 are missing", order.b2b_open_hold_ids.message)
        self.assertIn("$7.50 are missing", order.b2b_open_hold_ids.buyer_message)
        self.assertEqual(order.b2b_open_hold_ids.solve, "Pay $7.50")
        self.assertEqual(order._get_prepayment_required_amount(), 7.5)
        self.assertEqual(order._b2b_prepayment_values()["missing"], 7.5)
        self.assertTrue(order._has_to_be_paid())
        link = order._get_default_payment_link_values()
        self.assertEqual((link["amount"], link["amount_max"]), (7.5, 7.5))
        self.assertEqual(link["amount_paid"], 12.5)

    def test_what_a_visitor_may_pay(self):
        """The missing sum, neither more nor less, and nothing below zero."""
        order = self._waiting()
        self._record(order, 12.5)
        for amount in (20.0, 7.49, 7.51, 50.0, 0.01):
            words = "missing \\$7.50"
            with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                self._online(order, amount, user=self.visitor)
        for amount in (0.0, -5.0):
            words = "more than zero"
            with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                self._online(order, amount, "draft", self.buyer.user_id)
        self.assertFalse(order.transaction_ids)
        self._online(order, 7.5, user=self.visitor)
        self.assertEqual(order.state, "sale")

    def test_more_than_the_share_is_credit_on_account(self):
        order = self._waiting()
        self._record(order, 30.0)
        self.assertEqual(order.state, "sale")
        told = order.message_ids.filtered("partner_ids")[:1].body
        self.assertIn("Your payment for", told)
        self.assertIn("$10.00 more", told)
        self.assertIn("credit on your account", told)
        # Neither who recorded it nor where he found it is the customer's to know.
        self.assertNotIn("Statement 7", told)
        self.assertNotIn(self.credit.name, told)

    def test_a_total_that_shrinks_is_covered(self):
        order = self._waiting()
        self._record(order, 12.0)
        order.write({"order_line": [(1, order.order_line.id, {"product_uom_qty": 3})]})
        self.assertEqual(order.state, "sale")
        self.assertIn("Covered by", order.b2b_decision_ids.comment)

    def test_a_total_that_grows_asks_for_the_rest(self):
        order = self._waiting()
        self._record(order, 12.0)
        asked = self.env["mail.mail"].search_count([("subject", "ilike", "Please pay")])
        order.write({"order_line": [(1, order.order_line.id, {"product_uom_qty": 8})]})
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertIn("missing $20.00", order.b2b_prepayment_text)
        self.assertIn("$20.00 are missing", order.b2b_open_hold_ids.message)
        now = self.env["mail.mail"].search_count([("subject", "ilike", "Please pay")])
        self.assertEqual(now, asked + 1)
        # The same total again tells nobody.
        order.write({"order_line": [(1, order.order_line.id, {"product_uom_qty": 8})]})
        same = self.env["mail.mail"].search_count([("subject", "ilike", "Please pay")])
        self.assertEqual(same, now)

    def test_a_share_that_changes_is_followed_by_the_hourly_job(self):
        order = self._waiting()
        self._record(order, 12.0)
        self.share.return_value = 20.0
        self.assertFalse(order._b2b_awaits_prepayment())
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["sale.order"]._cron_b2b_remind_prepayment()
        self.assertEqual(order.state, "sale")

    def test_who_paid_is_not_told_that_he_did_not(self):
        order = self._waiting()
        self._record(order, 12.0)
        self.share.return_value = 20.0
        order.sudo().b2b_keep_until = fields.Datetime.now() - timedelta(minutes=5)
        order._b2b_expire()
        self.assertNotEqual(order.b2b_gate_state, "unpaid")
        self.assertNotIn("was not paid in time", order.message_ids[0].body)

    # -- the books ---------------------------------------------------------------------

    def test_a_payment_with_the_reference_lets_it_go_on(self):
        order = self._waiting()
        payment = self._payment(12.5, f"Thanks {order.b2b_prepayment_reference}")
        self.assertEqual(payment.b2b_order_id, order)
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertIn("$7.50 are missing", order.message_ids[0].body)
        self._payment(7.5, f"rest of {order.name.lower()}")
        self.assertEqual(order.state, "sale")
        decision = order.b2b_decision_ids
        self.assertEqual(decision.user_id, self.env.ref("base.user_root"))
        self.assertIn("Payment", decision.comment)

    def test_a_payment_is_linked_by_hand(self):
        order = self._waiting()
        payment = self._payment(20.0, "no word of it")
        self.assertEqual(order.b2b_submit_state, "waiting")
        payment.with_user(self.books).b2b_order_id = order
        self.assertEqual(order.state, "sale")

    def test_the_hold_says_what_is_missing_whatever_happens_to_the_money(self):
        order = self._waiting()
        hold = order._b2b_prepayment_hold()
        asked = hold.message
        payment = self._payment(10.0, memo=order.b2b_prepayment_reference)
        part = hold.message
        self.assertNotEqual(part, asked)
        payment.action_draft()
        self.assertEqual(hold.message, asked)
        payment.action_post()
        self.assertEqual(hold.message, part)
        order.order_line[0].price_unit *= 2
        due = order._b2b_money(order._b2b_prepayment_due())
        self.assertIn(due, order._b2b_prepayment_words())
        missing = order._b2b_money(order._b2b_prepayment_missing())
        self.assertIn(missing, hold.message)

    def test_a_draft_and_money_that_goes_out_cover_nothing(self):
        order = self._waiting()
        values = {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.party.id,
            "amount": 20.0,
            "journal_id": self.bank.id,
            "b2b_order_id": order.id,
        }
        self.env["account.payment"].create(values)
        self._payment(20.0, order.name, payment_type="outbound")
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertEqual(order._b2b_prepayment_booked(), 0.0)

    def test_money_of_another_company_covers_nothing(self):
        order = self._waiting()
        reference = order.b2b_prepayment_reference
        payment = self._payment(20.0, reference, self.rival_party)
        self.assertFalse(payment.b2b_order_id)
        with self.assertRaisesRegex(ValidationError, "is an order of Brightwell"):
            payment.b2b_order_id = order
            self.env.flush_all()
        self._bank_line(20.0, reference, partner_id=self.rival_party.id)
        self.assertEqual(order.b2b_submit_state, "waiting")

    def test_a_line_of_the_bank(self):
        order = self._waiting()
        self._bank_line(20.0, f"payment {order.name}")
        self.assertEqual(order.b2b_submit_state, "waiting", "a number is no reference")
        line = self._bank_line(5.0, order.b2b_prepayment_reference.replace(" ", ""))
        self.assertEqual(line.b2b_order_id, order)
        self.assertEqual(order._b2b_prepayment_missing(), 15.0)
        self._bank_line(15.0, f"rest {order.name}", partner_id=self.party.id)
        self.assertEqual(order.state, "sale")
        self.assertIn("Bank line", order.b2b_decision_ids.comment)

    def test_the_same_money_counts_once(self):
        """Recorded by hand, as a payment and read from the bank: 12.00, not 36.00."""
        order = self._waiting()
        self._record(order, 12.0)
        self._payment(12.0, order.name)
        self._bank_line(12.0, order.b2b_prepayment_reference)
        self.assertEqual(order._b2b_prepayment_booked(), 12.0)
        self.assertEqual(order.b2b_submit_state, "waiting")
        # What is recorded next is beside it.
        self._record(order, 8.0)
        self.assertEqual(order.state, "sale")

    def test_a_part_by_hand_and_the_rest_in_the_books(self):
        for book in (
            lambda order: self._payment(8.0, order.name),
            lambda order: self._bank_line(8.0, order.b2b_prepayment_reference),
        ):
            order = self._waiting()
            self._record(order, 12.0)
            book(order)
            self.assertEqual(order.state, "sale")

    def test_what_is_paid_online_comes_on_top(self):
        order = self._waiting()
        self._payment(12.0, order.name)
        self._online(order, 8.0)
        self.assertEqual(order.state, "sale")

    def test_nobody_learns_of_orders_by_a_reference(self):
        order = self._waiting()
        rival = self.env["sale.order"].with_user(self.rival.user_id)
        with self.assertRaises(AccessError):
            rival.browse(order.id).read(["b2b_prepayment_text"])
        with self.assertRaises(AccessError):
            order.with_user(self.buyer.user_id).read(["b2b_payment_ids"])

    # -- links of our staff ------------------------------------------------------------

    def _link(self, order, **values):
        return (
            self.env["payment.link.wizard"]
            .with_user(self.manager)
            .with_context(active_model="sale.order", active_id=order.id)
            .create(values)
        )

    def test_a_payment_link_asks_for_what_is_missing(self):
        order = self._waiting()
        self._record(order, 12.5)
        link = self._link(order)
        self.assertEqual(link.amount, 7.5)
        self.assertFalse(link.warning_message)
        self.assertIn("goes on by itself", link.confirmation_message)
        self.assertIn("missing $7.50", self._link(order, amount=20.0).warning_message)

    def test_no_link_before_the_customer_has_approved(self):
        order = self._waiting(quantity=30)
        link = self._link(order)
        self.assertEqual(link.amount, 0.0)
        self.assertIn("waits for the customer's approval", link.warning_message)
