from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .credit_common import CreditCase


@tagged("post_install", "-at_install")
class TestCreditAccess(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make_order(quantity=15)
        cls.order.sudo()._b2b_submit()
        cls.env.flush_all()
        history = cls.env["b2b.credit.history"].search(
            [("party_id", "=", cls.party.id)]
        )
        cls.records = (cls.account, cls.account.limit_ids, cls.account.entry_ids)
        cls.history = history

    def test_portal_and_plain_users_get_nothing(self):
        plain = new_test_user(self.env, "b2b_plain_c", "base.group_user")
        for user in (self.buyer.user_id, self.owner.user_id, self.rival.user_id, plain):
            for records in (*self.records, self.history):
                with self.subTest(user=user.name, model=records._name):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        records.with_user(user).read(["company_id"])
                    with self.assertRaises(AccessError):
                        records.with_user(user).search([])
            buttons = (
                "action_overdue_invoices",
                "action_open_invoices",
                "action_orders",
                "action_entries",
                "action_history",
                "action_change_limit",
            )
            for name in buttons:
                with self.assertRaises(AccessError, msg=name):
                    getattr(self.account.with_user(user), name)()
            with self.assertRaises(AccessError):
                self.party.with_user(user).action_b2b_credit()

    def test_portal_users_read_no_figures_of_orders(self):
        order = self.order.with_user(self.buyer.user_id)
        for name in ("b2b_credit_amount", "b2b_credit_line", "b2b_credit_booked"):
            with self.assertRaises(AccessError):
                order.read([name])

    def test_reps_read_and_write_nothing(self):
        for records in self.records:
            self.assertTrue(records.with_user(self.rep).read(["company_id"]))
            for operation in ("create", "write", "unlink"):
                self.assertFalse(records.with_user(self.rep).has_access(operation))
        with self.assertRaises(AccessError):
            self.account.limit_ids.with_user(self.rep).amount = 5.0
        with self.assertRaises(AccessError):
            self.env["b2b.credit.change"].with_user(self.rep).create(
                {"account_id": self.account.id, "amount": 5.0}
            )

    def test_managers_do_not_set_limits(self):
        for user in (self.manager, self.rep):
            with self.assertRaises(AccessError):
                self.account.with_user(user).action = "warn"
            with self.assertRaises(AccessError):
                self.account.with_user(user).limit_ids = [(0, 0, {"amount": 9.0})]

    def test_own_parties_only(self):
        self.rep.b2b_own_parties_only = True
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        self.env["b2b.party.group.member"].create(
            {"group_id": group.id, "partner_id": self.party.id}
        )
        self._make_account(900.0, party_group_id=group.id)
        for records in self.records:
            self.assertFalse(records.with_user(self.rep).search([]))
            with self.assertRaises(AccessError):
                records.with_user(self.rep).read(["company_id"])
        self.party.b2b_rep_ids = self.rep
        self.env.flush_all()
        for records in self.records:
            found = records.with_user(self.rep).search([])
            self.assertEqual(found.company_id, self.env.company)
        accounts = self.env["b2b.credit.account"].with_user(self.rep).search([])
        self.assertEqual(accounts, self.account)

    def test_a_hold_on_a_group_tells_the_rep_no_figures(self):
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        self.env["b2b.party.group.member"].create(
            {"group_id": group.id, "partner_id": self.rival_party.id}
        )
        self._make_account(20.0, party_group_id=group.id)
        self.rep.b2b_own_parties_only = True
        self.rival_party.b2b_rep_ids = self.rep
        order = self._make_order(seat=self.rival, quantity=3)
        order.action_confirm()
        hold = order.b2b_open_hold_ids
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(hold.with_user(self.credit).credit_limit, 20.0)
        self.env.invalidate_all()
        self.assertEqual(hold.with_user(self.rep).credit_limit, 0.0)

    def test_other_companies_see_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "b2b_other_c",
            "b2b_party.group_credit",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        for records in (*self.records, self.history):
            self.assertFalse(records.with_user(user).search([]), records._name)

    def test_nobody_writes_counters_and_movements(self):
        admin = new_test_user(self.env, "b2b_admin_c", "b2b_party.group_administrator")
        entries = self.account.entry_ids.with_user(admin)
        for operation in ("create", "write", "unlink"):
            self.assertFalse(entries.has_access(operation))
        entry = self.account.entry_ids[:1]
        with self.assertRaises(UserError):
            entry.amount = 1.0
        with self.assertRaises(UserError):
            entry.unlink()
        with self.assertRaises(UserError):
            entry.create({"account_id": self.account.id})
        for name in ("confirmed", "waiting"):
            with self.assertRaises(UserError):
                self.account.with_user(admin)[name] = 1.0
            with self.assertRaises(UserError):
                self.env["b2b.credit.account"].create(
                    {"party_id": self.rival_party.id, name: 5.0}
                )

    def test_context_keys_open_nothing(self):
        hold = self.order.b2b_open_hold_ids
        self.assertEqual(hold.code, "credit")
        with self.assertRaises(UserError):
            self.order.with_context(
                b2b_skip=True, skip_credit=True, b2b_credit_one_change=True
            ).write({"state": "sale"})
