from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import MONDAY_MORNING, utc
from .test_split import NEXT_MONDAY, WEDNESDAY, SplitCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestPartsMoved(SplitCase):
    """Parts of an order, or their deliveries, that get another date."""

    def test_a_part_moved_behind_another_leaves_the_date_to_that(self):
        order = self.confirmed()
        pickings = self.by_slot(order)
        first, second = pickings[WEDNESDAY], pickings[NEXT_MONDAY]
        order.commitment_date = utc("2026-12-02 08:00")
        # The date is that of the first part: the next change moves that one.
        self.assertEqual(order.commitment_date, NEXT_MONDAY)
        self.assertEqual(order.b2b_slot_start, NEXT_MONDAY)
        self.assertEqual(first.scheduled_date, utc("2026-12-02 08:00"))
        self.assertEqual(first.date_deadline, utc("2026-12-02 08:00"))
        self.assertEqual(second.scheduled_date, NEXT_MONDAY)
        self.assertEqual(second.date_deadline, NEXT_MONDAY)
        order.commitment_date = utc("2026-12-07 09:00")
        self.assertEqual(second.scheduled_date, utc("2026-12-07 09:00"))
        self.assertEqual(order.commitment_date, utc("2026-12-02 08:00"))
        self.assertEqual(first.date_deadline, utc("2026-12-02 08:00"))
        self.assertEqual(
            order.b2b_slot_text, "2 lines Wed 2 Dec, 8–12 · 1 line Mon 7 Dec, 9–11"
        )

    def test_a_delivery_moved_by_its_own_date_is_told(self):
        order = self.confirmed()
        pickings = self.by_slot(order)
        pickings[NEXT_MONDAY].scheduled_date = utc("2026-12-08 08:00")
        told = "Mon 30 Nov, 9–11 (now planned for Tue 8 Dec)"
        self.assertEqual(
            order.b2b_slot_text, f"2 lines Wed 25 Nov, 8–12 · 1 line {told}"
        )
        self.assertIn(told, order.order_line.mapped("b2b_slot_text"))
        # Another hour of the day is nothing to tell.
        pickings[WEDNESDAY].scheduled_date = utc("2026-11-25 15:00")
        self.assertNotIn("planned for Wed", order.b2b_slot_text)
        pickings[NEXT_MONDAY].scheduled_date = NEXT_MONDAY
        self.assertNotIn("planned for", order.b2b_slot_text)

    def test_a_part_moved_into_the_slot_of_another_is_one_with_it(self):
        order = self.confirmed()
        order.commitment_date = NEXT_MONDAY
        self.assertEqual(order.b2b_slot_text, "Mon 30 Nov, 9–11")
        self.assertEqual(len(order._b2b_parts()), 1)

    def test_without_a_date_the_promise_stays_due(self):
        order = self.confirmed()
        order.commitment_date = False
        due = sorted(order.picking_ids.mapped("date_deadline"))
        self.assertEqual(due, [WEDNESDAY, NEXT_MONDAY])

    def test_a_part_is_chosen_among_its_own_slots(self):
        order = self.split_order()
        thursday = utc("2026-11-26 12:00")
        order._b2b_set_part(self.goods.id, thursday)
        self.assertEqual(
            order.b2b_slot_text,
            "2 lines Thu 26 Nov, 12–16 · 1 line Mon 30 Nov, 9–11",
        )
        for good, start in (
            (self.table.id, thursday),
            (self.goods.id, utc("2020-01-01 08:00")),
            (self.service.id, thursday),
            (-1, thursday),
        ):
            with self.assertRaises(UserError):
                order._b2b_set_part(good, start)
        # Another quantity, another line: what was chosen stays.
        order.order_line[0].product_uom_qty = 9
        order.order_line[1].unlink()
        self.env.flush_all()
        self.assertEqual(order._b2b_parts()[0].slot.start, thursday)
        order.action_confirm()
        self.assertEqual(set(self.by_slot(order)), {thursday, NEXT_MONDAY})
        with self.assertRaises(UserError):
            order._b2b_set_part(self.goods.id, WEDNESDAY)

    def test_switched_off_and_on_nothing_is_chosen(self):
        order = self.split_order()
        order._b2b_set_part(self.goods.id, utc("2026-11-26 12:00"))
        order.b2b_split_delivery = False
        self.assertFalse(order.b2b_slot_chosen)
        self.assertEqual(order.b2b_slot_start, NEXT_MONDAY)
        order.b2b_split_delivery = True
        self.assertEqual(order.b2b_slot_start, WEDNESDAY)

    def moves(self, order):
        bodies = order.message_ids.sorted("id").mapped("body")
        return [str(body) for body in bodies if "Delivery moved" in body]

    def test_a_date_that_somebody_moves_is_kept_in_the_chatter(self):
        rep = new_test_user(self.env, "moving_rep", "b2b_party.group_sales_manager")
        order = self.confirmed().with_user(rep)
        order.commitment_date = utc("2026-12-02 08:00")
        (told,) = self.moves(order)
        self.assertIn("moved from Wed 25 Nov, 8–12 to Wed 2 Dec, 8–12.", told)
        # The date now is that of the other part, which follows the next change.
        order.commitment_date = utc("2026-12-07 09:00")
        self.assertIn("from Mon 30 Nov, 9–11 to Mon 7 Dec, 9–11.", self.moves(order)[1])
        with self.assertRaises(AccessError):
            order.b2b_slot_moves = []
        self.assertFalse(order.copy().sudo().b2b_slot_moves)

    def test_of_one_delivery_slot_or_moment_is_told_once(self):
        order = self.order()
        order.action_confirm()
        order.commitment_date = utc("2026-11-25 09:00")  # the slot that it has
        self.assertFalse(self.moves(order))
        order.commitment_date = utc("2026-11-28 10:00")
        order.write({"commitment_date": "2026-11-28 10:00:00"})
        (told,) = self.moves(order)
        self.assertIn("moved from Wed 25 Nov, 8–12 to Sat 28 Nov 10:00.", told)

    def test_before_it_is_confirmed_a_date_is_not_told_as_moved(self):
        order = self.order()
        order.commitment_date = utc("2026-11-26 08:00")
        self.assertFalse(self.moves(order))
        self.assertFalse(order.b2b_slot_moves)

    def test_a_date_that_is_agreed_where_none_was_is_told_as_agreed(self):
        self.party.b2b_schedule_ids = False
        order = self.order()
        order.action_confirm()
        self.assertFalse(order.b2b_slot_start)
        order.commitment_date = utc("2026-11-28 10:00")
        self.assertIn("Delivery agreed for Sat 28 Nov", order.message_ids[0].body)
        order.commitment_date = False
        self.assertEqual(len(order.b2b_slot_moves), 1)
