from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import alerts


class Budget(models.Model):
    """When somebody is told how much of a budget is used, and who."""

    _inherit = "b2b.budget"

    alert_percents = fields.Char(
        "Mails at %",
        default="50, 80, 100",
        tracking=True,
        help="When so much is booked or waiting, the supervisors and all who keep the "
        "company's budgets get a mail, each percentage once per period. Separated by "
        "commas; empty: never.",
    )
    alert_percent = fields.Float(
        "Alert at %",
        compute="_compute_alert_percent",
        inverse="_inverse_alert_percent",
        store=True,
        digits=(5, 1),
        help="From here on the budget counts as nearly used: the highest percentage "
        "below 100 of those that are mailed.",
    )
    alert_ids = fields.One2many("b2b.budget.alert", "budget_id", "Alerts")

    @api.depends("alert_percents")
    def _compute_alert_percent(self):
        for budget in self:
            budget.alert_percent = alerts.main(budget._b2b_percents())

    def _inverse_alert_percent(self):
        for budget in self:
            percent = budget.alert_percent
            budget.alert_percents = alerts.words((percent,) if percent else ())

    def _b2b_percents(self):
        try:
            return alerts.parse(self.alert_percents)
        except ValueError:
            return ()  # the constraint says so

    @api.constrains("alert_percents")
    def _check_alert_percents(self):
        for budget in self:
            try:
                alerts.parse(budget.alert_percents)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(budget)s: “%(part)s” is no list of at most %(most)s "
                        "percentages from 1 to %(highest)s, such as 50, 80, 100.",
                        budget=budget.name,
                        part=str(error)[:40],
                        most=alerts.MOST,
                        highest=alerts.HIGHEST,
                    )
                ) from error

    def _b2b_alerted_users(self):
        """Supervisors, and who keeps the budgets or the people of the company."""
        self.ensure_one()
        seats = self.supervisor_ids | self._b2b_parties().b2b_seat_ids.filtered(
            lambda s: s.role_id.manage_budgets or s.role_id.manage_seats
        )
        return seats.filtered(lambda s: s.state == "active" and not s.is_agent).user_id

    def _b2b_check_alerts(self):
        """A lower amount or another percentage may be reached already."""
        today = fields.Date.today()
        for period in self.filtered("active").period_ids:
            if not period.date_to or period.date_to >= today:
                self.env["b2b.budget.alert"]._b2b_note_later(period.id)
