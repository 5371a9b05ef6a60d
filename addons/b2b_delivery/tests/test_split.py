from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import MONDAY_MORNING, DeliveryCase, utc
from .test_order_slot import confirm, slot_findings

TUESDAY, WEDNESDAY = utc("2026-11-24 08:00"), utc("2026-11-25 08:00")
NEXT_MONDAY = utc("2026-11-30 09:00")


class SplitCase(DeliveryCase):
    """Cake stands come with the van, tables are cut to order for Mondays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        monday = {"weekday": "0", "hour_from": 9, "hour_to": 11}
        cls.workshop = cls.make_schedule(
            "Cut to order", lead_days=3, frame_ids=[Command.create(monday)]
        )
        cls.table = cls.env["product.product"].create(
            {
                "name": "Table",
                "type": "consu",
                "list_price": 90.0,
                "b2b_availability_schedule_id": cls.workshop.id,
            }
        )
        cls.cups = cls.env["product.product"].create({"name": "Cups", "type": "consu"})

    def split_order(self, **vals):
        order = self.order(
            order_line=[
                Command.create({"product_id": product.id, "product_uom_qty": quantity})
                for product, quantity in (
                    (self.goods, 3),
                    (self.cups, 5),
                    (self.table, 1),
                    (self.service, 1),
                )
            ],
            **vals,
        )
        order._b2b_set_split(True)
        self.env.flush_all()
        return order

    def confirmed(self):
        order = self.split_order()
        order.action_confirm()
        return order

    def by_slot(self, order):
        return {p.b2b_slot_start: p for p in order.picking_ids if p.state != "cancel"}


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestSplit(SplitCase):
    def test_one_delivery_is_the_default(self):
        order = self.order()
        self.assertFalse(order.b2b_can_split)
        order.order_line = [Command.create({"product_id": self.table.id})]
        self.assertTrue(order.b2b_can_split)
        self.assertEqual(order.b2b_slot_start, NEXT_MONDAY)
        self.assertFalse(order.b2b_slot_parts)
        self.assertFalse(any(order.order_line.mapped("b2b_slot_start")))

    def test_each_part_keeps_its_slot(self):
        order = self.split_order()
        self.assertEqual(order.b2b_slot_start, WEDNESDAY)
        self.assertEqual(
            order.order_line.mapped("b2b_slot_start"),
            [WEDNESDAY, WEDNESDAY, NEXT_MONDAY, False],
        )
        self.assertEqual(order.order_line[2].b2b_slot_text, "Mon 30 Nov, 9–11")
        self.assertEqual(
            order.b2b_slot_text,
            "2 lines Wed 25 Nov, 8–12 · 1 line Mon 30 Nov, 9–11",
        )
        # The table is cut from Tuesday on, the van packs on Tuesday as well.
        self.assertEqual(order.b2b_slot_cutoff, utc("2026-11-23 12:00"))
        self.assertFalse(slot_findings(order))

    def test_nothing_to_split_is_said(self):
        order = self.order()
        with self.assertRaisesRegex(UserError, "nothing to split"):
            order._b2b_set_split(True)

    def test_switched_off_it_comes_at_once(self):
        order = self.split_order()
        order._b2b_set_split(False)
        self.assertEqual(order.b2b_slot_start, NEXT_MONDAY)
        self.assertFalse(order.b2b_slot_parts)
        self.assertFalse(any(order.order_line.mapped("b2b_slot_start")))

    def test_a_slot_that_is_chosen_is_for_everything(self):
        order = self.split_order()
        order._b2b_set_slot(utc("2026-12-01 08:00"))
        self.assertFalse(order.b2b_split_delivery)
        self.assertEqual(order.b2b_slot_text, "Tue 1 Dec, 8–12")

    def test_one_delivery_of_the_warehouse_for_each_slot(self):
        order = self.confirmed()
        self.assertEqual(order.commitment_date, WEDNESDAY)
        pickings = self.by_slot(order)
        self.assertEqual(set(pickings), {WEDNESDAY, NEXT_MONDAY})
        first, second = pickings[WEDNESDAY], pickings[NEXT_MONDAY]
        self.assertEqual(first.move_ids.product_id, self.goods + self.cups)
        self.assertEqual(second.move_ids.product_id, self.table)
        for start, picking in pickings.items():
            self.assertEqual(picking.scheduled_date, start)
            self.assertEqual(picking.date_deadline, start)
            self.assertFalse(picking.has_deadline_issue)
        self.assertEqual(second.b2b_slot_text, "Mon 30 Nov, 9–11")
        self.assertEqual(second.b2b_slot_schedule_id, self.workshop)
        self.assertEqual(second.b2b_frame_id, self.workshop.frame_ids)

    def test_in_two_steps_the_picks_are_apart_too(self):
        warehouse = self.order().warehouse_id
        warehouse.delivery_steps = "pick_ship"
        order = self.confirmed()
        moves = order.order_line.move_ids
        self.assertEqual(len(moves.picking_id), 2)
        for start, picking in self.by_slot(order).items():
            for move in picking.move_ids:
                self.assertEqual(move.sale_line_id.b2b_slot_start, start)
        for move in moves:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        moves._action_done()
        ships = order.picking_ids.filtered(
            lambda picking: picking.location_dest_id.usage == "customer"
        )
        self.assertEqual(
            sorted(ships.mapped("b2b_slot_start")), [WEDNESDAY, NEXT_MONDAY]
        )

    def test_more_of_a_line_joins_its_own_delivery(self):
        order = self.confirmed()
        order.order_line[2].product_uom_qty = 4
        order.order_line[0].product_uom_qty = 9
        pickings = self.by_slot(order)
        self.assertEqual(len(order.picking_ids), 2)
        self.assertEqual(pickings[NEXT_MONDAY].move_ids.product_uom_qty, 4)
        self.assertEqual(
            sum(pickings[WEDNESDAY].move_ids.mapped("product_uom_qty")), 14
        )

    def test_a_line_added_later_joins_its_group_while_it_can(self):
        order = self.confirmed()
        plates = self.env["product.product"].create({"name": "Plates", "type": "consu"})
        order.order_line = [Command.create({"product_id": plates.id})]
        self.assertEqual(len(order.picking_ids), 2)
        self.assertIn(plates, self.by_slot(order)[WEDNESDAY].move_ids.product_id)
        with freeze_time("2026-11-23 13:00:00"):
            bowls = self.env["product.product"].create(
                {"name": "Bowls", "type": "consu"}
            )
            order.order_line = [Command.create({"product_id": bowls.id})]
        late = self.by_slot(order)[utc("2026-11-26 08:00")]
        self.assertEqual(late.move_ids.product_id, bowls)
        self.assertEqual(late.date_deadline, utc("2026-11-26 08:00"))

    def test_a_backorder_keeps_the_slot(self):
        order = self.confirmed()
        picking = self.by_slot(order)[WEDNESDAY]
        picking.move_ids[0].write({"quantity": 1, "picked": True})
        picking.move_ids[1].write({"quantity": 5, "picked": True})
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
        backorder = order.picking_ids.backorder_id and order.picking_ids.filtered(
            "backorder_id"
        )
        self.assertEqual(backorder.b2b_slot_start, WEDNESDAY)
        self.assertEqual(backorder.b2b_slot_schedule_id, self.van)
        self.assertEqual(backorder.move_ids.product_uom_qty, 2)
        self.assertEqual(self.by_slot(order)[NEXT_MONDAY].state, "assigned")

    def test_a_later_date_moves_the_open_deliveries_of_its_part(self):
        order = self.confirmed()
        pickings = self.by_slot(order)
        order.commitment_date = utc("2026-11-26 12:00")
        moved, other = pickings[WEDNESDAY], pickings[NEXT_MONDAY]
        self.assertEqual(moved.scheduled_date, utc("2026-11-26 12:00"))
        self.assertEqual(moved.date_deadline, utc("2026-11-26 12:00"))
        self.assertEqual(moved.b2b_slot_text, "Thu 26 Nov, 12–16")
        self.assertEqual(other.scheduled_date, NEXT_MONDAY)
        self.assertEqual(other.date_deadline, NEXT_MONDAY)
        self.assertEqual(
            order.b2b_slot_text,
            "2 lines Thu 26 Nov, 12–16 · 1 line Mon 30 Nov, 9–11",
        )
        order.order_line[0].product_uom_qty = 6
        self.assertEqual(len(order.picking_ids), 2)

    def test_a_date_outside_every_frame_is_told_as_it_is(self):
        order = self.confirmed()
        order.commitment_date = utc("2026-11-28 10:00")
        self.assertEqual(
            order.b2b_slot_text,
            "2 lines Sat 28 Nov 10:00 · 1 line Mon 30 Nov, 9–11",
        )
        picking = self.by_slot(order)[utc("2026-11-28 10:00")]
        self.assertEqual(picking.scheduled_date, utc("2026-11-28 10:00"))
        self.assertFalse(picking.b2b_frame_id)

    def deliver(self, picking):
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking.with_context(skip_sms=True).button_validate()

    def test_what_is_delivered_stays_and_the_open_rest_moves(self):
        order = self.confirmed()
        done, rest = (self.by_slot(order)[day] for day in (WEDNESDAY, NEXT_MONDAY))
        self.deliver(done)
        # The same date once more moves nothing.
        order.write({"commitment_date": WEDNESDAY})
        self.assertEqual(rest.scheduled_date, NEXT_MONDAY)
        later = utc("2026-12-07 09:00")
        order.commitment_date = later
        self.assertEqual(done.b2b_slot_start, WEDNESDAY)
        self.assertEqual(rest.b2b_slot_start, later)
        self.assertEqual(rest.scheduled_date, later)
        self.assertEqual(rest.date_deadline, later)
        self.assertEqual(
            order.b2b_slot_text,
            "2 lines Wed 25 Nov, 8–12 · 1 line Mon 7 Dec, 9–11",
        )
        self.assertEqual(
            order.order_line.mapped("b2b_slot_start"),
            [WEDNESDAY, WEDNESDAY, later, False],
        )

    def test_where_nothing_is_open_no_date_is_taken(self):
        order = self.confirmed()
        for picking in order.picking_ids:
            self.deliver(picking)
        with self.assertRaisesRegex(UserError, "All deliveries of .* are done"):
            order.commitment_date = utc("2026-12-07 09:00")
        self.assertEqual(order.commitment_date, WEDNESDAY)

    def test_a_lost_part_is_a_warning_that_names_it(self):
        order = self.split_order()
        with freeze_time("2026-11-23 12:01:00"):
            (finding,) = slot_findings(order)
            self.assertEqual(
                finding.message,
                "Not every delivery can be reached as promised: 2 lines now Thu 26 "
                "Nov, 8–12 instead of Wed 25 Nov, 8–12.",
            )
            self.assertEqual(
                finding.key, "slot:2026-11-26T08:00:00,2026-11-30T09:00:00"
            )
            # Looking changes nothing.
            self.assertEqual(order.b2b_slot_start, WEDNESDAY)
            confirm(order)
        self.assertEqual(
            set(self.by_slot(order)), {utc("2026-11-26 08:00"), NEXT_MONDAY}
        )
        body = " ".join(order.message_ids.mapped("body"))
        self.assertIn("from 2 lines Wed 25 Nov, 8–12", body)
        self.assertIn("to 2 lines Thu 26 Nov, 8–12", body)

    def test_what_comes_together_meanwhile_is_one_delivery(self):
        order = self.split_order()
        self.table.b2b_availability_schedule_id = False
        with freeze_time("2026-11-23 12:01:00"):
            (finding,) = slot_findings(order)
            self.assertIn("the next delivery is Thu 26 Nov, 8–12", finding.message)
            confirm(order)
        self.assertEqual(len(order.picking_ids), 1)
        self.assertFalse(order.b2b_slot_parts)

    def test_a_typed_date_means_one_delivery(self):
        order = self.split_order()
        order.commitment_date = utc("2026-12-01 09:00")
        self.assertEqual(order.b2b_slot_text, "Tue 1 Dec, 8–12")
        order.action_confirm()
        self.assertEqual(len(order.picking_ids), 1)

    def test_confirmed_orders_are_not_split(self):
        order = self.confirmed()
        with self.assertRaisesRegex(UserError, "is confirmed"):
            order.b2b_split_delivery = False
        with self.assertRaises(UserError):
            order._b2b_set_split(False)

    def test_a_closed_rest_frees_its_part_only(self):
        order = self.confirmed()
        self.by_slot(order)[WEDNESDAY].move_ids._action_cancel()
        order._b2b_rest_closed()
        self.assertEqual(order.b2b_slot_text, "Mon 30 Nov, 9–11")
        self.assertEqual(order.commitment_date, NEXT_MONDAY)
        picking = self.by_slot(order)[NEXT_MONDAY]
        self.assertEqual(picking.scheduled_date, NEXT_MONDAY)
        picking.move_ids._action_cancel()
        order._b2b_rest_closed()
        self.assertFalse(order.b2b_slot_start)
        self.assertFalse(order.b2b_slot_parts)

    def test_a_copy_promises_one_delivery_anew(self):
        order = self.confirmed()
        with freeze_time("2026-12-01 09:00:00"):
            copy = order.copy()
            self.assertFalse(copy.b2b_split_delivery)
            self.assertFalse(copy.b2b_slot_parts)
            self.assertEqual(copy.b2b_slot_start, utc("2026-12-07 09:00"))
            self.assertFalse(any(copy.order_line.mapped("b2b_slot_start")))

    def test_cancelled_and_reopened_it_is_checked_again(self):
        order = self.confirmed()
        order._action_cancel()
        with freeze_time("2026-11-24 12:01:00"):
            order.action_draft()
            (finding,) = slot_findings(order)
            self.assertIn("2 lines now Fri 27 Nov, 8–12", finding.message)
            self.assertIn("1 line now Mon 7 Dec, 9–11", finding.message)
            confirm(order)
        self.assertEqual(
            set(self.by_slot(order)),
            {utc("2026-11-27 08:00"), utc("2026-12-07 09:00")},
        )

    def test_the_true_cost_of_delivery_is_charged_once(self):
        order = self.split_order()
        cost = self.env["product.product"].create({"name": "Van", "type": "service"})
        van = self.env["delivery.carrier"].create(
            {
                "name": "Van",
                "product_id": cost.id,
                "fixed_price": 12.0,
                "invoice_policy": "real",
            }
        )
        order.set_delivery_line(van, 12.0)
        order.action_confirm()
        for picking in order.picking_ids:
            for move in picking.move_ids:
                move.write({"quantity": move.product_uom_qty, "picked": True})
            picking.with_context(skip_sms=True).button_validate()
            picking.carrier_price = 12.0
            picking._add_delivery_cost_to_so()
        lines = order.order_line.filtered("is_delivery")
        self.assertEqual(lines.mapped("price_unit"), [12.0])

    def test_the_form_offers_it_to_staff(self):
        form = Form(self.order(self.table))
        self.assertFalse(form.b2b_can_split)
        with form.order_line.new() as line:
            line.product_id = self.goods
        self.assertTrue(form.b2b_can_split)
        form.b2b_split_delivery = True
        self.assertIn("1 line Wed 25 Nov, 8–12", form.b2b_slot_text)
        order = form.save()
        self.assertEqual(order.order_line[1].b2b_slot_start, WEDNESDAY)

    def test_slots_of_parts_are_written_by_the_system_only(self):
        rep = new_test_user(self.env, "part_rep", "b2b_party.group_sales_manager")
        order = self.split_order().with_user(rep)
        with self.assertRaises(AccessError):
            order.b2b_slot_parts = []
        with self.assertRaises(AccessError):
            order.order_line[0].b2b_slot_start = NEXT_MONDAY

    def test_who_may_choose(self):
        company = self.env.company
        for own, of_company, may in (
            (False, False, False),
            (False, True, True),
            ("refused", True, False),
            ("allowed", False, True),
        ):
            self.party.b2b_split_delivery = own
            company.b2b_split_delivery = of_company
            self.assertEqual(bool(self.order()._b2b_may_split()), may, (own, may))

    def test_a_thousand_lines_ask_no_more(self):
        order = self.split_order()
        order._b2b_slot_check()

        def ask():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order._b2b_slot_check()
            return self.env.cr.sql_log_count - before

        few = ask()
        self.env["sale.order.line"].create(
            [
                {"order_id": order.id, "product_id": product.id, "price_unit": 1}
                for product in (self.goods, self.table)
                for _time in range(500)
            ]
        )
        # At most one more: lines are read a thousand at a time.
        self.assertLessEqual(ask(), few + 1)
        self.assertLessEqual(few, 9)
