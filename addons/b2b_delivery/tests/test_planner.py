from ast import literal_eval

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import MONDAY_MORNING, DeliveryCase, utc


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestPlanner(DeliveryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only the schedules of these tests are in the picture.
        others = cls.env["b2b.delivery.schedule"].search([("id", "!=", cls.van.id)])
        others.active = False
        cls.planner = new_test_user(
            cls.env,
            "week_planner",
            "b2b_party.group_delivery_planner",
            tz="Europe/London",
        )
        cls.schedules = cls.env["b2b.delivery.schedule"].with_user(cls.planner)

    def week(self, date="2026-11-25", user=None):
        return self.schedules.with_user(user or self.planner).b2b_week(date)

    def row(self, schedule=None, **kwargs):
        rows = {row["id"]: row for row in self.week(**kwargs)["rows"]}
        return rows[(schedule or self.van).id]["cells"]

    def confirmed(self, **vals):
        order = self.order(**vals)
        order.action_confirm()
        self.env.flush_all()
        return order

    # -- what it shows ---------------------------------------------------------------

    def test_the_week_of_any_day_begins_on_monday(self):
        week = self.week("2026-11-29")
        self.assertEqual(week["monday"], "2026-11-23")
        self.assertEqual(week["title"], "Week 48 · 23–29 November 2026")
        self.assertEqual([day["today"] for day in week["days"]], [True] + [False] * 6)
        self.assertEqual(self.week(None)["monday"], "2026-11-23")
        self.assertEqual(
            self.week("2026-12-31")["title"], "Week 53 · 28 Dec – 3 Jan 2027"
        )
        for garbage in ("soon", [1], {"a": 1}, 7, "2026-13-01", True):
            with self.assertRaisesRegex(UserError, "is not a date"):
                self.week(garbage)
        for wild in ("0001-01-01", "9999-12-31", "1999-12-31", "2200-01-01"):
            with self.assertRaisesRegex(UserError, "from 2000 to 2199"):
                self.week(wild)
        self.assertEqual(self.week("2199-12-31")["monday"], "2199-12-30")

    def test_frames_and_terms(self):
        week = self.week()
        self.assertEqual(
            week["rows"][0]["terms"],
            "Europe/London · packs 1 working day · cut-off 12:00",
        )
        cells = self.row()
        self.assertEqual(
            [[frame["hours"] for frame in cell["frames"]] for cell in cells],
            [["8–12", "12–16"]] * 4 + [["8–12"], [], []],
        )

    def test_orders_of_one_address_are_one_stop(self):
        orders = self.confirmed() + self.confirmed()
        elsewhere = self.env["res.partner"].create(
            {"name": "Yard", "type": "delivery", "parent_id": self.party.id}
        )
        orders += self.confirmed(partner_shipping_id=elsewhere.id)
        frame = self.row()[2]["frames"][0]
        self.assertEqual((frame["stops"], frame["orders"], frame["open"]), (2, 3, 3))
        self.assertEqual(set(frame["ids"]), set(orders.picking_ids.ids))
        self.assertEqual(self.week()["stops"], 2)
        self.assertEqual(self.row()[2]["frames"][1]["stops"], 0)

    def test_a_delivery_moved_by_hand_moves_in_the_picture(self):
        picking = self.confirmed().picking_ids
        picking.scheduled_date = utc("2026-11-26 13:00")
        cells = self.row()
        self.assertEqual(cells[2]["stops"], 0)
        self.assertEqual(cells[3]["frames"][1]["ids"], picking.ids)
        picking.scheduled_date = utc("2026-11-28 10:00")
        self.assertEqual(self.row()[5]["outside"]["ids"], picking.ids)

    def test_deliveries_without_schedule_have_a_row(self):
        self.assertEqual(self.week()["loose"], [])
        self.party.b2b_schedule_ids = False
        picking = self.confirmed().picking_ids
        picking.scheduled_date = utc("2026-11-27 09:00")
        loose = self.week()["loose"]
        self.assertEqual([load["stops"] for load in loose], [0, 0, 0, 0, 1, 0, 0])

    def test_chips_of_the_calendar_say_for_whom_and_how_long(self):
        picking = self.confirmed().picking_ids
        self.assertEqual(picking.b2b_planned_hours, 4.0)
        picking.scheduled_date = utc("2026-11-25 10:30")
        self.assertEqual(picking.b2b_planned_hours, 1.5)
        picking.scheduled_date = utc("2026-11-27 19:00")
        self.assertEqual(picking.b2b_planned_hours, 1.0)
        chip = picking.with_context(b2b_by_party=True).display_name
        self.assertEqual(chip, f"{self.party.name} · {picking.name}")
        self.assertEqual(picking.display_name, picking.name)

    def test_days_are_those_of_the_schedules_zone(self):
        # 22 to 24 in New York is three o'clock of the next day in London.
        night = {"weekday": "2", "hour_from": 22, "hour_to": 24}
        york = self.make_schedule(
            "Night tour", tz="America/New_York", frame_ids=[Command.create(night)]
        )
        self.party.b2b_schedule_ids = york
        order = self.confirmed()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 03:00"))
        cells = self.row(york)
        self.assertEqual(cells[2]["frames"][0]["stops"], 1)
        self.assertEqual(cells[3]["stops"], 0)

    def test_exceptions_and_closed_days_say_why(self):
        self.van.exception_ids = [
            Command.create(
                {"date": "2026-11-24", "kind": "closed", "name": "Van at the garage"}
            ),
            Command.create(
                {
                    "date": "2026-11-28",
                    "kind": "open",
                    "hour_from": 9,
                    "hour_to": 12,
                    "name": "Advent",
                }
            ),
        ]
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["b2b.delivery.closure"].create(
            {
                "scope": "warehouse",
                "warehouse_id": warehouse.id,
                "date_from": "2026-11-26",
                "date_to": "2026-11-27",
                "name": "Stocktaking",
            }
        )
        cells = self.row()
        self.assertEqual(
            [(cell["closed"], cell["note"]) for cell in cells],
            [
                (False, ""),
                (True, "closed: Van at the garage"),
                (False, ""),
                (True, "warehouse closed: Stocktaking"),
                (True, "warehouse closed: Stocktaking"),
                (False, "open 9–12 only: Advent"),
                (False, ""),
            ],
        )

    def test_without_schedules_it_is_empty(self):
        self.van.active = False
        self.assertEqual(self.week()["rows"], [])

    def test_queries_do_not_grow(self):
        self.confirmed()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.week()
            return self.env.cr.sql_log_count - before

        self.week()
        few = count()
        for number in range(8):
            self.make_schedule(f"Tour {number}")
            self.confirmed()
        self.week()  # plans of new schedules are read once and kept
        self.assertLessEqual(count(), few)

    # -- who may --------------------------------------------------------------------

    def test_roles(self):
        for group, may_edit in (
            ("b2b_party.group_rep", False),
            ("b2b_party.group_sales_manager", False),
            ("b2b_party.group_delivery_planner", True),
        ):
            user = new_test_user(self.env, f"week_{group[-6:]}", group)
            week = self.week(user=user)
            self.assertEqual(week["can_edit"], may_edit, group)
            self.assertTrue(week["shows_deliveries"], group)
        staff = new_test_user(self.env, "week_plain", "base.group_user")
        week = self.week(user=staff)
        self.assertFalse(week["shows_deliveries"])
        self.assertEqual(week["stops"], 0)

    def test_customers_see_nothing(self):
        buyer = new_test_user(
            self.env, "week_buyer", "base.group_portal,b2b_party.group_buyer"
        )
        with self.assertRaises(AccessError):
            self.week(user=buyer)
        with self.assertRaises(AccessError):
            self.van.with_user(buyer).b2b_set_frames({"0": []})

    def test_who_only_reads_changes_no_frame(self):
        rep = new_test_user(self.env, "week_rep", "b2b_party.group_rep")
        with self.assertRaises(AccessError):
            self.van.with_user(rep).b2b_set_frames({"0": [[8, 12]]})

    # -- editing ---------------------------------------------------------------------

    def hours(self, weekday):
        return [
            (frame.hour_from, frame.hour_to)
            for frame in self.van.frame_ids.sorted("hour_from")
            if frame.weekday == weekday
        ]

    def test_frames_are_set_for_several_days_and_undone(self):
        van = self.van.with_user(self.planner)
        monday = self.van.frame_ids.filtered(lambda frame: frame.weekday == "0")
        before = van.b2b_set_frames(
            {"0": [[8, 12], [12.5, 17]], "4": [[8, 12], [12.5, 17]], "5": [[9, 11]]}
        )
        self.assertEqual(before, {"0": [[8, 12], [12, 16]], "4": [[8, 12]], "5": []})
        self.assertEqual(self.hours("0"), [(8, 12), (12.5, 17)])
        self.assertEqual(self.hours("4"), [(8, 12), (12.5, 17)])
        self.assertEqual(self.hours("5"), [(9, 11)])
        # What stays is the same frame: deliveries in it keep it.
        self.assertIn(monday[0], self.van.frame_ids)
        self.assertNotIn(monday[1], self.van.frame_ids)
        van.b2b_set_frames(before)
        self.assertEqual(self.hours("4"), [(8, 12)])
        self.assertEqual(self.hours("5"), [])

    def test_wrong_hours_change_nothing(self):
        van = self.van.with_user(self.planner)
        before = self.hours("0")
        for days, words in (
            ({"0": [[22, 6]]}, "make two frames"),
            ({"0": [[8, 25]]}, "within its day"),
            ({"0": [["a", 3]]}, "no hours"),
            ({"7": [[8, 12]]}, "no hours"),
            ({"": [[8, 12]]}, "no hours"),
            ("0", "no hours"),
            ({"0": [[float("nan"), 12]]}, "no hours"),
            ({"0": [[8, 12]] * 99}, "no hours"),
        ):
            with self.subTest(days=days), self.assertRaisesRegex(UserError, words):
                van.b2b_set_frames(days)
        savepoint = self.env.cr.savepoint
        with self.assertRaisesRegex(ValidationError, "overlaps"), savepoint():
            van.b2b_set_frames({"0": [[8, 12], [11, 14]]})
        self.env.invalidate_all()
        self.assertEqual(self.hours("0"), before)


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestDeliveriesByDay(DeliveryCase):
    """List and calendar of deliveries: what they are grouped and filtered by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.address.write(
            {"country_id": cls.env.ref("base.uk").id, "zip": "bs2 0th", "city": "B"}
        )
        cls.action = cls.env.ref("b2b_delivery.stock_picking_action_b2b_delivery")
        cls.search_view = cls.env.ref(
            "b2b_delivery.stock_picking_view_search_b2b_delivery"
        )

    def found(self, name):
        """The deliveries of these tests that a filter of the search shows."""
        arch = etree.fromstring(self.search_view.arch)
        (node,) = arch.xpath(f"//filter[@name='{name}']")
        domain = literal_eval(node.get("domain"))
        return self.pickings.filtered_domain(domain) & self.pickings.search(
            [("id", "in", self.pickings.ids), *domain]
        )

    def test_filters(self):
        orders = self.env["sale.order"]
        for _number in range(5):
            orders += self.order()
        orders.action_confirm()
        self.party.b2b_schedule_ids = False
        orders += self.order()
        orders[-1].action_confirm()
        self.pickings = orders.picking_ids.sorted("id")
        today, tomorrow, friday, late, sunday, loose = self.pickings
        today.scheduled_date = utc("2026-11-23 15:00")
        tomorrow.scheduled_date = utc("2026-11-24 08:00")
        friday.scheduled_date = utc("2026-11-27 08:00")
        late.scheduled_date = utc("2026-11-20 08:00")
        sunday.scheduled_date = utc("2026-11-29 08:00")
        loose.scheduled_date = utc("2026-12-24 08:00")
        self.env.flush_all()
        for name, expected in (
            ("today", today),
            ("tomorrow", tomorrow),
            ("this_week", today + tomorrow + friday + sunday),
            ("late", late),
            ("with_slot", self.pickings - loose),
            ("without_slot", loose),
            ("outside", sunday),
        ):
            with self.subTest(name=name):
                self.assertEqual(self.found(name), expected)

    def test_frame_and_zone_are_groups(self):
        order = self.order()
        order.action_confirm()
        picking = order.picking_ids
        self.assertEqual(picking.b2b_zone, "GB BS2")
        self.assertEqual(picking.b2b_frame_id.display_name, "Wednesday 8–12")
        groups = self.env["stock.picking"].formatted_read_group(
            [("id", "=", picking.id)],
            ["b2b_slot_schedule_id", "b2b_frame_id", "b2b_zone", "carrier_id"],
            ["__count"],
        )
        self.assertEqual(groups[0]["b2b_zone"], "GB BS2")

    def test_views_open_for_the_roles(self):
        for group in ("rep", "sales_manager", "delivery_planner"):
            user = new_test_user(
                self.env, f"by_day_{group}", f"b2b_party.group_{group}"
            )
            pickings = self.env["stock.picking"].with_user(user)
            views = [(view.view_id.id, view.view_mode) for view in self.action.view_ids]
            self.assertEqual([mode for _id, mode in views], ["list", "calendar"])
            shown = pickings.get_views(views)["views"]
            self.assertIn("b2b_slot_text", shown["list"]["arch"])
            self.assertIn("b2b_slot_schedule_id", shown["calendar"]["arch"])
