from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.base.models.res_partner import _tz_get

from .res_company_budget import RETURNS

# What the bookings made so far were reckoned with: fixed once there are any.
FIXED_ONCE_BOOKED = (
    "party_id",
    "party_group_id",
    "company_id",
    "currency_id",
    "tax_basis",
    "include_delivery",
    "use",
    "period",
    "date_from",
)
# What may let more orders count than before.
COUNTS_AGAIN = {
    "start_date",
    "seat_ids",
    "active",
    "amount",
    "category_ids",
    "returns",
}


class Budget(models.Model):
    _name = "b2b.budget"
    _description = "B2B Budget"
    _inherit = ("mail.thread", "mail.activity.mixin")
    _order = "party_id, name, id"
    _check_company_auto = True

    name = fields.Char(
        required=True,
        tracking=True,
        help="What the customer calls it: a shop, a cost centre, an event.",
    )
    active = fields.Boolean(
        default=True,
        tracking=True,
        help="An archived budget counts no new orders; what is booked stays.",
    )
    use = fields.Selection(
        [("limit", "Limit"), ("pot", "Pot")],
        required=True,
        default="limit",
        tracking=True,
        help="Limit: every matching order counts, in any number of limits. "
        "Pot (cost centre, event): an order counts in exactly one.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="Orders of this company count.",
    )
    seat_ids = fields.Many2many(
        "b2b.seat",
        "b2b_budget_seat_rel",
        "budget_id",
        "seat_id",
        "Seats",
        domain="[('party_id', '=', party_id)]",
        help="Only orders of these seats count. Empty: all orders of the party.",
    )
    max_order_amount = fields.Monetary(
        "Order maximum",
        tracking=True,
        help="The most that one order may come to. 0: no maximum.",
    )
    amount = fields.Monetary(
        tracking=True,
        help="The most that all orders of a period may come to. 0: no limit per "
        "period, only the order maximum holds.",
    )
    period = fields.Selection(
        [
            ("week", "Week"),
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("year", "Year"),
            ("one_off", "One-off"),
        ],
        required=True,
        default="month",
        tracking=True,
        help="How long the amount is for. Weeks start on Monday. An order counts in "
        "the period in which it was submitted, for ever.",
    )
    date_from = fields.Date("From", help="First day of a one-off budget.")
    date_to = fields.Date("To", help="Last day of a one-off budget. Empty: no end.")
    start_date = fields.Date(
        "Counts orders from",
        default=fields.Date.context_today,
        help="Orders submitted before this day do not count.",
    )
    action = fields.Selection(
        [("block", "Block"), ("warn", "Warn"), ("authorize", "Ask a supervisor")],
        "When exceeded",
        required=True,
        default="authorize",
        tracking=True,
        help="Block: the order is refused. Warn: the orderer takes note and the order "
        "goes on. Ask a supervisor: the order waits for a yes.",
    )
    supervisor_ids = fields.Many2many(
        "b2b.seat",
        "b2b_budget_supervisor_rel",
        "budget_id",
        "seat_id",
        "Supervisors",
        domain="[('party_id', '=', party_id)]",
        help="Seats that decide about orders above this budget. Empty: the supervisor "
        "of the seat, then the company's administrator.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Orders in another currency are converted at the rate of the day they "
        "were submitted, and keep that rate.",
    )
    tax_basis = fields.Selection(
        [("untaxed", "Excl. tax"), ("total", "Incl. tax")],
        "Tax basis",
        required=True,
        compute="_compute_tax_basis",
        store=True,
        readonly=False,
        precompute=True,
        help="What of an order counts: its total without or with tax, after discounts "
        "and points.",
    )
    include_delivery = fields.Boolean(
        default=True,
        help="Whether the cost of delivery counts. With product categories it counts "
        "only where delivery's own category is among them.",
    )
    returns = fields.Selection(
        RETURNS,
        "Given back by",
        tracking=True,
        help="What gives money back besides a cancelled or smaller order. Empty: as "
        "the company's settings say.",
    )
    category_ids = fields.Many2many(
        "product.category",
        "b2b_budget_category_rel",
        "budget_id",
        "category_id",
        "Product categories",
        help="Only lines with articles of these categories, or below them, count, with "
        "their share of discounts on the whole order. Empty: the whole order.",
    )
    tz = fields.Selection(
        _tz_get,
        "Time zone",
        required=True,
        compute="_compute_tz",
        store=True,
        readonly=False,
        precompute=True,
        help="The zone that decides on which day an order was submitted.",
    )
    period_ids = fields.One2many("b2b.budget.period", "budget_id", "Periods")
    entry_ids = fields.One2many("b2b.budget.entry", "budget_id", "Movements")

    used = fields.Monetary(
        "Booked", compute="_compute_figures", help="Confirmed orders of this period."
    )
    pending = fields.Monetary(
        "Waiting",
        compute="_compute_figures",
        help="Reserved for orders that wait for a decision.",
    )
    left = fields.Monetary(
        compute="_compute_figures", help="What may still be ordered in this period."
    )
    percent = fields.Float(
        "Used %",
        compute="_compute_figures",
        help="Booked and waiting orders of this period in % of the amount.",
    )
    period_label = fields.Char(
        "Current period", compute="_compute_figures", help="The period of today."
    )
    who = fields.Char(
        "Counts orders of", compute="_compute_who", help="Whose orders count."
    )
    entry_count = fields.Integer(
        compute="_compute_entry_count", help="Number of movements."
    )

    _amounts_positive = models.Constraint(
        "CHECK(amount >= 0 AND max_order_amount >= 0)",
        "Amounts of a budget cannot be negative.",
    )

    @api.depends("party_id", "company_id")
    def _compute_currency_id(self):
        for budget in self:
            budget.currency_id = (
                budget.currency_id
                or budget.party_id.b2b_currency_id
                or budget.company_id.currency_id
            )

    @api.depends("party_id")
    def _compute_tax_basis(self):
        for budget in self:
            budget.tax_basis = (
                budget.tax_basis or budget.party_id.b2b_limit_basis or "untaxed"
            )

    @api.depends("party_id", "company_id")
    def _compute_tz(self):
        for budget in self:
            budget.tz = (
                budget.tz
                or budget.party_id.tz
                or budget.company_id.partner_id.tz
                or "UTC"
            )

    @api.depends("amount", "period", "date_from", "date_to", "tz")
    def _compute_figures(self):
        statuses = self._b2b_statuses()
        for budget in self:
            status = statuses.get(budget.id) or {}
            for name in ("used", "pending", "left", "percent", "period_label"):
                budget[name] = status.get(name, False)

    @api.depends("seat_ids")
    def _compute_who(self):
        for budget in self:
            names = ", ".join(budget.sudo().seat_ids.person_id.mapped("name"))
            budget.who = names or self.env._("everybody")

    def _compute_entry_count(self):
        counts = dict(
            self.env["b2b.budget.entry"]._read_group(
                [("budget_id", "in", self.ids)], ["budget_id"], ["__count"]
            )
        )
        for budget in self:
            budget.entry_count = counts.get(budget, 0)

    # ------------------------------------------------------------ constraints

    @api.constrains("amount", "max_order_amount")
    def _check_amounts(self):
        for budget in self:
            if not (budget.amount or budget.max_order_amount):
                raise ValidationError(
                    self.env._(
                        "%s has neither an amount nor an order maximum; enter one. "
                        "To stop a seat's orders, suspend the seat.",
                        budget.name,
                    )
                )

    @api.constrains("name")
    def _check_name(self):
        if any(not budget.name.strip() for budget in self):
            raise ValidationError(self.env._("Enter a name for the budget."))

    @api.constrains("currency_id", "company_id")
    def _check_rate(self):
        for budget in self:
            budget.currency_id._b2b_check_rate(budget.company_id)

    @api.constrains("period", "date_from", "date_to")
    def _check_dates(self):
        for budget in self:
            if budget.period == "one_off" and not budget.date_from:
                raise ValidationError(
                    self.env._("%s is one-off; enter its first day.", budget.name)
                )
            if (
                budget.date_from
                and budget.date_to
                and budget.date_to < budget.date_from
            ):
                raise ValidationError(
                    self.env._("%s ends before it begins.", budget.name)
                )

    # ------------------------------------------------------------------- crud

    @api.model_create_multi
    def create(self, vals_list):
        budgets = super().create(vals_list)
        self.env.registry.clear_cache()
        budgets._b2b_open_periods()
        budgets._b2b_count_again()
        return budgets

    def write(self, vals):
        self._b2b_check_fixed(vals)
        result = super().write(vals)
        self.env.registry.clear_cache()
        if {"period", "date_from"} & vals.keys():
            self._b2b_close_unused_periods()
        if {"amount", "date_to"} & vals.keys():
            self.period_ids._b2b_follow_budget()
        if {"amount", "alert_percents", "active"} & vals.keys():
            self._b2b_check_alerts()
        if {"amount", "date_to", "period", "date_from", "active"} & vals.keys():
            self._b2b_open_periods()
        if COUNTS_AGAIN & vals.keys():
            self._b2b_count_again()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        for budget in self:
            if budget._b2b_is_booked():
                raise UserError(
                    self.env._(
                        "%s has movements and is kept for the record; archive it.",
                        budget.name,
                    )
                )

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _b2b_is_booked(self):
        self.env["b2b.budget.entry"].flush_model()
        return bool(
            self.env.execute_query(
                SQL(
                    "SELECT 1 FROM b2b_budget_entry WHERE budget_id IN %s LIMIT 1",
                    tuple(self.ids) or (0,),
                )
            )
        )

    @api.model
    def _b2b_fixed_fields(self):
        return set(FIXED_ONCE_BOOKED)

    def _b2b_check_fixed(self, vals):
        for name in FIXED_ONCE_BOOKED:
            if name not in vals:
                continue
            field = self._fields[name]
            for budget in self:
                new = field.convert_to_cache(vals[name], budget)
                old = field.convert_to_cache(budget[name], budget)
                if new != old and budget._b2b_is_booked():
                    raise UserError(
                        self.env._(
                            "%(field)s of %(budget)s cannot change, orders are booked "
                            "with it; archive this budget and make a new one.",
                            field=field.get_description(self.env)["string"],
                            budget=budget.name,
                        )
                    )

    def _b2b_supervisors(self):
        """Seats that supervise these budgets, found and read by one query."""
        if not self:
            return self.env["b2b.seat"]
        self.flush_model(["supervisor_ids"])
        listed = SQL(
            "(SELECT seat_id FROM b2b_budget_supervisor_rel WHERE budget_id IN %s)",
            tuple(self.ids),
        )
        return self.env["b2b.seat"].search_fetch([("id", "in", listed)])
