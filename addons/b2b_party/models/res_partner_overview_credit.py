from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import money


class ResPartner(models.Model):
    """Two sections of the overview: what a party owes, and its segments."""

    _inherit = "res.partner"

    # -- credit ----------------------------------------------------------------

    def _b2b_overview_sees_credit(self):
        groups = "account.group_account_readonly,account.group_account_invoice"
        return self.env.user.has_groups(groups)

    def _b2b_overview_credit(self):
        """Odoo's own figures: what is owed, what of it is overdue, the limit."""
        currency = self.env.company.currency_id
        overdue = self._b2b_overview_overdue_domain()
        ((late,),) = self.env["account.move"]._read_group(
            overdue, [], ["amount_residual_signed:sum"]
        )
        owed, waiting = self.credit or 0.0, self.credit_to_invoice or 0.0
        late, limit = late or 0.0, self.credit_limit or 0.0
        top = max(limit, owed + waiting, 1.0)
        notes = [
            self.env._("%s not invoiced yet", money(self.env, waiting, currency))
        ] * bool(waiting)
        section = {
            "id": "credit",
            "sequence": 30,
            "title": self.env._("Credit"),
            "figure": money(self.env, owed, currency),
            "subtitle": self.env._("of %s", money(self.env, limit, currency))
            if limit
            else self.env._("owed, no limit set"),
            "parts": [
                {"share": max(min(late, owed), 0.0) / top, "tone": "bad"},
                {"share": max(owed - max(late, 0.0), 0.0) / top, "tone": "steel"},
                {"share": max(waiting, 0.0) / top, "tone": "striped"},
            ],
            "notes": notes,
            "action": self._b2b_overview_action(
                "account.move",
                self.env._("Open invoices of %s", self.name),
                Domain("commercial_partner_id", "=", self.id)
                & Domain("state", "=", "posted")
                & Domain("move_type", "in", ["out_invoice", "out_refund"])
                & Domain("payment_state", "in", ["not_paid", "partial"]),
            ),
        }
        if late > 0:
            section["alert"] = {
                "text": self.env._("%s overdue", money(self.env, late, currency)),
                "action": self._b2b_overview_action(
                    "account.move", self.env._("Overdue invoices"), overdue
                ),
            }
        return section

    # -- segments --------------------------------------------------------------

    def _b2b_overview_segments(self):
        rows = [
            {
                "tag": {"text": segment["name"], "tone": "accent"},
                "text": " · ".join(segment["reasons"])
                or self.env._("leaves at the next refresh: no longer meets it"),
                "action": {
                    "res_model": "b2b.party.segment",
                    "name": segment["name"],
                    "res_id": segment["id"],
                },
            }
            for segment in self._b2b_segment_reasons()
        ]
        refreshed = self.b2b_segment_ids.mapped("refreshed_at")
        section = {
            "id": "segments",
            "sequence": 60,
            "title": self.env._("Segments"),
            "rows": rows,
            "empty": self.env._("It is in no segment."),
        }
        if any(refreshed):
            moment = fields.Datetime.context_timestamp(
                self, max(filter(None, refreshed))
            )
            section["notes"] = [
                self.env._(
                    "refreshed %(day)s %(time)s",
                    day=format_date(self.env, moment.date(), date_format="d MMM y"),
                    time=moment.strftime("%H:%M"),
                )
            ]
        return section
