from odoo.tests import tagged

from odoo.addons.b2b_approval.tests.common import ApprovalCase


@tagged("post_install", "-at_install")
class TestGateOutside(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Points",
                "program_type": "loyalty",
                "trigger": "auto",
                "applies_on": "both",
                "rule_ids": [
                    (0, 0, {"reward_point_mode": "money", "reward_point_amount": 1})
                ],
                "reward_ids": [
                    (0, 0, {"reward_type": "discount", "required_points": 10000})
                ],
            }
        )

    def _points(self):
        cards = self.env["loyalty.card"].search([("program_id", "=", self.program.id)])
        return sum(cards.mapped("points"))

    def test_the_gate_is_outside_of_promotions(self):
        modules = [
            cls.__module__.split(".")[2]
            for cls in type(self.env["sale.order"]).__mro__
            if "action_confirm" in vars(cls)
            and cls.__module__.startswith("odoo.addons")
        ]
        self.assertLess(
            modules.index("b2b_sale_loyalty"), modules.index("sale_loyalty")
        )
        self.assertLess(modules.index("b2b_sale_loyalty"), modules.index("b2b_party"))

    def test_a_held_order_books_no_points_and_a_release_books_once(self):
        order = self._submitted()
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertEqual(self._points(), 0)
        order.b2b_open_hold_ids.with_user(self.approver.user_id).action_release()
        self.assertEqual(order.state, "sale")
        self.assertEqual(self._points(), 300)
