from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_repr

from odoo.addons.b2b_party.tools import money

from ..rules import alerts, booking

# Periods to look at when the transaction commits.
LATER = "b2b_budget_alerts"


class BudgetAlert(models.Model):
    """A share of a budget that was reached: each once per period.

    Noted by the transaction that reaches it, and mailed later by a job of its own: no
    mail is made while others wait for the counter.
    """

    _name = "b2b.budget.alert"
    _description = "B2B Budget Alert"
    _order = "id desc"
    _rec_name = "budget_id"

    period_id = fields.Many2one(
        "b2b.budget.period",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The period in which it was reached.",
    )
    budget_id = fields.Many2one(
        "b2b.budget",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The budget that is used so far.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        help="Company of the budget.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, help="Currency of the budget."
    )
    percent = fields.Float("At %", readonly=True, help="The share that was reached.")
    reached_at = fields.Datetime("Reached", required=True, readonly=True, index=True)
    amount = fields.Monetary(readonly=True, help="Amount of the period at the time.")
    used = fields.Monetary("Booked", readonly=True, help="Booked at the time.")
    pending = fields.Monetary("Waiting", readonly=True, help="Reserved at the time.")
    left = fields.Monetary(compute="_compute_left", help="What was left at the time.")
    title = fields.Char(compute="_compute_title", help="Budget and period in words.")
    sent_at = fields.Datetime(
        "Mailed", readonly=True, index=True, help="When the mails were made."
    )
    recipient_ids = fields.Many2many(
        "res.partner",
        "b2b_budget_alert_partner_rel",
        "alert_id",
        "partner_id",
        "Mailed to",
        readonly=True,
        help="The people who were told. Empty: nobody keeps this budget, or a higher "
        "share was reached at the same time and told alone.",
    )

    _once = models.Constraint(
        "UNIQUE(period_id, percent)", "This share was reached in the period before."
    )

    def _b2b_money(self, amount):
        """An amount of the budget as the mail's reader writes it."""
        return money(self.env, amount, self.currency_id)

    @api.depends("amount", "used", "pending")
    def _compute_left(self):
        for alert in self:
            figures = (alert.amount, alert.used, alert.pending)
            alert.left = alert.currency_id.round(booking.left(*figures))

    @api.depends_context("lang")
    @api.depends("budget_id.name", "period_id.date_from")
    def _compute_title(self):
        for alert in self:
            budget = alert.budget_id
            period = budget._b2b_shown_period(alert.period_id.date_from)
            alert.title = f"{budget.name} · {budget._b2b_period_label(period)}"

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(self.env._("Alerts of a budget are noted by its orders only."))

    # -- noted by the booking --

    @api.model
    def _b2b_note_later(self, period_id):
        """Look at a period when the transaction commits, and not before."""
        data = self.env.cr.precommit.data
        if LATER not in data:
            data[LATER] = set()
            self.env.cr.precommit.add(self._b2b_note)
        data[LATER].add(period_id)

    def _b2b_note(self):
        ids = self.env.cr.precommit.data.pop(LATER, set())
        noted = False
        for period in self.env["b2b.budget.period"].sudo().browse(sorted(ids)).exists():
            booked = period.used + period.pending
            percents = alerts.parse(period.budget_id.alert_percents)
            for percent in alerts.reached(percents, period.amount, booked):
                noted = self._b2b_insert(period, percent) or noted
        if noted:
            self.env.ref("b2b_budget.cron_send_alerts").sudo()._trigger()
            self.env.flush_all()

    @api.model
    def _b2b_insert(self, period, percent):
        digits = period.currency_id.decimal_places
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO b2b_budget_alert
                          (period_id, budget_id, company_id, currency_id, percent,
                           reached_at, amount, used, pending, create_uid, create_date)
                   VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
                       ON CONFLICT (period_id, percent) DO NOTHING RETURNING id""",
                period.id,
                period.budget_id.id,
                period.company_id.id,
                period.currency_id.id,
                percent,
                fields.Datetime.now(),
                *(
                    SQL(float_repr(amount, digits))
                    for amount in (period.amount, period.used, period.pending)
                ),
                self.env.uid,
                fields.Datetime.now(),
            )
        )
        self.invalidate_model(flush=False)
        return bool(rows)

    # -- mailed by the job --

    @api.model
    def _cron_b2b_send_alerts(self):
        """Mail what was reached, each period in a transaction of its own."""
        waiting = self.search([("sent_at", "=", False)])
        for period in waiting.period_id:
            waiting.filtered(lambda a, p=period: a.period_id == p)._b2b_send()
            self.env["ir.cron"]._commit_progress(1)

    def _b2b_send(self):
        """One mail per person for the highest share of one period."""
        highest = max(self, key=lambda alert: alert.percent)
        recipients = highest.budget_id._b2b_alerted_users()
        template = self.env.ref("b2b_budget.mail_template_alert")
        for user in recipients:
            template.with_context(lang=user.lang, b2b_reader=user.name).send_mail(
                highest.id, email_values={"recipient_ids": [(4, user.partner_id.id)]}
            )
        highest.recipient_ids = recipients.partner_id
        self.sent_at = fields.Datetime.now()
        # Not in the name of the buyer whose order it was.
        highest.budget_id.with_user(SUPERUSER_ID).message_post(
            body=self.env._(
                "%(percent)s %% of %(amount)s are used: %(used)s booked, "
                "%(pending)s waiting, %(left)s left. Told: %(names)s.",
                percent=f"{highest.percent:g}",
                names=", ".join(recipients.mapped("name")) or self.env._("nobody"),
                **{
                    name: money(self.env, highest[name], highest.currency_id)
                    for name in ("amount", "used", "pending", "left")
                },
            )
        )
