from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..rules.period import add_months, change, month_starts

MARGIN_GROUPS = ("b2b_party.group_sales_manager", "b2b_party.group_pricing")


class Dashboard(models.AbstractModel):
    """Sales: net, margin, orders; by month and by customer group."""

    _inherit = "b2b.dashboard"

    @api.model
    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        if not self.env["sale.order"].has_access("read"):
            return sections
        days = self._b2b_sales_by_day(filters)
        sections += self._b2b_sales_tiles(filters, days)
        sections.append(self._b2b_sales_by_month(filters, days))
        sections.append(self._b2b_sales_by_group(filters))
        return sections

    @api.model
    def _b2b_sees_margin(self):
        return any(self.env.user.has_group(group) for group in MARGIN_GROUPS)

    @api.model
    def _b2b_sales_by_day(self, filters):
        """Net, cost and orders of each day of two years: tiles and chart read it."""
        today = self._b2b_today()
        first = add_months(today, -24)
        domain = self._b2b_sold_domain(filters) & self._b2b_between(
            "date_order", first, today
        )
        measures = ["b2b_net_company:sum", "__count"]
        if self._b2b_sees_margin():
            measures.append("b2b_cost_company:sum")
        rows = self.env["sale.order"]._read_group(domain, ["date_order:day"], measures)
        return {row[0].date(): (*row[1:], 0.0)[:4] for row in rows}

    @api.model
    def _b2b_total(self, days, start, end):
        """(net, orders, cost) of the days from start to end."""
        total = [0.0, 0, 0.0]
        for day, figures in days.items():
            if start <= day <= end:
                total = [a + b for a, b in zip(total, figures, strict=False)]
        return total

    @api.model
    def _b2b_sales_tiles(self, filters, days):
        period = self._b2b_period(filters)
        net, orders, cost = self._b2b_total(days, period.start, period.end)
        before = self._b2b_total(days, period.before_start, period.before_end)
        domain = self._b2b_sold_domain(filters) & self._b2b_between(
            "date_order", period.start, period.end
        )
        action = self._b2b_open("sale.order", domain, self.env._("Orders sold"))
        span = self._b2b_days(period.start, period.end)
        average = self._b2b_amount(net / orders) if orders else "–"
        tiles = [
            {
                "id": "sales_net", "kind": "tile", "sequence": 10, "unit": "money",
                "title": self.env._("Sales, net"), "value": net, "action": action,
                "change": self._b2b_change(net, before[0]),
                "subtitle": self.env._(
                    "%(days)s · before: %(amount)s",
                    days=span, amount=self._b2b_amount(before[0]),
                ),
            },
            {
                "id": "orders_sold", "kind": "tile", "sequence": 25, "unit": "number",
                "title": self.env._("Orders"), "value": orders, "action": action,
                "change": self._b2b_change(orders, before[1]),
                "subtitle": self.env._(
                    "%(amount)s on average · before: %(orders)s",
                    amount=average, orders=before[1],
                ),
            },
        ]  # fmt: skip
        if self._b2b_sees_margin():
            tiles.append(self._b2b_margin_tile(net, cost, before, action))
        return tiles

    @api.model
    def _b2b_margin_tile(self, net, cost, before, action):
        share = (net - cost) / net if net else 0.0
        old = (before[0] - before[2]) / before[0] if before[0] else None
        tile = {
            "id": "margin", "kind": "tile", "sequence": 20, "unit": "percent",
            "title": self.env._("Margin"), "value": share, "action": action,
            "subtitle": self._b2b_amount(net - cost),
        }  # fmt: skip
        if not net:
            # Nothing sold yet: a margin of 0 % would read like a bad one.
            tile.update(unit=False, display="–")
        if old is not None:
            points = f"{(share - old) * 100:+.1f}".replace("-", "−")
            tile["subtitle"] = self.env._(
                "%(amount)s · before: %(share)s",
                amount=self._b2b_amount(net - cost),
                share=self._b2b_percent(old),
            )
            if net:
                tile["change"] = {
                    "text": self.env._("%s pt", points),
                    "tone": "good" if share >= old else "bad",
                }
        return tile

    @api.model
    def _b2b_change(self, now, before):
        ratio = change(now, before)
        if ratio is None:
            return False
        return {
            "text": self._b2b_percent(ratio, signed=True),
            "tone": "good" if ratio >= 0 else "bad",
        }

    @api.model
    def _b2b_sales_by_month(self, filters, days):
        months = defaultdict(float)
        for day, figures in days.items():
            months[day.replace(day=1)] += figures[0]
        today, series = self._b2b_today(), []
        sold = self._b2b_sold_domain(filters)
        for start in month_starts(today, 12):
            past = add_months(start, -12)
            series.append(
                {
                    "label": format_date(self.env, start, date_format="MMM"),
                    "value": months[start],
                    "domain": self._b2b_json(sold & self._b2b_month(start)),
                    "before": months[past],
                    "before_domain": self._b2b_json(sold & self._b2b_month(past)),
                }
            )
        first = month_starts(today, 12)[0]
        domain = sold & self._b2b_between("date_order", first, today)
        return {
            "id": "sales_by_month", "kind": "line", "sequence": 110, "unit": "money",
            "title": self.env._("Net sales by month"), "series": series,
            "legend": [self.env._("last 12 months"), self.env._("year before")],
            "running": self.env._("so far"),
            "action": self._b2b_open(
                "sale.order", domain, self.env._("Orders of 12 months")
            ),
            "empty": self.env._("No order was confirmed in the last two years."),
        }  # fmt: skip

    @api.model
    def _b2b_month(self, start):
        after = add_months(start, 1)
        return Domain("date_order", ">=", self._b2b_utc(start)) & Domain(
            "date_order", "<", self._b2b_utc(after)
        )

    @api.model
    def _b2b_sales_by_group(self, filters):
        period = self._b2b_period(filters)
        domain = self._b2b_sold_domain(filters) & self._b2b_between(
            "date_order", period.start, period.end
        )
        path = "b2b_party_id.b2b_customer_group_id"
        groups = self.env["sale.order"]._read_group(
            domain, [path], ["b2b_net_company:sum"], order="b2b_net_company:sum DESC"
        )
        series = [
            {
                "label": group.name or self.env._("no group"),
                "value": net,
                "color": "accent",
                "domain": self._b2b_json(domain & Domain(path, "=", group.id)),
            }
            for group, net in groups[:8]
        ]
        return {
            "id": "sales_by_group", "kind": "bar", "sequence": 120, "unit": "money",
            "title": self.env._("Sales by customer group"), "series": series,
            "subtitle": self._b2b_days(period.start, period.end),
            "action": self._b2b_open("sale.order", domain, self.env._("Orders sold")),
            "empty": self.env._("No order was confirmed in these days."),
        }  # fmt: skip
