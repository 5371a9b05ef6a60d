from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date, formatLang

from ..rules.period import period_of


class Dashboard(models.AbstractModel):
    """What the sections share: period, order domain, words for amounts and days."""

    _inherit = "b2b.dashboard"

    @api.model
    def _b2b_today(self):
        return fields.Date.context_today(self)

    @api.model
    def _b2b_period(self, filters):
        return period_of(filters["period"], self._b2b_today())

    @api.model
    def _b2b_utc(self, day):
        """The moment a day of the user begins, as text for a domain."""
        local = self.env.tz.localize(datetime.combine(day, time.min))
        return fields.Datetime.to_string(local.astimezone(pytz.utc))

    @api.model
    def _b2b_between(self, field, start, end):
        """Domain of a datetime field for whole days of the user, both included."""
        after = fields.Date.add(end, days=1)
        return Domain(field, ">=", self._b2b_utc(start)) & Domain(
            field, "<", self._b2b_utc(after)
        )

    @api.model
    def _b2b_order_domain(self, filters):
        """Orders of trade parties of the current company."""
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("b2b_party_id.b2b_customer_type", "=", "trade")
            & self._b2b_mine(filters, "b2b_party_id.")
        )

    @api.model
    def _b2b_sold_domain(self, filters):
        return self._b2b_order_domain(filters) & Domain("state", "=", "sale")

    @api.model
    def _b2b_open(self, model, domain, name, **more):
        """The action that shows the records behind a figure."""
        return {
            "res_model": model,
            "domain": self._b2b_json(domain),
            "name": name,
            **more,
        }

    @api.model
    def _b2b_json(self, domain):
        """A domain as plain lists, which survive the way to the browser."""
        return [list(x) if isinstance(x, tuple) else x for x in Domain(domain)]

    @api.model
    def _b2b_amount(self, value):
        """An amount of the company's currency without decimals."""
        currency = self.env.company.currency_id
        text = formatLang(self.env, abs(round(value)), digits=0)
        if currency.position == "after":
            text = f"{text} {currency.symbol}"
        else:
            text = f"{currency.symbol}{text}"
        return f"−{text}" if round(value) < 0 else text

    @api.model
    def _b2b_days(self, start, end):
        """“1–23 Nov”, or both months where they differ."""
        last = format_date(self.env, end, date_format="d MMM")
        if start == end:
            return last
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day}–{last}"
        return f"{format_date(self.env, start, date_format='d MMM')} – {last}"

    @api.model
    def _b2b_percent(self, share, signed=False):
        """“38.4 %”, with a sign where it is a change."""
        text = formatLang(self.env, abs(share) * 100, digits=1)
        sign = "−" if share < 0 else "+" if signed else ""
        return f"{sign}{text} %"
