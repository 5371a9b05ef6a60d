from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

CREDIT_CODES = ("credit", "overdue")


class OrderHold(models.Model):
    """Holds about credit: what the credit team needs to decide, and until when."""

    _inherit = "b2b.order.hold"

    release_until = fields.Date(
        "Release valid until",
        readonly=True,
        help="After this day the release no longer covers the order, unless it is "
        "confirmed by then. Empty: no end.",
    )
    credit_account_id = fields.Many2one(
        "b2b.credit.account",
        "Credit account",
        compute="_compute_credit_account_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        help="The account that is exceeded, or whose invoices are overdue.",
    )
    credit_currency_id = fields.Many2one(
        "res.currency", compute="_compute_credit_figures", help="Of the account."
    )
    credit_limit = fields.Monetary(
        "Limit",
        compute="_compute_credit_figures",
        currency_field="credit_currency_id",
        help="Limit of today.",
    )
    credit_exposure = fields.Monetary(
        "Exposure",
        compute="_compute_credit_figures",
        currency_field="credit_currency_id",
        help="What is owed, drafted, confirmed and waiting today.",
    )
    credit_overdue = fields.Monetary(
        "Overdue",
        compute="_compute_credit_figures",
        currency_field="credit_currency_id",
        help="Past the due date today, disputed invoices left out.",
    )
    credit_order_total = fields.Monetary(
        related="order_id.amount_total",
        string="Order total",
        help="Tax included, as it takes credit.",
    )
    credit_activity_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        ondelete="set null",
        help="The task of the credit team about this hold.",
    )
    age_days = fields.Integer(
        "Days waiting", compute="_compute_age_days", help="Whole days since it waits."
    )

    @api.depends("code", "key")
    def _compute_credit_account_id(self):
        accounts = self.env["b2b.credit.account"].sudo()
        wanted = {
            hold: int(hold.key)
            for hold in self
            if hold.code in CREDIT_CODES and (hold.key or "").isdecimal()
        }
        there = set(accounts.browse(set(wanted.values())).exists().ids)
        for hold in self:
            id_ = wanted.get(hold)
            hold.credit_account_id = accounts.browse(id_ if id_ in there else ())

    @api.depends_context("uid")
    @api.depends("credit_account_id")
    def _compute_credit_figures(self):
        # What a group owes together is not for the rep of one of its parties.
        allowed = self.credit_account_id._filtered_access("read")
        for hold in self:
            account = hold.credit_account_id & allowed
            hold.credit_currency_id = account.currency_id or hold.currency_id
            hold.credit_limit = account.limit
            hold.credit_exposure = account.exposure
            hold.credit_overdue = account.overdue

    @api.depends("create_date")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for hold in self:
            hold.age_days = (now - (hold.create_date or now)).days

    @api.model
    def _b2b_reasons(self):
        return {
            **super()._b2b_reasons(),
            "credit": self.env._("Credit"),
            "overdue": self.env._("Overdue"),
        }

    @api.model
    def _b2b_open(self, order, findings):
        """What is stored is read by colleagues who may not see credit."""
        holds = super()._b2b_open(order, findings)
        for hold in holds.filtered(lambda h: h.code in CREDIT_CODES):
            hold.buyer_message = hold._b2b_credit_told()
        return holds

    def _b2b_credit_told(self):
        """What colleagues may read: no figure of the credit."""
        if self.code == "credit":
            return self.env._("Credit is checked: our credit team looks at it.")
        return self.env._("Open invoices are checked: our credit team looks at it.")

    def _b2b_told(self, name):
        """The same words in every language, whoever ordered."""
        if name == "buyer_message" and self.code in CREDIT_CODES:
            return self._b2b_credit_told()
        return super()._b2b_told(name)

    def _b2b_announce(self):
        """The credit team gets a task for each new hold of theirs, and one mail."""
        result = super()._b2b_announce()
        # sudo: a buyer or a rep caused it; the task is for the credit team.
        holds = self.sudo().filtered("credit_account_id")
        holds = holds.filtered(lambda hold: hold.severity != "warn")
        for hold in holds:
            hold._b2b_give_credit_task()
        for order in holds.order_id:
            holds.filtered(lambda h, o=order: h.order_id == o)._b2b_mail_credit_team()
        return result

    def _b2b_give_credit_task(self):
        self.ensure_one()
        order, team = self.order_id, self.credit_account_id._b2b_team()
        if not team:
            return
        # On the order, not on the account: many orders that begin to wait at the same
        # instant would all subscribe the same person to the same record.
        quiet = order.with_user(SUPERUSER_ID).with_context(
            mail_activity_quick_update=True
        )
        self.credit_activity_id = quiet.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("%s waits for credit", order.name),
            note=self.message,
            date_deadline=self.keep_until.date(),
            user_id=team[0].id,
        )

    def _b2b_mail_credit_team(self):
        """One mail to each, with all reasons of one order that are his."""
        template = self.env.ref("b2b_budget.mail_template_credit_hold", False)
        teams = {hold: hold.credit_account_id._b2b_team() for hold in self}
        people = self.env["res.users"].union(*teams.values())
        for user in people if template else ():
            holds = self.filtered(lambda hold, u=user: u in teams[hold])
            template.with_context(
                lang=user.lang, b2b_reader=user.name, b2b_hold_ids=holds.ids
            ).send_mail(
                holds[0].id, email_values={"recipient_ids": [(4, user.partner_id.id)]}
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state", "open") != "open":
            # sudo: the task of the credit team is over, whoever ended the hold.
            self.sudo().credit_activity_id.unlink()
        return result

    def _b2b_close(self, state, verdict, user, comment=""):
        """A released credit hold books at once, even while others stay open."""
        result = super()._b2b_close(state, verdict, user, comment)
        credit = self.filtered(lambda hold: hold.code in CREDIT_CODES)
        if state == "released" and credit:
            credit.filtered(lambda h: h.severity != "warn")._b2b_note_release(comment)
            orders = credit.order_id
            orders.filtered("b2b_open_hold_ids")._b2b_book_credit()
        return result

    def _b2b_note_release(self, comment):
        """The ledger keeps who let which order pass, and how much it was above."""
        entries, rows = self.env["b2b.credit.entry"].sudo(), []
        for hold in self.sudo():
            account, order = hold.credit_account_id, hold.order_id
            if not account:
                continue
            effects = {e["term"].id: e for e in order._b2b_credit_effect()}
            effect = effects.get(account.id)
            rows.append(
                {
                    **entries._b2b_base_row(account),
                    "party_id": order._b2b_payer().id,
                    "order_id": order.id,
                    "kind": "release",
                    "amount": effect["over"] if effect else 0.0,
                    "order_currency_id": order.currency_id.id,
                    "order_total": order.amount_total,
                    "permission": "release",
                    "hold_id": hold.id,
                    "note": (comment or "").strip() or None,
                }
            )
        entries._b2b_append(rows)

    def _b2b_set_release_until(self, day):
        """Limit a release to a day; before it is given, by who may decide.

        :param date day: the last day
        :raise UserError: for a day that is over
        """
        for hold in self:
            if not hold._b2b_can_decide(self.env.user):
                raise AccessError(self.env._("You may not decide about this."))
        if day < fields.Date.context_today(self):
            raise UserError(
                self.env._("The release would have ended already; choose a later day.")
            )
        # sudo: holds are written by the system; who decides was checked above.
        self.sudo().write({"release_until": day})

    # ------------------------------------------------------------------ buttons

    def action_b2b_overdue_invoices(self):
        """Open the overdue invoices behind this hold."""
        self.ensure_one()
        self.check_access("read")
        self.credit_account_id.check_access("read")
        return self.credit_account_id.action_overdue_invoices()

    def action_b2b_change_limit(self):
        """Open the dialog to change the limit in place."""
        self.ensure_one()
        self.credit_account_id.check_access("write")
        return self.credit_account_id.action_change_limit() | {
            "context": {
                "default_account_id": self.credit_account_id.id,
                "default_hold_id": self.id,
            }
        }

    def action_b2b_check_again(self):
        """Evaluate the waiting order once more, after a payment or a new limit."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("b2b_party.group_credit"):
            raise AccessError(self.env._("Only the credit team checks from here."))
        # sudo: the credit team writes no orders; it may read this one and decides
        # about its credit, checked above. The gate itself lifts nothing.
        order = self.sudo().order_id
        if order.b2b_submit_state != "waiting":
            raise UserError(self._b2b_decided_text())
        with order._b2b_unattended():
            order.action_confirm()
        return True


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_released(self, code, key=""):
        """A release that ended covers nothing any more."""
        hold = super()._b2b_released(code, key)
        today = fields.Date.context_today(self)
        return hold.filtered(lambda h: not h.release_until or h.release_until >= today)
