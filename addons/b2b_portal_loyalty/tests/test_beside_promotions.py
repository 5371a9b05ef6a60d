from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.b2b_approval.tests.common import ApprovalCase


@tagged("post_install", "-at_install")
class TestBesidePromotions(ApprovalCase):
    """Odoo's own promotions and gift cards on an order that points pay a part of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.env["b2b.loyalty.program"].search([]).active = False
        cls.points = cls.env["b2b.loyalty.program"].create(
            {"name": "Harbour points", "point_value": 0.01}
        )
        account = cls.env["b2b.loyalty.account"]._b2b_get(cls.points.id, cls.party)
        account._b2b_book(
            [
                {
                    "account_id": account.id,
                    "kind": "adjust",
                    "points": 5000,
                    "date": cls.env.cr.now().date(),
                    "idempotency_key": f"give:{account.id}",
                }
            ]
        )
        cls.account = account
        # whose orders wait for nobody
        cls.buyer.role_id = cls.env.ref("b2b_party.role_buyer")
        cls.tax = cls.env["account.tax"].create({"name": "Beside 20 %", "amount": 20})

    def order(self, quantity=20):
        order = self._make_order(quantity=quantity)
        order.order_line.product_id.taxes_id = self.tax
        order.order_line.tax_ids = self.tax
        return order

    def promotion(self, **reward):
        return self.env["loyalty.program"].create(
            {
                "name": "Ten percent from 200",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [
                    Command.create(
                        {"minimum_amount": 200, "minimum_amount_tax_mode": "excl"}
                    )
                ],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 10,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                            **reward,
                        }
                    )
                ],
            }
        )

    def apply(self, order):
        order._update_programs_and_rewards()
        for coupon, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards[:1], coupon)

    def test_promotion_first_points_after_it(self):
        self.promotion()
        order = self.order()
        self.apply(order)
        self.assertEqual(order.amount_untaxed, 180)
        order._b2b_points_choose(3000)
        self.assertEqual((order.amount_untaxed, order.amount_tax), (150, 30))
        # the threshold of 200 and the ten percent are those of the goods
        order._b2b_settle_lines()
        self.assertEqual(order.amount_untaxed, 150)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual((order.state, order.amount_untaxed), ("sale", 150))
        self.assertEqual((self.account.balance, self.account.pending), (2000, 150))

    def test_points_first_promotion_later(self):
        order = self.order()
        order._b2b_points_choose(5000)
        self.assertEqual(order.amount_untaxed, 150)
        self.promotion()
        self.apply(order)
        self.assertEqual(order.amount_untaxed, 130)
        self.assertEqual(order.b2b_points_used, 5000)

    def test_goods_below_the_threshold_lose_the_promotion_and_points_follow(self):
        self.promotion()
        order = self.order()
        self.apply(order)
        order._b2b_points_choose(5000)
        order.order_line.filtered(lambda ln: ln.product_id == self.product).write(
            {"product_uom_qty": 4}
        )
        order._b2b_settle_lines()
        self.assertEqual((order.amount_untaxed, order.b2b_points_used), (0, 4000))

    def test_gift_card_pays_what_points_left(self):
        program = self.env["loyalty.program"].create(
            {"name": "Gift", "program_type": "gift_card"}
        )
        program.write(
            {
                "applies_on": "future",
                "trigger": "auto",
                "reward_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 1,
                            "discount_mode": "per_point",
                            "discount_applicability": "order",
                            "required_points": 1,
                        }
                    ),
                ],
            }
        )
        card = self.env["loyalty.card"].create({"program_id": program.id, "points": 60})
        order = self.order(quantity=10)
        order._b2b_points_choose(2000)
        self.assertEqual(order.amount_total, 96)
        order._try_apply_code(card.code)
        order._apply_program_reward(program.reward_ids[:1], card)
        self.assertEqual(order.amount_total, 36)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(order.amount_total, 36)
        self.assertEqual((order.b2b_points_used, self.account.balance), (2000, 3000))
        self.assertEqual(card.points, 0)
