from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestPortalCredit(TradeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._make_account(200.0, party_id=cls.party.id)
        sees = cls.env.ref("b2b_party.role_buyer").copy(
            {"name": "Sees credit", "see_credit": True, "party_id": cls.party.id}
        )
        cls.buyer.role_id = sees
        cls._bill(40.0, due=-5)

    @classmethod
    def _make_account(cls, limit, **values):
        values = {
            "action": "hold",
            "overdue_action": "none",
            "currency_id": cls.env.company.currency_id.id,
            "limit_ids": [(0, 0, {"amount": limit, "date_from": False})],
            **values,
        }
        return cls.env["b2b.credit.account"].create(values)

    @classmethod
    def _bill(cls, amount, due, party=None):
        day = fields.Date.today() + timedelta(days=due)
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (party or cls.party).id,
                "invoice_date": day,
                "invoice_date_due": day,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    (0, 0, {"name": "Goods", "price_unit": amount, "tax_ids": False})
                ],
            }
        )
        move.action_post()

    def _without_figures(self, text):
        for amount in (200, 160, 40, 30):
            self.assertNotIn(self.money(amount), text)

    def test_home_and_checkout_for_who_sees_credit(self):
        self.sign_in(self.buyer)
        page = self.page("/trade").text
        self.assertIn(self.money(160), page)
        self.assertIn(f"{self.money(40)} overdue", page)
        self._make_cart(quantity=3)
        page = self.page("/trade/checkout").text
        self.assertIn(f"{self.money(130)} left after this", page)

    def test_without_the_right_only_that_it_is_checked(self):
        self.buyer.role_id = self.env.ref("b2b_party.role_buyer")
        self.sign_in(self.buyer)
        page = self.page("/trade").text
        self.assertNotIn("o_b2b_home_credit", page)
        self._make_cart(quantity=3)
        page = self.page("/trade/checkout").text
        self.assertIn("Credit is checked when you order.", page)
        self.assertNotIn(self.money(160), page)
        self.assertNotIn(self.money(130), page)

    def test_an_order_above_it_waits_and_tells_colleagues_nothing(self):
        self.sign_in(self.buyer)
        cart = self._make_cart(quantity=19)
        page = self.page("/trade/checkout").text
        self.assertIn(f"{self.money(30)} above your credit", page)
        values = {
            "token": f"{cart.id:032x}",
            "cart_id": cart.id,
            "seen": cart._b2b_seen(),
        }
        answer = self.form("/trade/checkout", **values)
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        self.assertEqual(cart.b2b_submit_state, "waiting")
        thanks = self.page(f"/trade/order/{cart.id}/thanks").text
        self.assertIn(f"{self.money(30)} over {self.money(200)}", thanks)
        # A colleague who sees the company's orders but not its credit.
        self.sign_in(self.approver)
        page = self.page(f"/trade/orders/{cart.id}").text
        self.assertIn(cart.name, page)
        self._without_figures(page)

    def test_figures_of_a_group_need_the_right_to_see_its_companies(self):
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        for party in (self.party, self.rival_party):
            self.env["b2b.party.group.member"].create(
                {"group_id": group.id, "partner_id": party.id}
            )
        self._make_account(5000.0, party_group_id=group.id)
        self._bill(777.0, due=5, party=self.rival_party)
        self.sign_in(self.buyer)
        self.assertNotIn(self.money(5000), self.page("/trade").text)
        self.buyer.role_id.see_subsidiaries = True
        page = self.page("/trade").text
        self.assertIn(self.money(5000), page)
        self.assertIn(self.money(817), page)

    def test_a_decider_reads_the_groups_credit_only_by_right(self):
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        for party in (self.party, self.rival_party):
            self.env["b2b.party.group.member"].create(
                {"group_id": group.id, "partner_id": party.id}
            )
        self._make_account(5000.0, party_group_id=group.id)
        cart = self._make_cart(quantity=3)

        def titles():
            user = self.buyer.user_id
            ctx = self.env["b2b.portal.context"].with_user(user)._b2b_build()
            frame = ctx.env["b2b.portal.frame"]
            parts = frame._b2b_credit_effects(ctx, cart)
            return [row["title"] for part in parts for row in part["values"]["rows"]]

        self.assertEqual(titles(), ["Credit left"])
        self.buyer.role_id.see_subsidiaries = True
        self.assertEqual(sorted(titles()), ["Credit left", "Credit left of your group"])

    def test_where_somebody_else_pays_nothing_is_told(self):
        other = self._make_account(300.0, party_id=self.rival_party.id)
        self.sign_in(self.buyer)
        cart = self._make_cart(quantity=3)
        cart.partner_invoice_id = self.rival_party
        page = self.page("/trade/checkout").text
        self.assertIn("Credit is checked when you order.", page)
        self.assertNotIn(self.money(300), page)
        self.assertNotIn(self.money(270), page)
        self.assertTrue(other.is_checked)
