from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from ..rules import points as rules


class LoyaltyProgram(models.Model):
    """Who earns points, how many, and what a point is worth."""

    _name = "b2b.loyalty.program"
    _description = "B2B Loyalty Program"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(
        required=True, translate=True, tracking=True, help="Shown to customers."
    )
    sequence = fields.Integer(
        default=10, help="An order takes part in the first program that fits."
    )
    active = fields.Boolean(
        default=True, help="Archived: new orders earn nothing, accounts stay."
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.company,
        help="Orders of this company take part.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        tracking=True,
        default=lambda self: self.env.company.currency_id,
        help="Orders in other currencies are converted at the rate of their date.",
    )
    points = fields.Integer(
        default=1, required=True, tracking=True, help="Points for each amount beside."
    )
    per_amount = fields.Monetary(
        "For each",
        default=1.0,
        required=True,
        tracking=True,
        help="Amount of goods that earns the points beside: lines after discounts, "
        "without delivery charges, excluding or including tax.",
    )
    granted = fields.Selection(
        [
            ("confirmed", "When confirmed"),
            ("delivered", "When delivered"),
            ("invoiced", "When invoiced"),
            ("paid", "When paid"),
        ],
        default="invoiced",
        required=True,
        tracking=True,
        help="Points are pending from confirmation until they are granted.",
    )
    customer_types = fields.Selection(
        [("all", "All customers"), ("trade", "Trade"), ("retail", "Retail")],
        string="Customers",
        default="trade",
        required=True,
        tracking=True,
        help="Who takes part.",
    )
    customer_group_ids = fields.Many2many(
        "b2b.customer.group",
        "b2b_loyalty_program_group_rel",
        "program_id",
        "group_id",
        "Customer groups",
        check_company=True,
        help="Only customers of these groups take part; none: all groups.",
    )
    segment_ids = fields.Many2many(
        "b2b.party.segment",
        "b2b_loyalty_program_segment_rel",
        "program_id",
        "segment_id",
        "Segments",
        check_company=True,
        help="Only customers of these segments take part; none: all.",
    )
    without_term_ids = fields.Many2many(
        "account.payment.term",
        "b2b_loyalty_program_term_rel",
        "program_id",
        "term_id",
        "Terms that earn nothing",
        check_company=True,
        help="Orders with these payment terms do not take part.",
    )
    date_from = fields.Date("Starts", tracking=True, help="First day of orders.")
    date_to = fields.Date("Ends", tracking=True, help="Last day of orders.")
    weight_ids = fields.One2many(
        "b2b.loyalty.weight",
        "program_id",
        "Weights",
        copy=True,
        help="Factors on what a line earns. All that fit multiply.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Gets a task when the nightly check of the ledger finds a difference.",
    )
    account_ids = fields.One2many(
        "b2b.loyalty.account", "program_id", "Accounts", help="One for each party."
    )
    account_count = fields.Integer(
        compute="_compute_totals", help="Parties with an account."
    )
    balance = fields.Integer(
        "Granted points", compute="_compute_totals", help="All accounts together."
    )
    pending = fields.Integer(
        "Pending points", compute="_compute_totals", help="All accounts together."
    )
    liability = fields.Monetary(
        compute="_compute_totals",
        help="Granted points of all accounts, valued; accounts below zero count as 0.",
    )

    _points_positive = models.Constraint(
        "CHECK(points BETWEEN 1 AND 1000000 AND per_amount > 0)",
        "A program gives 1 to 1,000,000 points for an amount above zero.",
    )
    _dates = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A program starts before it ends.",
    )

    @api.depends("account_ids.balance", "account_ids.pending", "account_ids.liability")
    def _compute_totals(self):
        groups = self.env["b2b.loyalty.account"]._read_group(
            [("program_id", "in", self.ids)],
            ["program_id"],
            ["__count", "balance:sum", "pending:sum", "liability:sum"],
        )
        totals = {program: sums for program, *sums in groups}
        for program in self:
            (
                program.account_count,
                program.balance,
                program.pending,
                program.liability,
            ) = totals.get(program, (0, 0, 0, 0.0))

    @api.constrains("currency_id", "company_id")
    def _check_currency(self):
        for program in self:
            currency = program.currency_id
            if currency != program.company_id.currency_id and not currency.rate_ids:
                raise ValidationError(
                    self.env._(
                        "%(currency)s has no exchange rate; enter one before "
                        "%(program)s can use it.",
                        currency=currency.name,
                        program=program.name,
                    )
                )

    def write(self, vals):
        if vals.keys() & {"company_id", "currency_id"}:
            for program in self.filtered("account_ids"):
                changed = any(
                    program[name].id != vals[name]
                    for name in ("company_id", "currency_id")
                    if name in vals
                )
                if changed:
                    raise UserError(
                        self.env._(
                            "%s has accounts already; company and currency stay. "
                            "End it and start another program.",
                            program.name,
                        )
                    )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def action_open_accounts(self):
        """Open the accounts of this program."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accounts of %s", self.name),
            "res_model": "b2b.loyalty.account",
            "view_mode": "list,form",
            "domain": [("program_id", "=", self.id)],
        }

    def _b2b_granted_text(self):
        """When points become the buyer's, in words that follow a number of points."""
        _ = self.env._
        return {
            "confirmed": _("yours when the order is confirmed"),
            "delivered": _("yours when delivered"),
            "invoiced": _("yours when invoiced"),
            "paid": _("yours when paid"),
        }.get(self.granted, "")

    # -- facts for the rules ---------------------------------------------------------

    @api.model
    def _b2b_for_party(self, party, company, date):
        """The program that an order of this party on this day takes part in.

        :return: b2b.loyalty.program (sudo), empty when none fits
        """
        found = rules.first_fitting(
            self._b2b_facts(company.id), self._b2b_buyer(party, company=company), date
        )
        return self.sudo().browse(found.id if found else [])

    @api.model
    def _b2b_buyer(self, party, order=None, company=None):
        """What programs and weights may ask about a party, and about its order."""
        party = party.sudo().commercial_partner_id
        company = company or (order and order.company_id) or self.env.company
        facts = self._b2b_facts(company.id)
        asked = any(fact.by_segment for fact in facts)
        paid = order and any(fact.without_method_ids for fact in facts)
        return rules.Buyer(
            party.b2b_customer_type or None,
            party.b2b_customer_group_id.id or None,
            frozenset(party.b2b_segment_ids.ids if asked else ()),
            order.b2b_channel_id.id or None if order else None,
            order.payment_term_id.id or None if order else None,
            frozenset(order._b2b_loyalty_methods().ids if paid else ()),
        )

    @api.model
    @ormcache("company_id")
    def _b2b_facts(self, company_id):
        """All programs of a company as the rules know them, archived ones included.

        Cached: every cart and order asks, they change a few times a year.
        """
        programs = self.sudo().with_context(lang=None, active_test=False)
        programs = programs.search([("company_id", "=", company_id)])
        return tuple(program._b2b_as_rule() for program in programs)

    def _b2b_as_rule(self):
        digits = self.currency_id.decimal_places
        amount = rules.decimal(self.per_amount, digits)
        return rules.Program(
            id=self.id,
            terms=rules.Terms(self.points, amount, digits, self.rounding),
            currency_id=self.currency_id.id,
            weights=tuple(
                rules.Weight(
                    id=weight.id,
                    name=weight.name,
                    factor=rules.decimal(weight.factor, 3),
                    customer_type=weight.customer_type or None,
                    group_id=weight.customer_group_id.id or None,
                    category_id=weight.category_id.id or None,
                    segment_id=weight.segment_id.id or None,
                    channel_id=weight.channel_id.id or None,
                    product_id=weight.product_tmpl_id.id or None,
                )
                for weight in self.weight_ids
            ),
            active=self.active,
            customer_types=self.customer_types,
            group_ids=frozenset(self.customer_group_ids.ids),
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            segment_ids=frozenset(self.segment_ids.ids),
            without_term_ids=frozenset(self.without_term_ids.ids),
            without_method_ids=frozenset(self.without_method_ids.ids),
            granted=self.granted,
            basis=self.basis,
            imports=self.imports_earn,
        )

    @api.model_create_multi
    def create(self, vals_list):
        programs = super().create(vals_list)
        self.env.registry.clear_cache()
        return programs

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _b2b_report_drift(self, texts):
        """One open task for the responsible, however many nights it lasts."""
        self._b2b_task(self.env._("Points do not add up"), "\n".join(texts))

    def _b2b_task(self, summary, note):
        """A task for the responsible; one that is open already is written anew."""
        self.ensure_one()
        known = self.activity_ids.filtered(lambda a: a.summary == summary)
        known.unlink()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=note,
            user_id=(self.user_id or self.env.ref("base.user_admin")).id,
        )
