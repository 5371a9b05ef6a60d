from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .credit_common import CreditCase


@tagged("post_install", "-at_install")
class TestCreditHolds(CreditCase):
    """What happens to an order above the limit, and who lets it pass."""

    def _held(self, quantity=15, code="credit"):
        order = self._make_order(quantity=quantity)
        self.assertEqual(self._submit(order)["state"], "waiting")
        hold = order.b2b_open_hold_ids
        self.assertEqual(hold.mapped("code"), [code])
        return order, hold

    def _limit_the_buyer(self):
        """His orders above 10 wait for the approver as well."""
        self.buyer.role_id = self.env.ref("b2b_party.role_buyer").copy(
            {"name": "Small", "order_limit": 10.0, "party_id": self.party.id}
        )
        self.buyer.supervisor_id = self.approver

    def test_above_the_limit_waits_and_reserves_nothing(self):
        order, hold = self._held()
        self.assertEqual(order.state, "draft")
        self.assertEqual((hold.side, hold.severity), ("seller", "authorize"))
        self.assertEqual(hold.credit_account_id, self.account)
        self.assertExposure(confirmed=0.0, waiting=0.0)
        self.assertIn("it is $50.00 too much", hold.message)

    def test_other_holds_reserve_credit(self):
        self._limit_the_buyer()
        order = self._make_order(quantity=6)
        self._submit(order)
        self.assertEqual(order.b2b_open_hold_ids.code, "seat_limit")
        self.assertExposure(waiting=60.0, confirmed=0.0, available=40.0)
        order.b2b_open_hold_ids.with_user(self.approver.user_id).action_refuse("no")
        self.assertExposure(waiting=0.0)

    def test_waiting_becomes_confirmed(self):
        self._limit_the_buyer()
        order = self._make_order(quantity=6)
        self._submit(order)
        order.b2b_open_hold_ids.with_user(self.approver.user_id).action_release("yes")
        self.assertEqual(order.state, "sale")
        self.assertExposure(waiting=0.0, confirmed=60.0)
        rows = self.account.entry_ids.filtered("order_id").sorted("id")
        self.assertEqual(
            rows.mapped(lambda r: (r.kind, r.amount)),
            [("waiting", 60.0), ("waiting", -60.0), ("confirmed", 60.0)],
        )

    def test_block_and_warn(self):
        self.account.action = "block"
        order = self._make_order(quantity=15)
        with self.assertRaises(GateBlocked):
            self._submit(order)
        self.account.action = "warn"
        with self.assertRaises(GateBlocked):
            self._submit(order)
        self._submit(order, acknowledged=["credit"])
        self.assertEqual(order.state, "sale")
        entry = self.account.entry_ids.filtered("order_id")
        self.assertEqual((entry.permission, entry.amount), ("warn", 150.0))

    def test_only_the_credit_team_releases(self):
        order, hold = self._held()
        for user in (self.rep, self.manager, self.owner.user_id, self.approver.user_id):
            with self.assertRaises(AccessError):
                hold.with_user(user).action_release("no")
        hold.with_user(self.credit).action_release("good for it")
        self.assertEqual(order.state, "sale")
        self.assertExposure(confirmed=150.0, available=-50.0)
        rows = self.account.entry_ids.filtered("order_id").sorted("id")
        self.assertEqual(
            rows.mapped(lambda r: (r.kind, r.amount, r.permission)),
            [("release", 50.0, "release"), ("confirmed", 150.0, "release")],
        )
        self.assertEqual(rows[0].note, "good for it")
        self.assertEqual(rows.user_id, self.credit)

    def test_nobody_releases_what_he_caused(self):
        both = new_test_user(
            self.env, "b2b_both", "b2b_party.group_credit,b2b_party.group_rep"
        )
        order = self._make_order(quantity=15, b2b_orderer_id=False, user_id=both.id)
        order.with_user(both).action_confirm()
        hold = order.b2b_open_hold_ids
        with self.assertRaises(AccessError):
            hold.with_user(both).action_release("mine")
        hold.with_user(self.credit).action_release("fine")
        self.assertEqual(order.state, "sale")

    def test_a_release_ends_on_its_day(self):
        self._limit_the_buyer()
        order = self._make_order(quantity=15)
        self._submit(order)
        holds = order.b2b_open_hold_ids
        hold = holds.filtered(lambda h: h.code == "credit")
        today = fields.Date.today()
        wizard = self.env["b2b.order.hold.decide"].with_user(self.credit)
        wizard = wizard.create({"hold_id": hold.id, "comment": "until tomorrow"})
        wizard.release_until = today - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "ended already"):
            wizard.action_release()
        wizard.release_until = today + timedelta(days=1)
        wizard.action_release()
        self.assertEqual(order.state, "draft")
        # The release books at once, although the approver has not decided.
        self.assertExposure(waiting=150.0, available=-50.0)
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.assertFalse(order._b2b_released("credit", str(self.account.id)))
            self.assertIn("credit", [f.code for f in order._b2b_open_findings()])
        self.assertTrue(order._b2b_released("credit", str(self.account.id)))

    def test_who_may_not_decide_sets_no_end(self):
        _order, hold = self._held()
        with self.assertRaises(AccessError):
            hold.with_user(self.rep)._b2b_set_release_until(fields.Date.today())

    def test_a_release_does_not_cover_more(self):
        order, hold = self._held()
        hold.with_user(self.credit).action_release("15 and no more")
        with self.assertRaises(UserError):
            order.order_line.product_uom_qty = 16
            self.env.flush_all()

    def test_change_of_the_limit_in_place(self):
        order, hold = self._held()
        wizard = self.env["b2b.credit.change"].with_user(self.credit)
        wizard = wizard.create(
            {
                "account_id": self.account.id,
                "hold_id": hold.id,
                "amount": 150.0,
                "reference": "Board 20 Nov",
            }
        )
        wizard.action_apply()
        self.assertEqual((order.state, hold.state), ("sale", "void"))
        self.assertExposure(limit=150.0, confirmed=150.0, available=0.0)
        entry = self.account.entry_ids.filtered(lambda e: e.kind == "limit")[:1]
        self.assertEqual((entry.before, entry.after), (100.0, 150.0))
        self.assertEqual(entry.user_id, self.credit)
        self.assertIn("Board 20 Nov", entry.note)
        logged = self.env["b2b.audit.entry"].search(
            [("party_id", "=", self.party.id), ("model", "=", "b2b.credit.limit")]
        )
        self.assertIn("150", " ".join(logged.mapped("after")))

    def test_temporary_limit_is_added_and_ends(self):
        self._make_limit(
            self.account,
            40.0,
            kind="temporary",
            date_to=fields.Date.today() + timedelta(days=3),
        )
        self.assertExposure(limit=140.0)
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self.assertExposure(limit=100.0)
            self.env["b2b.credit.account"]._cron_b2b_credit_night()
            entry = self.account.entry_ids[:1]
            self.assertEqual((entry.before, entry.after), (140.0, 100.0))
        with self.assertRaisesRegex(UserError, "needs a last day"):
            self._make_limit(self.account, 1.0, kind="temporary")

    def test_a_payment_solves_the_hold(self):
        self._bill(90.0)
        order, hold = self._held(quantity=5)
        with self.assertRaises(AccessError):
            hold.with_user(self.rep).action_b2b_check_again()
        hold.with_user(self.credit).action_b2b_check_again()
        self.assertEqual(order.state, "draft")
        self._pay(40.0)
        hold.with_user(self.credit).action_b2b_check_again()
        self.assertEqual((order.state, hold.state), ("sale", "void"))
        self.assertExposure(posted=50.0, confirmed=50.0, available=0.0)

    def test_prepaid_only_and_not_checked(self):
        self.account.limit_ids.amount = 0.0
        order, hold = self._held(quantity=1, code="prepayment")
        self.assertIn("Paid in advance: $10.00", hold.message)
        # Money on account covers it: nobody has to look again.
        self._pay(10.0)
        self.assertEqual((order.state, hold.state), ("sale", "released"))
        self.account.limit_ids.unlink()
        self._confirmed(500)
        entry = self.account.entry_ids[:1]
        self.assertEqual((entry.permission, entry.amount), ("unchecked", 5000.0))

    def test_the_credit_team_gets_a_task_and_it_goes_away(self):
        self.account.user_id = self.credit
        order, hold = self._held()
        activity = order.activity_ids
        self.assertEqual(activity.user_id, self.credit)
        self.assertIn("waits for credit", activity.summary)
        hold.with_user(self.credit).action_refuse("not now")
        self.assertFalse(order.activity_ids)

    def test_two_reasons_are_one_mail(self):
        self.account.write(
            {"user_id": self.credit.id, "overdue_action": "hold", "overdue_days": 1}
        )
        self._bill(60.0, due=-30)
        order = self._make_order(quantity=15)
        self._submit(order)
        self.assertEqual(
            set(order.b2b_open_hold_ids.mapped("code")), {"credit", "overdue"}
        )
        mails = self.env["mail.mail"].search(
            [("subject", "like", f"{order.name} of%waits for credit")]
        )
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails.recipient_ids, self.credit.partner_id)
        for words in ("too much", "are overdue for more than 1 days"):
            self.assertIn(words, mails.body_html)

    def test_figures_are_told_only_to_seats_that_see_credit(self):
        order = self._make_order(quantity=15)
        (finding,) = [f for f in order._b2b_findings() if f.code == "credit"]
        self.assertNotIn("100", finding.buyer_message)
        self.assertNotIn("50", finding.buyer_message)
        role = self.buyer.role_id.copy({"name": "Sees", "see_credit": True})
        self.buyer.role_id = role
        (finding,) = [f for f in order._b2b_findings() if f.code == "credit"]
        self.assertIn("$50.00 above your credit", finding.buyer_message)
        # A colleague reads the hold as well, so nothing of it is stored.
        self._submit(order)
        self.assertNotIn("50", order.b2b_open_hold_ids.buyer_message)


@tagged("post_install", "-at_install")
class TestOverdue(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account.write(
            {"overdue_action": "hold", "overdue_days": 10, "overdue_ignored": 5.0}
        )
        cls.account.limit_ids.amount = 10000.0

    def _codes(self):
        order = self._make_order(quantity=1)
        return [f.code for f in order._b2b_findings()]

    def test_grace_and_ignored_sum(self):
        self._bill(50.0, due=-10)
        self.assertEqual(self._codes(), [])
        self._bill(5.0, due=-11)
        self.assertEqual(self._codes(), [])
        self._bill(0.01, due=-11)
        self.assertEqual(self._codes(), ["overdue"])
        self.assertExposure(overdue=55.01, late=5.01)

    def test_disputed_invoices_do_not_count(self):
        bill = self._bill(50.0, due=-40)
        self.assertEqual(self._codes(), ["overdue"])
        bill.b2b_disputed = True
        self.assertEqual(self._codes(), [])
        self.assertExposure(posted=50.0, overdue=0.0)

    def test_money_that_nobody_matched_settles_the_oldest(self):
        self._bill(50.0, due=-40)
        self._pay(50.0)
        self.assertEqual(self._codes(), [])

    def test_policies(self):
        self._bill(50.0, due=-40)
        order = self._make_order(quantity=1)
        self._submit(order)
        hold = order.b2b_open_hold_ids
        self.assertEqual((hold.code, hold.severity), ("overdue", "authorize"))
        self.assertExposure(waiting=10.0)
        with self.assertRaises(AccessError):
            hold.with_user(self.manager).action_release("no")
        hold.with_user(self.credit).action_release("paid by phone")
        self.assertEqual(order.state, "sale")
        self.account.overdue_action = "none"
        self.assertEqual(self._codes(), [])
        self.account.overdue_action = "block"
        with self.assertRaises(GateBlocked):
            self._make_order(quantity=1).action_confirm()


@tagged("post_install", "-at_install")
class TestGroupAccount(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["b2b.party.group"].create({"name": "Holding"})
        cls.members = cls.env["b2b.party.group.member"].create(
            [
                {"group_id": cls.group.id, "partner_id": party.id}
                for party in (cls.party, cls.rival_party)
            ]
        )
        cls.shared = cls._make_account(150.0, party_group_id=cls.group.id)

    def test_parties_share_and_own_limit_counts_besides(self):
        self._confirmed(9)
        self.assertExposure(self.shared, confirmed=90.0)
        self.assertExposure(self.account, confirmed=90.0)
        order = self._make_order(seat=self.rival, quantity=7)
        order.action_confirm()
        self.assertEqual(order.b2b_open_hold_ids.key, str(self.shared.id))
        order = self._make_order(seat=self.rival, quantity=6)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertExposure(self.shared, confirmed=150.0, available=0.0)
        self.assertExposure(self.account, confirmed=90.0)

    def test_invoices_of_all_members_count(self):
        self._bill(30.0)
        self._bill(20.0, party=self.rival_party)
        self.assertExposure(self.shared, posted=50.0)
        self.members[1].date_to = fields.Date.today() - timedelta(days=1)
        self.assertExposure(self.shared, posted=30.0)

    def test_orders_follow_who_joins_and_leaves(self):
        self._confirmed(9)
        self.members[0].date_to = fields.Date.today() - timedelta(days=1)
        self.assertExposure(self.shared, confirmed=0.0)
        self.assertExposure(self.account, confirmed=90.0)
        self.members[0].date_to = False
        self.assertExposure(self.shared, confirmed=90.0)
        self.members[0].unlink()
        self.assertExposure(self.shared, confirmed=0.0)

    def test_the_calendar_ends_a_membership(self):
        self._confirmed(9)
        self.members[0].date_to = fields.Date.today() + timedelta(days=1)
        self.assertExposure(self.shared, confirmed=90.0)
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.env["b2b.credit.account"]._cron_b2b_credit_night()
            self.assertExposure(self.shared, confirmed=0.0)

    def test_figures_of_a_group_are_not_told_to_one_of_its_buyers(self):
        self.rival.role_id = self.rival.role_id.copy({"see_credit": True})
        self._confirmed(9)
        order = self._make_order(seat=self.rival, quantity=7)
        (finding,) = order._b2b_findings()
        self.assertEqual(finding.key, str(self.shared.id))
        self.assertNotRegex(finding.buyer_message, r"\d")
