from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestApprovalRule(ApprovalCase):
    """What a rule must be, when it applies, and whom it asks."""

    def setUp(self):
        super().setUp()
        self.buyer.role_id = self.env.ref("b2b_party.role_buyer")

    def assertRefusedWith(self, words, **values):
        with (
            self.assertRaisesRegex(ValidationError, words),
            self.env.cr.savepoint(),
        ):
            self._make_rule(**values)
        self.env.invalidate_all()

    def _codes(self, order):
        return [(f.code, f.side) for f in order._b2b_findings()]

    # -- bad input ---------------------------------------------------------------

    def test_a_rule_without_approver_is_refused(self):
        self.assertRefusedWith("has no approver", step_ids=[])
        self.assertRefusedWith("has no approver", steps=[{}])
        rule = self._make_rule()
        for change in (
            lambda: rule.step_ids.unlink(),
            lambda: rule.step_ids.write({"seat_ids": False}),
        ):
            with (
                self.assertRaisesRegex(ValidationError, "has no approver"),
                self.env.cr.savepoint(),
            ):
                change()
            self.env.invalidate_all()

    def test_an_approver_of_another_party_is_refused(self):
        words = "Jana does not sit in Brightwell"
        self.assertRefusedWith(words, steps=[{"seat_ids": self.rival.ids}])
        self.assertRefusedWith(words, seat_ids=[Command.set(self.rival.ids)])
        role = self.small_role.copy(
            {"party_id": self.rival_party.id, "approve": True, "name": "Theirs"}
        )
        words = "Role “Theirs” belongs to Kaufhaus Lindner"
        self.assertRefusedWith(words, steps=[{"role_ids": role.ids}])

    def test_a_rule_does_not_move_to_another_party_with_its_people(self):
        rule = self._make_rule()
        with self.assertRaisesRegex(ValidationError, "does not sit in Kaufhaus"):
            rule.party_id = self.rival_party

    def test_an_approver_needs_the_right(self):
        self.assertRefusedWith(
            "Hannah may not approve", steps=[{"seat_ids": self.buyer.ids}]
        )
        buyers = self.env.ref("b2b_party.role_buyer")
        self.assertRefusedWith(
            "Role “Buyer” may not approve", steps=[{"role_ids": buyers.ids}]
        )

    def test_a_rule_names_a_condition(self):
        self.assertRefusedWith("names no condition", always=False)
        rule = self._make_rule(always=False, min_amount=50)
        with self.assertRaisesRegex(ValidationError, "names no condition"):
            rule.min_amount = 0

    def test_people_of_a_rule_for_all_parties_are_named_by_role(self):
        self.assertRefusedWith("does not sit in one party", party_id=False)
        role = self.env.ref("b2b_party.role_approver")
        rule = self._make_rule(party_id=False, steps=[{"role_ids": role.ids}])
        self.assertEqual(self._codes(self._make_order()), [("approval_rule", "buyer")])
        self.assertIn(
            rule.name, self._make_order(self.rival)._b2b_findings()[0].message
        )

    def test_a_used_rule_is_archived_not_deleted(self):
        rule = self._make_rule()
        self._submitted()
        with self.assertRaisesRegex(UserError, "archive it instead"):
            rule.unlink()
        rule.active = False
        self.assertEqual(self._codes(self._make_order()), [])
        self._make_rule(name="Unused").unlink()

    def test_changes_are_in_the_log(self):
        rule = self._make_rule(always=False, min_amount=50)
        rule.min_amount = 75
        entry = self.env["b2b.audit.entry"].search(
            [("model", "=", rule._name), ("res_id", "=", rule.id)], limit=1
        )
        self.assertIn("75", entry.plain_after)
        self.assertEqual(entry.party_id, self.party)

    # -- when it applies ---------------------------------------------------------

    def test_amount_is_measured_as_the_other_limits(self):
        self._make_rule(always=False, min_amount=100)
        self.assertFalse(self._codes(self._make_order(quantity=9)))
        self.assertTrue(self._codes(self._make_order(quantity=10)))

    def test_amount_in_another_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        rate = {"currency_id": euro.id, "rate": 2.0, "name": "2020-01-01"}
        self.env["res.currency.rate"].create(rate)
        self._make_rule(always=False, min_amount=300, currency_id=euro.id)
        self.assertFalse(self._codes(self._make_order(quantity=14)))
        self.assertTrue(self._codes(self._make_order(quantity=15)))

    def test_categories_with_what_is_below(self):
        light = self.env["product.category"].create({"name": "Lighting"})
        below = light.create({"name": "Bulbs", "parent_id": light.id})
        self._make_rule(always=False, category_ids=[Command.set(light.ids)])
        self.assertFalse(self._codes(self._make_order()))
        self.product.categ_id = below
        self.assertTrue(self._codes(self._make_order()))
        below.parent_id = False
        self.assertFalse(self._codes(self._make_order()))

    def test_lines_and_people(self):
        self._make_rule(always=False, min_lines=2)
        order = self._make_order()
        self.assertFalse(self._codes(order))
        line = {"order_id": order.id, "product_id": self.product.id}
        order.order_line.create(line)
        order.order_line.create(
            {**line, "product_id": False, "name": "Thanks", "display_type": "line_note"}
        )
        self.assertTrue(self._codes(order))
        rule = self._make_rule(seat_ids=[Command.set(self.approver.ids)])
        self.assertEqual(len(self._codes(order)), 1)
        rule.seat_ids = self.buyer
        self.assertEqual(len(self._codes(order)), 2)

    def test_other_parties_are_not_concerned(self):
        self._make_rule()
        self.assertFalse(self._codes(self._make_order(self.rival)))

    def test_party_groups_count_while_the_party_belongs(self):
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        member = {"group_id": group.id, "partner_id": self.party.id}
        member = self.env["b2b.party.group.member"].create(member)
        self._make_rule(
            party_id=False,
            party_group_id=group.id,
            steps=[{"role_ids": self.env.ref("b2b_party.role_approver").ids}],
        )
        self.assertTrue(self._codes(self._make_order()))
        self.assertFalse(self._codes(self._make_order(self.rival)))
        member.write({"date_from": "2020-01-01", "date_to": "2020-02-01"})
        self.assertFalse(self._codes(self._make_order()))

    def test_a_rule_of_ours_is_decided_by_the_job_role(self):
        self._make_rule(side="seller", staff_group="sales_manager", steps=[])
        hold = self._submitted(quantity=1).b2b_open_hold_ids
        self.assertEqual((hold.side, hold.code), ("seller", "approval_rule"))
        self.assertEqual(hold.waiting_for, "Sales manager")
        self.assertFalse(hold._b2b_can_decide(self.owner.user_id))
        self.assertFalse(hold._b2b_can_decide(self.rep))
        self.assertTrue(hold._b2b_can_decide(self.manager))
        hold.with_user(self.manager).action_release("fine")
        self.assertEqual(hold.order_id.state, "sale")

    # -- whom it asks ------------------------------------------------------------

    def test_the_checkout_names_the_first_step(self):
        self._make_rule(
            steps=[{"seat_ids": self.approver.ids}, {"seat_ids": self.owner.ids}]
        )
        order = self._make_order()
        finding = order._b2b_findings()[0]
        self.assertIn("Marcus, then Priya will be asked", finding.buyer_message)
        self.assertEqual(order._b2b_buyer_deciders(finding), self.approver.user_id)

    def test_a_step_only_from_an_amount(self):
        self._make_rule(
            steps=[
                {"seat_ids": self.approver.ids},
                {"seat_ids": self.owner.ids, "min_amount": 200},
            ]
        )
        small, large = self._submitted(quantity=19), self._submitted(quantity=20)
        self.assertEqual(len(small.b2b_hold_ids.step_ids), 1)
        self.assertEqual(len(large.b2b_hold_ids.step_ids), 2)
