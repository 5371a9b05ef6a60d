from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..rules.rhythm import age_bucket


class Dashboard(models.AbstractModel):
    """What trade parties owe us, from posted accounting only."""

    _inherit = "b2b.dashboard"

    @api.model
    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        if not self.env["account.move.line"].has_access("read"):
            return sections
        domain = self._b2b_receivable_domain(filters)
        days = self.env["account.move.line"]._read_group(
            domain, ["date_maturity:day"], ["amount_residual:sum"]
        )
        today = self._b2b_today()
        buckets = dict.fromkeys(("not_due", "d30", "d60", "older"), 0.0)
        for day, amount in days:
            buckets[age_bucket(day, today)] += amount
        sections += self._b2b_receivable_tiles(domain, buckets, days, today)
        sections.append(self._b2b_receivable_ages(domain, buckets, today))
        return sections

    @api.model
    def _b2b_receivable_domain(self, filters):
        """Open items; payments and credit notes that are not used up count against."""
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("parent_state", "=", "posted")
            & Domain("account_id.account_type", "=", "asset_receivable")
            & Domain("reconciled", "=", False)
            & Domain("amount_residual", "!=", 0)
            & Domain("partner_id.b2b_customer_type", "=", "trade")
            & self._b2b_mine(filters, "partner_id.commercial_partner_id.")
        )

    @api.model
    def _b2b_receivable_tiles(self, domain, buckets, days, today):
        total = sum(buckets.values())
        late = total - buckets["not_due"]
        due = Domain("date_maturity", "<", str(today))
        oldest = min((day for day, _a in days if day and day < today), default=None)
        share = self._b2b_percent(late / total) if total else "–"
        soon = sum(
            amount for day, amount in days
            if day and today <= day <= today + timedelta(days=7)
        )  # fmt: skip
        return [
            {
                "id": "receivables", "kind": "tile", "sequence": 40, "unit": "money",
                "title": self.env._("Open receivables"), "value": total,
                "subtitle": self.env._(
                    "%s due within 7 days", self._b2b_amount(soon)
                ),
                "action": self._b2b_items(domain, self.env._("Open receivables")),
            },
            {
                "id": "overdue", "kind": "tile", "sequence": 50, "unit": "money",
                "title": self.env._("Overdue"), "value": late,
                "subtitle": self.env._("%s of what is open", share),
                "change": oldest and {
                    "text": self.env._("oldest %s d", (today - oldest).days),
                    "tone": "bad",
                },
                "action": self._b2b_items(domain & due, self.env._("Overdue")),
            },
        ]  # fmt: skip

    @api.model
    def _b2b_items(self, domain, name):
        return self._b2b_open(
            "account.move.line", domain, name, views=[[False, "list"]],
            context={"search_default_group_by_partner": 1},
        )  # fmt: skip

    @api.model
    def _b2b_receivable_ages(self, domain, buckets, today):
        def aged(low, high):
            """Items late by more than low and up to high days."""
            result = Domain("date_maturity", "<", str(today - timedelta(days=low)))
            if high:
                after = today - timedelta(days=high)
                result &= Domain("date_maturity", ">=", str(after))
            return self._b2b_json(domain & result)

        not_due = self._b2b_json(
            domain
            & (
                Domain("date_maturity", ">=", str(today))
                | Domain("date_maturity", "=", False)
            )
        )
        rows = [
            ("not_due", self.env._("not due"), "steel", not_due),
            ("d30", self.env._("1–30 days"), "amber", aged(0, 30)),
            ("d60", self.env._("31–60 days"), "red", aged(30, 60)),
            ("older", self.env._("over 60 days"), "dark", aged(60, 0)),
        ]
        return {
            "id": "receivable_ages", "kind": "bar", "sequence": 210, "unit": "money",
            "title": self.env._("Receivables by age"),
            "subtitle": self._b2b_amount(sum(buckets.values())),
            "series": [
                {
                    "label": label, "value": buckets[key],
                    "color": color, "domain": part,
                }
                for key, label, color, part in rows
            ] if any(buckets.values()) else [],
            "action": self._b2b_items(domain, self.env._("Open receivables")),
            "empty": self.env._("Nothing is open."),
        }  # fmt: skip
