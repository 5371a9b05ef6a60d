from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import MONDAY_MORNING, DeliveryCase, utc


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestCheck(DeliveryCase):
    def check(self, **vals):
        check = self.env["b2b.delivery.check"].create(
            {"party_id": self.party.id, "address_id": self.address.id, **vals}
        )
        check.action_check()
        return check

    def test_answer_and_reason_for_each_day(self):
        self.van.exception_ids = [
            Command.create({"date": "2026-11-26", "kind": "closed", "name": "Fair"})
        ]
        check = self.check()
        self.assertEqual(
            check.answer,
            "First possible: Wed 25 Nov, 8–12, ordered by Mon 23 Nov 12:00",
        )
        refused = {
            line.day_text: line.text for line in check.line_ids if not line.possible
        }
        self.assertEqual(refused["Thu 26 Nov"], "closed: Fair")
        self.assertEqual(refused["Sat 28 Nov"], "no delivery on this day")
        self.assertIn("had to be ordered by Fri 20 Nov 12:00", refused["Tue 24 Nov"])
        self.assertEqual(len(set(check.line_ids.mapped("date"))), 14)

    def test_other_date(self):
        check = self.check(ordered_at=utc("2026-11-27 12:01"))
        self.assertIn("Wed 2 Dec, 8–12", check.answer)
        check.ordered_at = utc("2026-11-27 12:00")
        check.action_check()
        self.assertIn("Tue 1 Dec, 8–12", check.answer)

    def test_moments_that_nobody_plans_with(self):
        check = self.check()
        for wild in ("0001-01-01 00:00:00", "9999-12-31 23:59:59"):
            with self.assertRaisesRegex(UserError, "from 2000 to 2199"):
                self.check(ordered_at=wild)
            with self.assertRaisesRegex(UserError, "from 2000 to 2199"):
                check.ordered_at = wild
        for garbage in ("soon", [1], 7):
            with self.assertRaisesRegex(UserError, "is not a date"):
                self.check(ordered_at=garbage)

    def test_no_schedule(self):
        self.party.b2b_schedule_ids = False
        check = self.check()
        self.assertIn("nothing is promised", check.answer)
        self.assertFalse(check.line_ids)

    def test_nothing_possible_explains(self):
        self.party.b2b_delivery_weekdays = "6"
        check = self.check()
        self.assertIn("No slot within 13 weeks", check.answer)
        self.assertIn("received only on Sun", check.line_ids[0].text)

    def test_from_an_order_a_slot_can_be_taken(self):
        order = self.order()
        action = order.action_b2b_choose_slot()
        check = self.env["b2b.delivery.check"].browse(action["res_id"])
        self.assertEqual(check.party_id, self.party)
        line = check.line_ids.filtered(
            lambda line: line.slot_start == utc("2026-11-26 12:00")
        )
        line.action_take()
        self.assertEqual(order.b2b_slot_text, "Thu 26 Nov, 12–16")
        with self.assertRaises(UserError):
            check.line_ids.filtered(lambda line: not line.possible)[0].action_take()

    def test_without_order_nothing_can_be_taken(self):
        with self.assertRaises(UserError):
            self.check().line_ids.filtered("possible")[0].action_take()

    def test_rep_may_look_and_choose_for_orders_he_may_write(self):
        rep = new_test_user(self.env, "check_rep", "b2b_party.group_rep")
        foreign = self.order()
        with self.assertRaises(AccessError):
            foreign.with_user(rep).action_b2b_choose_slot()
        own = self.order(user_id=rep.id).with_user(rep)
        check = (
            self.env["b2b.delivery.check"]
            .with_user(rep)
            .browse(own.action_b2b_choose_slot()["res_id"])
        )
        check.line_ids.filtered("possible")[1].action_take()
        self.assertEqual(own.b2b_slot_text, "Wed 25 Nov, 12–16")
