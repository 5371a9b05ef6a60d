from datetime import date
from types import SimpleNamespace

from odoo.tests import tagged

from .test_portal_redeem import PointsHttpCase


@tagged("post_install", "-at_install")
class TestPortalWords(PointsHttpCase):
    """What buyers read of points beside the numbers."""

    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def words(self, cart, seen):
        changes = cart._b2b_changes_since(seen)
        return [change["text"] for change in changes]

    def test_changes_of_points_are_named_as_points(self):
        cart = self._make_cart(quantity=30).sudo()
        without = cart._b2b_seen()
        cart._b2b_points_choose(1500)
        used = cart._b2b_seen()
        self.assertEqual(self.words(cart, without), ["1,500 points were added."])
        cart._b2b_points_choose(2000)
        self.assertEqual(self.words(cart, used), ["1,500 points → 2,000 points."])
        cart._b2b_points_choose(0)
        self.assertEqual(self.words(cart, used), ["1,500 points were removed."])
        self.assertEqual(self.words(cart, without), [])

    def test_order_says_what_it_earns_and_what_comes_back(self):
        order = self._make_order(quantity=30)
        order._b2b_points_choose(1500)
        order.action_confirm()
        self.env.flush_all()
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("285 points", page)
        self.assertIn("pending, yours when invoiced", page)
        if "Cancel this order" in page:
            self.assertIn("The 1,500 points used are yours again.", page)
        order.order_line.product_id.invoice_policy = "order"
        order._create_invoices().action_post()
        self.env.flush_all()
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("earned by this order", page)
        self.assertNotIn("pending, yours when", page)

    def test_close_notes(self):
        frame = self.env["b2b.portal.frame"]
        ctx = SimpleNamespace(can=lambda right: right == "use_points")
        order = self._make_order(quantity=30)
        self.assertEqual(frame._b2b_close_notes(ctx, order, True), [])
        order._b2b_points_choose(1500)
        said = frame._b2b_close_notes(
            SimpleNamespace(can=lambda _right: False), order, 1
        )
        self.assertEqual(said, [])
        self.assertEqual(
            frame._b2b_close_notes(ctx, order, True),
            ["The 1,500 points used are yours again."],
        )
        self.assertIn("does not come", frame._b2b_close_notes(ctx, order, False)[0])

    def test_one_correction_is_one_row(self):
        for days in range(4):
            self.give(100, expires_on=date(2099, 1, days + 1))
        account = self.account()
        wizard = self.env["b2b.loyalty.adjust"].create(
            {
                "program_id": self.program.id,
                "party_id": self.party.id,
                "points": -2500,
                "reason": "Entered twice",
            }
        )
        self.env.user.group_ids += self.env.ref("b2b_party.group_loyalty")
        wizard.action_apply()
        rows = [row for row in account._b2b_history() if row["points"] < 0]
        self.assertEqual([row["points"] for row in rows], [-2500])
        taken = account.entry_ids.filtered(lambda entry: entry.points < 0)
        self.assertGreater(len(taken), 1)

    def test_points_that_came_back_say_so(self):
        order = self._make_order(quantity=30)
        order._b2b_points_choose(1500)
        order.action_confirm()
        order._action_cancel()
        self.env.flush_all()
        labels = [
            row["kind_label"]
            for row in self.account()._b2b_history()
            if row["kind"] == "redeem"
        ]
        self.assertEqual(sorted(labels), ["given back", "redeemed"])

    def test_page_says_of_which_amounts(self):
        self.assertIn("goods excl. tax", self.page("/trade/points").text)
        self.program.basis = "gross"
        self.assertIn("goods incl. tax", self.page("/trade/points").text)
