from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestWeights(LoyaltyCase):
    """Weights and terms of who takes part, on orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.segment = cls.env["b2b.party.segment"].create({"name": "Points segment"})
        cls.phone = cls.env.ref("b2b_party.channel_phone")
        cls.portal = cls.env.ref("b2b_party.channel_portal")
        cls.term = cls.env["account.payment.term"].create({"name": "Points 90 days"})

    def weigh(self, **values):
        values = {"name": "Weight", "factor": 3, **values}
        self.program.weight_ids = [Command.clear(), Command.create(values)]

    def points(self, *lines, **vals):
        return self.order(
            *(lines or [(self.goods, 1, 10)]), **vals
        )._b2b_points_preview()

    def test_segment(self):
        self.weigh(segment_id=self.segment.id)
        self.assertEqual(self.points(), 10)
        self.party.b2b_segment_ids = self.segment
        self.assertEqual(self.points(), 30)

    def test_product(self):
        self.weigh(product_tmpl_id=self.goods.product_tmpl_id.id)
        self.assertEqual(self.points((self.goods, 1, 10), (self.other, 1, 10)), 40)

    def test_channel(self):
        self.weigh(channel_id=self.phone.id)
        self.assertEqual(self.points(b2b_channel_id=self.portal.id), 10)
        self.assertEqual(self.points(b2b_channel_id=self.phone.id), 30)

    def test_product_of_category_by_channel_multiply_and_are_kept(self):
        self.program.weight_ids = [
            Command.create(
                {
                    "name": "Goods",
                    "factor": 2,
                    "product_tmpl_id": self.goods.product_tmpl_id.id,
                }
            ),
            Command.create(
                {"name": "Phone", "factor": 1.5, "channel_id": self.phone.id}
            ),
            Command.create(
                {"name": "Kitchen", "factor": 1.1, "category_id": self.kitchen.id}
            ),
        ]
        order = self.order((self.goods, 1, 10), b2b_channel_id=self.phone.id)
        order.action_confirm()
        self.env.flush_all()
        self.assert_points(0, 33)
        self.assertEqual(
            self.account().entry_ids.weights_text,
            "Goods × 2.000, Phone × 1.500, Kitchen × 1.100",
        )
        self.invoice(order)
        self.assert_points(33, 0)

    def test_more_points_than_the_ledger_holds(self):
        order = self.order((self.goods, 30, 10))
        fitting = self.confirmed((self.goods, 1, 10))
        for count in (5, 20):
            self.program.weight_ids = [Command.clear()] + [
                Command.create({"name": f"Weight {one}", "factor": 100})
                for one in range(count)
            ]
            self.assertGreater(order._b2b_points_preview(), 2**31)
            words = f"{order.name}: .* more than an account of “Trade points”"
            with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                order.action_confirm()
                self.env.flush_all()
            self.assertNotEqual(order.state, "sale")
            invoice = self.invoice(fitting, post=False)
            with (
                self.assertRaisesRegex(UserError, "“Trade points”"),
                self.cr.savepoint(),
            ):
                invoice.action_post()
                self.env.flush_all()
            self.assert_points(0, 10)
            invoice.unlink()

    def test_only_customers_of_the_segments(self):
        self.program.segment_ids = self.segment
        self.assertEqual(self.points(), 0)
        self.party.b2b_segment_ids = self.segment
        self.assertEqual(self.points(), 10)
        found = self.env["b2b.loyalty.program"]._b2b_for_party(
            self.party, self.company, self.env.cr.now().date()
        )
        self.assertEqual(found, self.program)

    def test_terms_that_earn_nothing(self):
        self.program.without_term_ids = self.term
        self.assertEqual(self.points(payment_term_id=self.term.id), 0)
        self.assertEqual(self.points(payment_term_id=False), 10)

    def test_without_segments_nobody_is_asked_about_them(self):
        order = self.order((self.goods, 1, 10))
        order._b2b_points_preview()
        self.party.invalidate_recordset(["b2b_segment_ids"])
        with self.assertQueryCount(0):
            self.env["b2b.loyalty.program"]._b2b_buyer(self.party, order.sudo())
