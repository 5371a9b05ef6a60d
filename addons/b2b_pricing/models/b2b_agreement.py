from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..rules.agreement import is_valid_on, overlap


class Agreement(models.Model):
    """Prices and terms agreed with one party, or with all of a customer group."""

    _name = "b2b.agreement"
    _description = "B2B Agreement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "party_id, customer_group_id, sequence, name, version desc"
    _check_company_auto = True
    _rec_names_search = ["name", "number", "party_id.name"]

    name = fields.Char(
        required=True,
        tracking=True,
        help="As both sides call it, for instance “30 days net”. The buyer sees it.",
    )
    number = fields.Char(
        readonly=True,
        copy=False,
        index=True,
        help="The same for all versions of an agreement.",
    )
    version = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        help="Terms of a running version are never changed: a new version replaces it.",
    )
    previous_id = fields.Many2one(
        "b2b.agreement",
        "Replaces",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The version before this one.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="The company of yours that sells under this agreement.",
    )
    party_id = fields.Many2one(
        "res.partner",
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        check_company=True,
        help="The customer with whom it was made. Either a party or a group.",
    )
    customer_group_id = fields.Many2one(
        "b2b.customer.group",
        "Customer group",
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="All clients of this group may use it. Either a party or a group.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        "Price list",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        context={"default_b2b_private": True},
        help="Prices of orders under this agreement. Empty: the party's own list, else "
        "that of its group, its segments, its country or the public one.",
    )
    currency_id = fields.Many2one(
        related="pricelist_id.currency_id", help="Currency of the price list."
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        "Payment term",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="When invoices are due. Empty: the payment term of the customer.",
    )
    prepayment_percent = fields.Float(
        "Paid in advance",
        tracking=True,
        help="Share of an order's total, tax included, that is paid before it is "
        "confirmed; 100 is prepaid, 0 is on account.",
    )
    fiscal_position_id = fields.Many2one(
        "account.fiscal.position",
        "Fiscal position",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Taxes of orders under this agreement, where it is marked and its "
        "document valid, for deliveries to the countries of the position; elsewhere "
        "the place of supply decides.",
    )
    incoterm_id = fields.Many2one(
        "account.incoterms",
        ondelete="restrict",
        tracking=True,
        help="Terms of shipment. Empty: those of the customer.",
    )
    incoterm_code = fields.Char(
        related="incoterm_id.code", store=True, help="Code of the terms of shipment."
    )
    date_start = fields.Date(
        "Valid from",
        tracking=True,
        copy=False,
        help="First day on which it can be used; empty: at once.",
    )
    date_end = fields.Date(
        "Valid until",
        tracking=True,
        copy=False,
        help="Last day on which it can be used; empty: until it is closed.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
        index=True,
        help="Only running agreements can be used by new orders.",
    )
    is_default = fields.Boolean(
        "Default",
        tracking=True,
        copy=False,
        help="New orders of the party get this agreement. One per party at a time.",
    )
    sequence = fields.Integer(default=10, help="Order in which the buyer sees them.")
    active = fields.Boolean(default=True)
    is_expired = fields.Boolean(
        compute="_compute_is_expired",
        search="_search_is_expired",
        help="The last day of validity is over.",
    )
    days_left = fields.Integer(
        compute="_compute_is_expired", help="Days until it ends, today not counted."
    )
    order_count = fields.Integer(
        compute="_compute_order_count", help="Orders under this very version."
    )
    version_ids = fields.Many2many(
        "b2b.agreement",
        compute="_compute_version_ids",
        string="Versions",
        help="All versions of this agreement, the newest first.",
    )
    b2b_fallback = fields.Selection(
        related="pricelist_id.b2b_fallback",
        help="Which price applies to a product for which the list has no rule.",
    )
    note = fields.Html("Internal note", help="For your team only.")

    _number_version_unique = models.Constraint(
        "UNIQUE(company_id, number, version)",
        "This agreement already has a version with that number.",
    )
    _prepayment_share = models.Constraint(
        "CHECK(prepayment_percent >= 0 AND prepayment_percent <= 100)",
        "What is paid in advance is a share of 0 to 100 per cent.",
    )
    _one_owner = models.Constraint(
        "CHECK((party_id IS NULL) <> (customer_group_id IS NULL))",
        "An agreement is made either with a party or with a customer group.",
    )

    # -- computed --

    @api.depends("name", "version")
    @api.depends_context("b2b_with_owner")
    def _compute_display_name(self):
        with_owner = self.env.context.get("b2b_with_owner")
        for agreement in self:
            owner = agreement.party_id.name or agreement.customer_group_id.name
            agreement.display_name = (
                f"{owner} · {agreement.name}"
                if with_owner and owner
                else agreement.name or ""
            )

    @api.depends("date_end")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            end = agreement.date_end
            agreement.is_expired = bool(end) and end < today
            agreement.days_left = max((end - today).days, 0) if end else 0

    def _search_is_expired(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        today = fields.Date.context_today(self)
        if next(iter(value)):
            return [("date_end", "<", today)]
        return ["|", ("date_end", "=", False), ("date_end", ">=", today)]

    def _compute_order_count(self):
        counts = dict(
            self.env["sale.order"]._read_group(
                [("b2b_agreement_id", "in", self.ids)],
                ["b2b_agreement_id"],
                ["__count"],
            )
        )
        for agreement in self:
            agreement.order_count = counts.get(agreement, 0)

    @api.depends("number", "company_id")
    def _compute_version_ids(self):
        for agreement in self:
            agreement.version_ids = agreement._b2b_versions()

    def _b2b_versions(self):
        """All versions of this agreement, the newest first."""
        return self.with_context(active_test=False).search(
            [("number", "=", self.number), ("company_id", "=", self.company_id.id)],
            order="version desc",
        )

    # -- what cannot be agreed --

    @api.constrains("party_id", "customer_group_id")
    def _check_owner(self):
        for agreement in self:
            party = agreement.party_id
            if party and party != party.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact; make the agreement with %(party)s.",
                        contact=party.display_name,
                        party=party.commercial_partner_id.name,
                    )
                )

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for agreement in self:
            start, end = agreement.date_start, agreement.date_end
            if start and end and end < start:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” ends on %(end)s, before it begins on %(start)s; "
                        "choose a later end.",
                        name=agreement.name,
                        end=self._b2b_day(end),
                        start=self._b2b_day(start),
                    )
                )

    @api.constrains("pricelist_id", "company_id")
    def _check_pricelist_company(self):
        for agreement in self:
            owner = agreement.pricelist_id.company_id
            if owner and owner != agreement.company_id:
                raise ValidationError(
                    self.env._(
                        "Price list %(list)s belongs to %(owner)s, the agreement to "
                        "%(company)s; choose a list of the same company.",
                        list=agreement.pricelist_id.name,
                        owner=owner.name,
                        company=agreement.company_id.name,
                    )
                )
            agreement.pricelist_id._b2b_check_rate(agreement.company_id)

    @api.constrains(
        "is_default",
        "state",
        "date_start",
        "date_end",
        "party_id",
        "customer_group_id",
        "company_id",
        "active",
    )
    def _check_one_default(self):
        for agreement in self.filtered(
            lambda a: a.is_default and a.state == "running" and a.active
        ):
            rivals = self.search(
                [
                    ("id", "!=", agreement.id),
                    ("is_default", "=", True),
                    ("state", "=", "running"),
                    ("company_id", "=", agreement.company_id.id),
                    ("party_id", "=", agreement.party_id.id),
                    ("customer_group_id", "=", agreement.customer_group_id.id),
                ]
            )
            for rival in rivals:
                if overlap(agreement._b2b_period(), rival._b2b_period()):
                    raise ValidationError(agreement._b2b_overlap_text(rival))

    def _b2b_period(self):
        return self.date_start or None, self.date_end or None

    def _b2b_overlap_text(self, rival):
        return self.env._(
            "%(owner)s has another default agreement at that time: “%(rival)s”, valid "
            "%(period)s. End it first, or take away the tick “Default” of one of them.",
            owner=self.party_id.name or self.customer_group_id.name,
            rival=rival.name,
            period=rival._b2b_period_text(),
        )

    def _b2b_day(self, day):
        """A date in the user's language, short."""
        return format_date(self.env, day, date_format="d MMM y")

    def _b2b_period_text(self):
        self.ensure_one()
        _ = self.env._
        start, end = self.date_start, self.date_end
        if start and end:
            return _(
                "%(start)s to %(end)s",
                start=self._b2b_day(start),
                end=self._b2b_day(end),
            )
        if end:
            return _("until %s", self._b2b_day(end))
        if start:
            return _("from %s on", self._b2b_day(start))
        return _("without end")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: orders that this user may not see count as well.
        used = (
            self.env["sale.order"]
            .sudo()
            ._read_group(
                [("b2b_agreement_id", "in", self.ids)],
                ["b2b_agreement_id"],
                ["__count"],
            )
        )
        for agreement, count in used:
            raise UserError(
                self.env._(
                    "“%(name)s” is used by %(count)s orders; close or archive it "
                    "instead of deleting it.",
                    name=agreement.name,
                    count=count,
                )
            )

    # -- use --

    def _b2b_valid_on(self, day):
        """Whether a day lies in the validity of the agreement."""
        self.ensure_one()
        return is_valid_on(day, *self._b2b_period())

    def _b2b_belongs_to(self, party):
        """Whether a party may use the agreement: its own or that of its group."""
        self.ensure_one()
        party = party.sudo().commercial_partner_id
        if self.party_id:
            return self.party_id == party
        return self.customer_group_id == party.b2b_customer_group_id

    @api.model
    def default_get(self, fields):
        """A new agreement is a draft, also from a column of running ones."""
        if not self.env.su and not self.env.user._is_internal():
            self.check_access("create")
        values = super().default_get(fields)
        if "state" in values:
            values["state"] = "draft"
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("number"):
                company = vals.get("company_id") or self.env.company.id
                vals["number"] = (
                    self.env["ir.sequence"]
                    .with_company(company)
                    .next_by_code("b2b.agreement")
                )
        agreements = super().create(vals_list)
        agreements.pricelist_id._b2b_mark_private()
        return agreements
