from odoo import api, fields, models

from ..rules import conditions as rules


class OrderCondition(models.Model):
    """Minimum order, charges, discount steps and cost of delivery of whole orders.

    Of each kind the most specific condition counts: that of the agreement, of the
    party, of its party groups, of its customer group, of everyone. Kinds add up;
    of a charge below the minimum and one for small orders only the higher is taken.
    """

    _name = "b2b.order.condition"
    _description = "B2B Order Condition"
    _inherit = ["b2b.audit.mixin"]
    _order = "kind, sequence, id"
    _check_company_auto = True

    name = fields.Char(
        required=True,
        translate=True,
        help="As it stands on orders and invoices, for instance “Delivery”.",
    )
    kind = fields.Selection(
        [
            ("minimum", "Minimum order"),
            ("small_order", "Small-order charge"),
            ("discount", "Order discount"),
            ("delivery", "Delivery cost"),
        ],
        required=True,
        default="minimum",
        index=True,
        help="What the condition does. Of each kind one counts for an order.",
    )
    sequence = fields.Integer(
        default=10,
        help="Which one counts for a party that belongs to several party groups.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="The company of yours that sells under this condition.",
    )
    audience = fields.Selection(
        [
            ("agreement", "Agreement"),
            ("party", "Party"),
            ("party_group", "Party group"),
            ("customer_group", "Customer group"),
            ("everyone", "All trade customers"),
        ],
        compute="_compute_audience",
        store=True,
        help="For whom it counts; the first of this list that has one decides.",
    )
    party_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="Only for orders of this customer.",
    )
    party_group_id = fields.Many2one(
        "b2b.party.group",
        "Party group",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="For orders of the parties, addresses and seats of this group.",
    )
    customer_group_id = fields.Many2one(
        "b2b.customer.group",
        "Customer group",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="For orders of all clients of this group.",
    )
    agreement_id = fields.Many2one(
        "b2b.agreement",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Only for orders under this version of the agreement.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Of the amounts here; orders in other currencies are converted at their "
        "date.",
    )
    date_start = fields.Date("Valid from", help="First day; empty: at once.")
    date_end = fields.Date("Valid until", help="Last day; empty: without end.")
    threshold = fields.Monetary(
        "Net amount",
        help="Net of the goods that can be ordered: the minimum order, the amount "
        "below which a small order is charged, or from which delivery is free (0: it "
        "is never free). 0 for a minimum or a small-order charge: there is none, "
        "whatever holds for others.",
    )
    below = fields.Selection(
        [
            ("refuse", "Cannot be ordered"),
            ("check", "Waits for a sales manager"),
            ("charge", "Is charged"),
        ],
        required=True,
        default="refuse",
        help="What happens to an order below the minimum.",
    )
    charge = fields.Monetary(
        help="Excluding tax; its tax follows that of the goods. 0: nothing is charged."
    )
    replaces_carrier = fields.Boolean(
        "Instead of a carrier's price",
        help="Where a carrier was chosen for the order: ticked, this cost (or free "
        "delivery) takes the place of its price. Not ticked, the carrier's price "
        "stands and this condition does nothing. Never both.",
    )
    step_ids = fields.One2many(
        "b2b.order.condition.step",
        "condition_id",
        "Steps",
        copy=True,
        help="Which discount from which net amount of goods.",
    )
    audience_name = fields.Char(
        "Counts for", compute="_compute_audience_name", help="Whose orders get it."
    )
    terms_text = fields.Char(
        "Terms", compute="_compute_terms_text", help="The condition in one line."
    )

    _one_audience = models.Constraint(
        "CHECK(num_nonnulls(party_id, party_group_id, customer_group_id, agreement_id)"
        " <= 1)",
        "A condition is for one of agreement, party, party group or customer group; "
        "make another one for the second.",
    )

    # -- computed --

    @api.depends("party_id", "party_group_id", "customer_group_id", "agreement_id")
    def _compute_audience(self):
        for condition in self:
            condition.audience = next(
                (name for name in rules.AUDIENCES[:-1] if condition[f"{name}_id"]),
                "everyone",
            )

    @api.depends(
        "audience",
        "party_id.name",
        "party_group_id.name",
        "customer_group_id.name",
        "agreement_id.name",
        "agreement_id.party_id.name",
    )
    def _compute_audience_name(self):
        label = dict(self._fields["audience"]._description_selection(self.env))
        for condition in self:
            owner = condition.audience or "everyone"
            if owner == "everyone":
                condition.audience_name = label["everyone"]
                continue
            record = condition[f"{owner}_id"].with_context(b2b_with_owner=True)
            condition.audience_name = record.display_name

    @api.depends(
        "kind",
        "threshold",
        "below",
        "charge",
        "currency_id",
        "step_ids.amount_from",
        "step_ids.percent",
    )
    def _compute_terms_text(self):
        for condition in self:
            condition.terms_text = condition._b2b_terms_words()

    def _b2b_terms_words(self):
        """``12.50, free from 250.00``, for lists and the log."""
        self.ensure_one()
        _ = self.env._
        values = {
            "amount": self._b2b_amount(self.threshold),
            "charge": self._b2b_amount(self.charge),
        }
        if self.kind == "discount":
            return " · ".join(
                _(
                    "%(percent)s %% from %(amount)s",
                    percent=f"{step.percent:g}",
                    amount=self._b2b_amount(step.amount_from),
                )
                for step in self.step_ids.sorted("amount_from")
            )
        if self.kind == "delivery":
            if not self.charge:
                return _("free")
            if not self.threshold:
                return values["charge"]
            return _("%(charge)s, free from %(amount)s", **values)
        if not self.threshold:
            return _("none")
        if self.kind == "small_order" or self.below == "charge":
            return _("%(charge)s below %(amount)s", **values)
        if self.below == "check":
            return _("%(amount)s, else we check", **values)
        return values["amount"]

    def _b2b_amount(self, amount):
        return (self.currency_id or self.env.company.currency_id).format(amount)

    # -- the log --

    @api.model
    def _b2b_audited_fields(self):
        return (
            "name",
            "kind",
            "threshold",
            "below",
            "charge",
            "replaces_carrier",
            "step_ids",
            "currency_id",
            "party_id",
            "party_group_id",
            "customer_group_id",
            "agreement_id",
            "date_start",
            "date_end",
            "active",
        )

    def _b2b_audit_party(self):
        return self.party_id or self.agreement_id.party_id
