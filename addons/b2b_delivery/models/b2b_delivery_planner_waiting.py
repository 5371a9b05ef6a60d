from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from odoo.addons.b2b_party.tools import money

from .b2b_delivery_planner import ANY_ZONE


class DeliverySchedule(models.Model):
    """Orders that wait, in the frames that are kept for them.

    They are told apart from what is confirmed: nothing is packed for them yet. Past its
    cut-off an order has no frame any more; it gets the next one when it goes on.
    """

    _inherit = "b2b.delivery.schedule"

    @api.model
    def _b2b_waiting_domain(self):
        """Which drafts wait for a decision; None where nothing in the suite waits."""
        return None

    @api.model
    def _b2b_waiting(self, zones, days):
        """What waits in a week, a constant number of queries.

        :param zones: time zones by id of the schedules that are shown
        :return: iterator of ``((schedule id, day), frame id, order, net)``; net in the
            currency of the order's company; schedule and frame may be False
        """
        Order, waits = self.env["sale.order"], self._b2b_waiting_domain()
        if waits is None or not Order.has_access("read"):
            return
        since = datetime.combine(days[0], time()) - ANY_ZONE
        until = datetime.combine(days[-1], time()) + timedelta(days=1) + ANY_ZONE
        orders = Order.search(
            [
                *waits,
                ("state", "in", ("draft", "sent")),
                ("b2b_slot_start", "<", until),
                # The first part of an order may lie in an earlier week.
                "|",
                ("b2b_slot_start", ">=", since),
                ("b2b_split_delivery", "=", True),
                ("b2b_slot_cutoff", ">=", fields.Datetime.now().replace(second=0)),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        own = ZoneInfo(self.env.user.tz or "UTC")
        for order in orders:
            for schedule_id, frame_id, start, net in order._b2b_waiting_loads():
                schedule_id = schedule_id if schedule_id in zones else False
                moment = start.replace(tzinfo=timezone.utc)
                day = moment.astimezone(zones.get(schedule_id, own)).date()
                if days[0] <= day <= days[-1]:
                    yield (schedule_id, day), schedule_id and frame_id, order, net

    @api.model
    def _b2b_all_waiting(self, planned):
        days = (planned or {}).values()
        return self._b2b_sum(load for day in days for load in day.values())["waiting"]

    @api.model
    def _b2b_waiting_load(self, waiting):
        """As plain values: how many orders, their net amount in words, their ids."""
        by_currency = {}
        for order, net in waiting.items():
            currency = order.company_id.currency_id
            by_currency[currency] = by_currency.get(currency, 0.0) + net
        return {
            "orders": len(waiting),
            "net": " + ".join(
                money(self.env, net, currency)
                for currency, net in sorted(
                    by_currency.items(), key=lambda pair: pair[0].name
                )
            ),
            "ids": sorted(order.id for order in waiting),
        }
