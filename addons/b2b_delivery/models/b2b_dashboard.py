from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import format_date

DAYS = 7


class Dashboard(models.AbstractModel):
    _inherit = "b2b.dashboard"

    @api.model
    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        # Who only reads orders and what hangs on them plans no deliveries.
        if self.env["stock.picking"].has_access("write"):
            sections.append(self._b2b_delivery_load(filters))
        return sections

    @api.model
    def _b2b_delivery_load(self, filters):
        """Open deliveries of the next days, by day of the reader's zone."""
        domain = [
            ("picking_type_code", "=", "outgoing"),
            ("state", "not in", ("done", "cancel", "draft")),
        ]
        domain += self._b2b_mine(filters, "sale_id.b2b_party_id.")
        zone = ZoneInfo(self.env.user.tz or "UTC")
        today = fields.Date.context_today(self)
        days = [today + timedelta(days=offset) for offset in range(DAYS)]
        bounds = [
            datetime.combine(day, time(), zone).astimezone(timezone.utc)
            for day in [*days, today + timedelta(days=DAYS)]
        ]
        texts = [fields.Datetime.to_string(b.replace(tzinfo=None)) for b in bounds]
        series = []
        for day, since, until in zip(days, texts, texts[1:], strict=False):
            of_day = [
                *domain,
                ("scheduled_date", ">=", since),
                ("scheduled_date", "<", until),
            ]
            count = self.env["stock.picking"].search_count(of_day)
            label = format_date(self.env, day, date_format="EEE d")
            series.append({"label": label, "value": count, "domain": of_day})
        return {
            "id": "delivery_load",
            "kind": "bar",
            "orientation": "v",
            "sequence": 220,
            "title": self.env._("Deliveries by day"),
            "subtitle": self.env._("open, next %s days", DAYS),
            "unit": "number",
            "series": series,
            "action": {
                "res_model": "stock.picking",
                "name": self.env._("Deliveries"),
                "domain": domain,
            },
        }
