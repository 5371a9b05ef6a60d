from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import DeliveryCase

MODELS = (
    "b2b.delivery.schedule",
    "b2b.delivery.frame",
    "b2b.delivery.exception",
    "b2b.delivery.closure",
    "b2b.delivery.transit",
    "b2b.delivery.day",
)


@tagged("post_install", "-at_install")
class TestAccess(DeliveryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = new_test_user(
            cls.env, "slot_planner", "b2b_party.group_delivery_planner"
        )
        cls.rep = new_test_user(cls.env, "slot_rep", "b2b_party.group_rep")
        cls.buyer = new_test_user(
            cls.env, "slot_buyer", "base.group_portal,b2b_party.group_buyer"
        )
        cls.van.exception_ids = [
            Command.create({"date": "2026-12-25", "kind": "closed"})
        ]

        cls.closure = cls.env["b2b.delivery.closure"].create(
            {
                "scope": "partner",
                "partner_id": cls.party.id,
                "date_from": "2026-12-25",
            }
        )
        cls.transit = cls.env["b2b.delivery.transit"].create({"days": 1})

    def record(self, model):
        return {
            "b2b.delivery.closure": self.closure,
            "b2b.delivery.transit": self.transit,
            "b2b.delivery.day": self.env["b2b.delivery.day"].search(
                [("partner_id", "=", self.party.id)]
            ),
            "b2b.delivery.schedule": self.van,
            "b2b.delivery.frame": self.van.frame_ids[0],
            "b2b.delivery.exception": self.van.exception_ids[0],
        }[model]

    def test_planner_writes_rep_reads_buyer_nothing(self):
        for model in MODELS:
            with self.subTest(model=model):
                record = self.record(model)
                for right in ("read", "write", "create", "unlink"):
                    self.assertTrue(record.with_user(self.planner).has_access(right))
                    self.assertEqual(
                        record.with_user(self.rep).has_access(right), right == "read"
                    )
                    self.assertFalse(record.with_user(self.buyer).has_access(right))

    def test_partner_fields_are_hidden_from_the_portal(self):
        with self.assertRaises(AccessError):
            self.buyer.partner_id.with_user(self.buyer).read(["b2b_schedule_ids"])
        with self.assertRaises(AccessError):
            self.buyer.partner_id.with_user(self.buyer).read(["b2b_delivery_weekdays"])

    def test_hours_and_closed_days_are_hidden_from_the_portal(self):
        partner = self.buyer.partner_id.with_user(self.buyer)
        for name in ("b2b_receive_from", "b2b_receive_to", "b2b_closure_ids"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                partner.read([name])

    def test_planner_may_set_the_default_rep_may_not(self):
        with self.assertRaises(AccessError):
            self.van.with_user(self.rep).action_make_default()
        self.van.with_user(self.planner).action_make_default()
        self.assertEqual(self.env.company.b2b_default_schedule_id, self.van)

    def test_planner_sees_deliveries(self):
        pickings = self.env["stock.picking"].with_user(self.planner)
        self.assertTrue(pickings.has_access("read"))

    def test_what_is_kept_is_not_told_to_everybody(self):
        now = fields.Datetime.now()
        self.assertTrue(self.van.with_user(self.rep)._b2b_slots_from(now, ()))
        with self.assertRaises(AccessError):
            self.van.with_user(self.buyer)._b2b_slots_from(now, ())

    def test_buyer_cannot_use_the_checker(self):
        with self.assertRaises(AccessError):
            self.env["b2b.delivery.check"].with_user(self.buyer).create({})
        with self.assertRaises(AccessError):
            self.order().with_user(self.buyer).action_b2b_choose_slot()

    def test_schedules_of_another_company_are_hidden(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        hidden = self.make_schedule("Hidden", company_id=other.id)
        shared = self.make_schedule("Shared")
        found = self.env["b2b.delivery.schedule"].with_user(self.planner).search([])
        self.assertIn(shared, found)
        self.assertNotIn(hidden, found)
        frames = self.env["b2b.delivery.frame"].with_user(self.planner).search([])
        self.assertFalse(frames & hidden.frame_ids.with_user(self.planner))
