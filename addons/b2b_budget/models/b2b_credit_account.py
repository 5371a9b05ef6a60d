from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

COUNTERS = {"confirmed", "waiting"}
# Not a key of the Odoo context: callers could send it and leave no trace.
_in_one_change = ContextVar("b2b_credit_one_change", default=False)
FIXED = ("company_id", "party_id", "party_group_id", "currency_id")


class CreditAccount(models.Model):
    """How much a party, or all parties of a group together, may owe us.

    The row is also the counter that every confirmation contends for: see
    ``b2b_credit_counter.py``.
    """

    _name = "b2b.credit.account"
    _description = "B2B Credit Account"
    _inherit = ("b2b.guarded.mixin", "mail.thread", "mail.activity.mixin")
    _order = "id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="Orders and invoices of this company count.",
    )
    party_id = fields.Many2one(
        "res.partner",
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        help="Who pays. Invoices to this party and all its addresses count.",
    )
    party_group_id = fields.Many2one(
        "b2b.party.group",
        "Party group",
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="All parties of the group share this account, on the days they belong to "
        "it. A party's own account counts besides.",
    )
    active = fields.Boolean(
        default=True,
        tracking=True,
        help="An archived account checks nothing; its movements stay.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Limits are in this currency. Orders keep the rate of the day they were "
        "booked, open invoices are valued at the rate of today.",
    )
    action = fields.Selection(
        [("block", "Block"), ("hold", "Hold"), ("warn", "Warn")],
        "Above the limit",
        required=True,
        tracking=True,
        default=lambda self: self.env.company.b2b_credit_action,
        help="Block: the order is refused. Hold: it waits for the credit team. Warn: "
        "the orderer takes note and the order goes on.",
    )
    overdue_action = fields.Selection(
        [("none", "Nothing"), ("warn", "Warn"), ("hold", "Hold"), ("block", "Block")],
        "When overdue",
        required=True,
        tracking=True,
        default=lambda self: self.env.company.b2b_credit_overdue_action,
        help="What happens to a new order while invoices are overdue for longer than "
        "the days of grace. Disputed invoices do not count.",
    )
    overdue_days = fields.Integer(
        "Days of grace",
        tracking=True,
        default=lambda self: self.env.company.b2b_credit_overdue_days,
        help="Days after the due date before an invoice counts as overdue here.",
    )
    overdue_ignored = fields.Monetary(
        "Ignored up to",
        tracking=True,
        default=lambda self: self.env.company.b2b_credit_overdue_ignored,
        help="Overdue sums up to this amount stop nothing.",
    )
    limit_ids = fields.One2many(
        "b2b.credit.limit",
        "account_id",
        "Limits",
        copy=False,
        help="Those valid today add up. No line: credit is not checked. One line of "
        "0: prepaid only.",
    )
    confirmed = fields.Monetary(
        "Confirmed, not invoiced",
        readonly=True,
        copy=False,
        help="Confirmed orders as far as no invoice exists, tax included.",
    )
    waiting = fields.Monetary(
        readonly=True,
        copy=False,
        help="Reserved for orders that wait for a decision.",
    )
    entry_ids = fields.One2many("b2b.credit.entry", "account_id", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Credit controller",
        domain="[('share', '=', False)]",
        tracking=True,
        help="Is told when an order waits for credit. Empty: everybody with the role.",
    )
    note = fields.Text(help="For the credit team: securities, agreements, insurer.")

    _one_owner = models.Constraint(
        "CHECK((party_id IS NULL) != (party_group_id IS NULL))",
        "A credit account belongs either to a party or to a party group.",
    )
    _days_positive = models.Constraint(
        "CHECK(overdue_days >= 0 AND overdue_ignored >= 0)",
        "Days of grace and the ignored sum cannot be below zero.",
    )
    _party_unique = models.UniqueIndex(
        "(company_id, party_id) WHERE party_id IS NOT NULL",
        "This party already has a credit account in this company.",
    )
    _group_unique = models.UniqueIndex(
        "(company_id, party_group_id) WHERE party_group_id IS NOT NULL",
        "This party group already has a credit account in this company.",
    )

    @api.depends("party_id", "party_group_id")
    def _compute_display_name(self):
        for account in self:
            owner = account.sudo().party_id or account.sudo().party_group_id
            account.display_name = owner.name or self.env._("Credit account")

    @api.model
    def _search_display_name(self, operator, value):
        parties = [("party_id.display_name", operator, value)]
        groups = [("party_group_id.name", operator, value)]
        return ["|", *parties, *groups]

    @api.depends("party_id", "company_id")
    def _compute_currency_id(self):
        for account in self:
            own = account.sudo().party_id.b2b_currency_id
            account.currency_id = (
                account.currency_id or own or account.company_id.currency_id
            )

    @api.constrains("currency_id", "company_id")
    def _check_rate(self):
        for account in self:
            account.currency_id._b2b_check_rate(account.company_id)

    @api.constrains("party_id")
    def _check_party(self):
        for account in self.sudo():
            party = account.party_id
            if party and party != party.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(address)s is an address; the credit account belongs to "
                        "%(party)s.",
                        address=party.display_name,
                        party=party.commercial_partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if any(vals.get(name) for name in COUNTERS):
                raise UserError(self._b2b_counter_text())
        nothing = dict.fromkeys(COUNTERS, 0.0)
        accounts = super().create([{**vals, **nothing} for vals in vals_list])
        self.env.registry.clear_cache()
        accounts._b2b_sync_orders(permitted="before")
        return accounts

    def write(self, vals):
        if COUNTERS & vals.keys():
            raise UserError(self._b2b_counter_text())
        fixed = [name for name in FIXED if name in vals]
        for account in self if fixed else ():
            changed = any(account[name].id != (vals[name] or False) for name in fixed)
            if changed and account.sudo().entry_ids:
                raise UserError(
                    self.env._(
                        "%s has movements: company, owner and currency are fixed. "
                        "Archive it and open a new account.",
                        account.display_name,
                    )
                )
        result = super().write(vals)
        self.env.registry.clear_cache()
        if {"active", *FIXED} & vals.keys():
            self._b2b_sync_orders(permitted="before")
        return result

    def unlink(self):
        if self.sudo().entry_ids.filtered("order_id"):
            raise UserError(
                self.env._(
                    "A credit account with movements is kept for the record; archive "
                    "it instead."
                )
            )
        self.env["b2b.credit.entry"].sudo()._b2b_drop_limit_rows(self)
        self.env.registry.clear_cache()
        return super().unlink()

    def _b2b_counter_text(self):
        return self.env._("The counters of a credit account move by its orders only.")

    # ----------------------------------------------------------------- limits

    def _b2b_limits_now(self):
        """{account id: limit of today, or None when it is not checked}."""
        figures = self.sudo()._b2b_exposures(fresh=True)
        return {account.id: figures[account.id].limit for account in self}

    def _b2b_limit_changed(self, before, lines=None, words=None):
        """Note a changed limit in the ledger, and make everybody else notice.

        :param dict before: what :meth:`_b2b_limits_now` said before the change
        """
        if _in_one_change.get():
            return
        if words is None:
            words = lines._b2b_words() if lines else ""
        self._b2b_touch_rows()
        after = self._b2b_limits_now()
        self.env["b2b.credit.entry"].sudo()._b2b_append_limits(
            [
                (account, before.get(account.id), after[account.id], words)
                for account in self.sudo()
                if before.get(account.id) != after[account.id]
            ]
        )

    @contextmanager
    def _b2b_one_change(self, words):
        """Within it several lines change, and the ledger says it once.

        :param str words: document of the new limit
        """
        before, token = self._b2b_limits_now(), _in_one_change.set(True)
        try:
            yield
        finally:
            _in_one_change.reset(token)
        self._b2b_limit_changed(before, words=words)
