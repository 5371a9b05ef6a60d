"""A seller in London with one van, and a trade party with an address."""

from datetime import datetime

from odoo.fields import Command
from odoo.tests import TransactionCase

MONDAY_MORNING = "2026-11-23 09:47:00"


def utc(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


class DeliveryCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.van = cls.make_schedule("South England van")
        cls.party = cls.env["res.partner"].create(
            {
                "name": "Slot Test & Sons Ltd",
                "is_company": True,
                "b2b_customer_type": "trade",
                "b2b_state": "active",
                "b2b_schedule_ids": [Command.set(cls.van.ids)],
            }
        )
        cls.address = cls.env["res.partner"].create(
            {"name": "Shop floor", "type": "delivery", "parent_id": cls.party.id}
        )
        cls.goods = cls.env["product.product"].create(
            {"name": "Cake stand", "type": "consu", "list_price": 10.0}
        )
        cls.service = cls.env["product.product"].create(
            {"name": "Advice", "type": "service", "list_price": 10.0}
        )

    @classmethod
    def make_schedule(cls, name, **vals):
        """Monday to Thursday 8-12 and 12-16, Friday 8-12; one day to pack."""
        frames = [
            Command.create(
                {"weekday": str(day), "hour_from": hour, "hour_to": hour + 4}
            )
            for day in range(5)
            for hour in (8, 12)
            if (day, hour) != (4, 12)
        ]
        return cls.env["b2b.delivery.schedule"].create(
            {
                "name": name,
                "tz": "Europe/London",
                "lead_days": 1,
                "cutoff_hour": 12,
                "frame_ids": frames,
                **vals,
            }
        )

    def order(self, product=None, **vals):
        line = {"product_id": (product or self.goods).id, "product_uom_qty": 3}
        order = self.env["sale.order"].create(
            {
                "partner_id": self.party.id,
                "partner_shipping_id": self.address.id,
                "order_line": [Command.create(line)],
                **vals,
            }
        )
        self.env.flush_all()  # as at the end of a request
        return order

    def first_slot(self, **kwargs):
        return self.env["b2b.delivery.schedule"]._b2b_first_slot(
            self.party, self.address, **kwargs
        )
