from odoo import api, fields, models
from odoo.tools import format_date, formatLang

#: Movements that the form shows.
LATEST = 40


class Budget(models.Model):
    """The burn-down of the running period on the back office's form."""

    _inherit = "b2b.budget"

    burn_down = fields.Json(
        compute="_compute_burn_down",
        help="What was left on each day of the running period, beside an even pace, "
        "and who has spent it.",
    )

    recent_entry_ids = fields.Many2many(
        "b2b.budget.entry",
        compute="_compute_recent_entry_ids",
        string="Latest movements",
        help="The latest ones; all of them open by the button above.",
    )

    def _compute_recent_entry_ids(self):
        """A few for each budget: a ledger may have a million rows."""
        entries = self.env["b2b.budget.entry"]
        for budget in self:
            domain = [("budget_id", "=", budget._origin.id)]
            budget.recent_entry_ids = entries.search(domain, limit=LATEST)

    @api.depends("amount", "period_ids")
    def _compute_burn_down(self):
        for budget in self:
            budget.burn_down = budget._origin._b2b_burn_down() or False

    def _b2b_burn_down(self):
        """Everything the picture draws and says; ``None`` without a period."""
        if not self.id or not self.amount:
            return None
        (item,) = self._b2b_drawn()
        if not item["series"]:
            return None
        return {
            "currency_id": self.currency_id.id,
            "amount": item["amount"],
            "used": item["used"],
            "pending": item["pending"],
            "left": item["left"],
            "today": fields.Date.to_string(item["today"]),
            "series": [
                {**point, "date": fields.Date.to_string(point["date"])}
                for point in item["series"]
            ],
            "sentence": self._b2b_burn_down_sentence(item),
            "pace": self._b2b_burn_down_pace(item),
            "ahead": bool(item["pace"] and item["pace"]["ahead"] > 0),
            "people": self._b2b_burn_down_people(item["date_from"]),
        }

    def _b2b_drawn(self):
        """Status, pace and series of the running period, as the portal has them."""
        status = self._b2b_status()
        keys = [(self.id, status["date_from"])] if status["date_from"] else []
        days = self._b2b_used_by_day(keys).get(self.id, {})
        return [self._b2b_overview_one(status, days, [], [], {})]

    def _b2b_burn_down_sentence(self, item):
        def money(amount):
            return formatLang(self.env, amount, currency_obj=self.currency_id)

        return self.env._(
            "%(label)s: %(used)s booked, %(pending)s waiting, %(left)s left of "
            "%(amount)s.",
            label=item["period_label"],
            **{name: money(item[name]) for name in ("used", "pending", "left")},
            amount=money(item["amount"]),
        )

    def _b2b_burn_down_pace(self, item):
        """The spending beside an even one, in words; empty where no end is set."""
        pace, _ = item["pace"], self.env._
        if not pace or item["today"] > item["date_to"]:
            return ""
        amount = formatLang(self.env, abs(pace["ahead"]), currency_obj=self.currency_id)
        if pace["ahead"] > 0:
            first = _("%s ahead of an even pace.", amount)
        else:
            first = _("%s behind an even pace.", amount)
        runs_out = pace["runs_out"]
        if not runs_out or runs_out >= item["date_to"]:
            then = _("With what waits, it lasts.")
        else:
            day = format_date(self.env, runs_out, date_format="d MMM")
            then = _("With what waits, it ends on %s.", day)
        return f"{first} {then}"

    def _b2b_burn_down_people(self, start):
        """Rows of the table: who has booked and what of him waits, most first."""
        groups = self.env["b2b.budget.entry"]._read_group(
            [("budget_id", "=", self.id), ("period_id.date_from", "=", start)],
            ["party_id", "seat_id", "kind"],
            ["amount:sum"],
        )
        rows, nobody = {}, self.env._("Without a person")
        for party, seat, kind, amount in groups:
            row = rows.setdefault(
                (party, seat),
                {
                    "key": f"{party.id}-{seat.id}",
                    # sudo: names of people whose orders the reader sees.
                    "name": seat.sudo().person_id.name or nobody,
                    "party": party.sudo().name if self.party_group_id else "",
                    "used": 0.0,
                    "pending": 0.0,
                },
            )
            row[kind] += amount
        return sorted(rows.values(), key=lambda row: (-row["used"], -row["pending"]))
