from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.exposure import LimitLine


class CreditLimit(models.Model):
    """One part of the limit of a credit account; those valid on a day add up."""

    _name = "b2b.credit.limit"
    _inherit = ("b2b.guarded.mixin", "b2b.audit.mixin")
    _description = "B2B Credit Limit"
    _order = "account_id, date_from, id"
    _rec_name = "kind"

    account_id = fields.Many2one(
        "b2b.credit.account",
        "Credit account",
        required=True,
        index=True,
        ondelete="cascade",
        help="The account this limit belongs to.",
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True)
    currency_id = fields.Many2one(related="account_id.currency_id")
    kind = fields.Selection(
        [("own", "Own"), ("insured", "Insured"), ("temporary", "Temporary")],
        required=True,
        default="own",
        help="Own: our own risk. Insured: covered by a credit insurer. Temporary: for "
        "a season or an event. All that are valid on a day add up.",
    )
    amount = fields.Monetary(
        required=True,
        help="Currency of the account, tax included. A limit of 0 means prepaid only.",
    )
    date_from = fields.Date(
        "From", help="First day. Empty: since ever.", default=fields.Date.context_today
    )
    date_to = fields.Date("To", help="Last day. Empty: until further notice.")
    reference = fields.Char(
        help="The document it rests on: number of the policy, minutes, a letter."
    )
    is_valid = fields.Boolean(
        "Valid today", compute="_compute_is_valid", help="Whether it counts today."
    )

    _not_negative = models.Constraint(
        "CHECK(amount >= 0)",
        "A credit limit is 0 (prepaid only) or more; delete the line to check no more.",
    )
    _dates = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day of a limit is before the first."
    )

    @api.depends("date_from", "date_to")
    def _compute_is_valid(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_valid = line._b2b_as_line().valid(today)

    def _b2b_as_line(self):
        self.ensure_one()
        return LimitLine(self.amount, self.date_from or None, self.date_to or None)

    @api.constrains("kind", "date_to")
    def _check_temporary_ends(self):
        for line in self:
            if line.kind == "temporary" and not line.date_to:
                raise ValidationError(
                    self.env._("A temporary limit needs a last day; enter one.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        ids = [vals["account_id"] for vals in vals_list if vals.get("account_id")]
        accounts = self.env["b2b.credit.account"].browse(sorted(set(ids)))
        before = accounts._b2b_limits_now()
        lines = super().create(vals_list)
        lines.account_id._b2b_limit_changed(before, lines)
        return lines

    def write(self, vals):
        if "account_id" in vals and any(
            line.account_id.id != vals["account_id"] for line in self
        ):
            raise ValidationError(
                self.env._("A limit stays with its account; delete it and enter a new.")
            )
        before = self.account_id._b2b_limits_now()
        result = super().write(vals)
        self.account_id._b2b_limit_changed(before, self)
        return result

    def unlink(self):
        accounts, words = self.account_id, self._b2b_words()
        before = accounts._b2b_limits_now()
        result = super().unlink()
        accounts._b2b_limit_changed(before, words=words)
        return result

    @api.model
    def _b2b_audited_fields(self):
        return ("amount", "kind", "date_from", "date_to", "reference")

    def _b2b_audit_party(self):
        return self.account_id.party_id

    def _b2b_audit_name(self):
        return f"{self.account_id.display_name} · {self._b2b_kind_word()}"

    def _b2b_kind_word(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _b2b_words(self):
        """Kind and document of these lines, for the ledger."""
        return ", ".join(
            " ".join(filter(None, (line._b2b_kind_word(), line.reference)))
            for line in self
        )
