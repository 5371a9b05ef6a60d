from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import DeliveryCase


@tagged("post_install", "-at_install")
class TestDays(DeliveryCase):
    """One calendar for closed days and exceptions, written where they belong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = new_test_user(
            cls.env, "days_planner", "b2b_party.group_delivery_planner"
        )
        cls.days = cls.env["b2b.delivery.day"].with_user(cls.planner)
        cls.house = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )

    def add(self, **vals):
        return self.days.create({"date_from": "2026-12-24", **vals})

    def test_both_kinds_are_in_it(self):
        self.env["b2b.delivery.exception"].create(
            {"schedule_id": self.van.id, "date": "2026-12-24", "name": "Christmas Eve"}
        )
        self.env["b2b.delivery.closure"].create(
            {
                "scope": "partner",
                "partner_id": self.party.id,
                "date_from": "2026-12-24",
                "date_to": "2027-01-02",
            }
        )
        found = self.days.search([("date_from", "=", "2026-12-24")])
        found = found.filtered(
            lambda day: day.schedule_id == self.van or day.partner_id == self.party
        )
        self.assertEqual(sorted(found.mapped("scope")), ["partner", "schedule_closed"])
        self.assertIn("Christmas Eve · South England van", found.mapped("display_name"))

    def test_an_exception_is_added_changed_and_deleted(self):
        day = self.add(schedule_id=self.van.id, name="Garage")
        real = self.van.exception_ids
        self.assertEqual((real.kind, real.name), ("closed", "Garage"))
        day.write({"scope": "schedule_open", "hour_from": 9, "hour_to": 11})
        self.assertEqual((real.kind, real.hour_from, real.hour_to), ("open", 9, 11))
        day.date_from = "2026-12-23"
        self.assertEqual(str(real.date), "2026-12-23")
        self.assertEqual(str(day.date_to), "2026-12-23")
        day.unlink()
        self.assertFalse(real.exists())

    def test_a_closed_day_is_added_changed_and_deleted(self):
        # The form sends what was chosen for another kind before.
        day = self.add(
            scope="warehouse",
            warehouse_id=self.house.id,
            partner_id=self.party.id,
            name="Stocktaking",
        )
        real = self.env["b2b.delivery.closure"].search([("name", "=", "Stocktaking")])
        self.assertEqual(real.warehouse_id, self.house)
        self.assertFalse(real.partner_id)
        day.write({"date_to": "2026-12-27"})
        self.assertEqual(str(real.date_to), "2026-12-27")
        day.write({"date_to": False})
        self.assertEqual(str(real.date_to), "2026-12-24")
        day.write({"scope": "partner", "partner_id": self.party.id})
        self.assertEqual(real.partner_id, self.party)
        self.assertFalse(real.warehouse_id)
        day.unlink()
        self.assertFalse(real.exists())

    def test_what_cannot_be_is_said(self):
        with self.assertRaisesRegex(UserError, "is one date"):
            self.add(schedule_id=self.van.id, date_to="2026-12-26")
        day = self.add(schedule_id=self.van.id)
        with self.assertRaisesRegex(UserError, "another kind"):
            day.write({"scope": "warehouse", "warehouse_id": self.house.id})
        with self.assertRaisesRegex(ValidationError, "name the one"):
            self.add(scope="warehouse")
        with self.assertRaisesRegex(ValidationError, "already"):
            self.add(schedule_id=self.van.id)

    def test_the_form(self):
        form = Form(self.days.with_context(default_date_from="2026-12-24"))
        form.schedule_id = self.van
        form.name = "Van away"
        day = form.save()
        self.assertEqual(day._b2b_real(), self.van.exception_ids)

    def test_who_only_reads_adds_nothing(self):
        rep = new_test_user(self.env, "days_rep", "b2b_party.group_rep")
        day = self.add(schedule_id=self.van.id)
        with self.assertRaises(AccessError):
            self.days.with_user(rep).create({"schedule_id": self.van.id})
        with self.assertRaises(AccessError):
            day.with_user(rep).name = "x"
        with self.assertRaises(AccessError):
            day.with_user(rep).unlink()
        self.assertEqual(day.with_user(rep).name, False)
