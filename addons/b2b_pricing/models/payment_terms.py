from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..rules import payment

#: Whether invoices may be paid later; empty leaves it to the next level.
ON_ACCOUNT = [(payment.YES, "Allowed"), (payment.NO, "Not allowed")]
STAFF = "base.group_user"


class Agreement(models.Model):
    """How orders under an agreement may be paid."""

    _inherit = "b2b.agreement"

    payment_method_ids = fields.Many2many(
        "payment.method",
        "b2b_agreement_payment_method_rel",
        "agreement_id",
        "method_id",
        "Payment methods",
        domain="[('is_primary', '=', True)]",
        help="Only these methods are offered for orders under this agreement, and "
        "others are refused. Empty: those of the party, else of its group, else all.",
    )
    on_account = fields.Selection(
        ON_ACCOUNT,
        "On account",
        tracking=True,
        help="Whether orders under this agreement may be paid after the invoice. Not "
        "allowed: they wait until they are paid. Empty: as the party or its group.",
    )

    @api.model
    def _b2b_terms(self):
        return super()._b2b_terms() | {"payment_method_ids", "on_account"}

    @api.model
    def _b2b_audited_fields(self):
        return (*super()._b2b_audited_fields(), "payment_method_ids", "on_account")

    @api.model
    def _b2b_compared_terms(self):
        return (*super()._b2b_compared_terms(), "payment_method_ids", "on_account")

    def write(self, vals):
        result = super().write(vals)
        if {"payment_method_ids", "on_account"} & vals.keys():
            self.env.registry.clear_cache()
        if {"payment_method_ids", "on_account", "prepayment_percent"} & vals.keys():
            domain = [("b2b_agreement_id", "in", self.ids)]
            self.env["sale.order"]._b2b_follow_terms(domain)
        return result

    @api.constrains("on_account", "prepayment_percent")
    def _check_on_account(self):
        for agreement in self:
            if agreement.on_account == payment.YES and (
                agreement.prepayment_percent >= 100
            ):
                raise ValidationError(
                    self.env._(
                        "“%s” is paid 100 %% in advance and allows orders on account; "
                        "change one of both.",
                        agreement.name,
                    )
                )


class CustomerGroup(models.Model):
    """How the clients of a group may pay."""

    _inherit = "b2b.customer.group"

    payment_method_ids = fields.Many2many(
        "payment.method",
        "b2b_customer_group_payment_method_rel",
        "group_id",
        "method_id",
        "Payment methods",
        domain="[('is_primary', '=', True)]",
        help="Only these methods are offered to clients of this group whose agreement "
        "and own settings name none. Empty: all.",
    )
    on_account = fields.Selection(
        ON_ACCOUNT,
        "On account",
        help="Whether clients of this group may pay after the invoice. Not allowed: "
        "their orders wait until they are paid. Agreement and party may say otherwise. "
        "Empty: allowed.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"payment_method_ids", "on_account"} & vals.keys():
            self.env.registry.clear_cache()
        if {"payment_method_ids", "on_account"} & vals.keys():
            domain = [("b2b_party_id.b2b_customer_group_id", "in", self.ids)]
            self.env["sale.order"]._b2b_follow_terms(domain)
        return result


class ResPartner(models.Model):
    """How a party may pay; set on the company, contacts follow it."""

    _inherit = "res.partner"

    b2b_payment_method_ids = fields.Many2many(
        "payment.method",
        "b2b_partner_payment_method_rel",
        "partner_id",
        "method_id",
        "Payment methods",
        domain="[('is_primary', '=', True)]",
        copy=False,
        groups=STAFF,
        help="Only these methods are offered to this party, unless its agreement "
        "names some. Empty: those of its group, else all.",
    )
    b2b_on_account = fields.Selection(
        ON_ACCOUNT,
        "On account",
        copy=False,
        groups=STAFF,
        help="Whether this party may pay after the invoice. Not allowed: its orders "
        "wait until they are paid. An agreement may say otherwise. Empty: as its "
        "group.",
    )

    @api.model
    def _b2b_audited_fields(self):
        own = ("b2b_payment_method_ids", "b2b_on_account")
        return (*super()._b2b_audited_fields(), *own)

    @api.model
    def _b2b_kept_on_company(self):
        own = {"b2b_payment_method_ids", "b2b_on_account"}
        return super()._b2b_kept_on_company() | own

    def _b2b_payment_key(self, agreement=None):
        """Ids of the three who may say how this party pays; 0 for nobody."""
        party = self.sudo().commercial_partner_id
        group = party.b2b_customer_group_id
        return agreement.id if agreement else 0, party.id, group.id or 0

    def _b2b_allowed_method_ids(self, agreement=None):
        """Ids of the methods this party may pay with; None where all are allowed."""
        if self.sudo().commercial_partner_id.b2b_customer_type != "trade":
            return None
        return self._b2b_allowed_methods(*self._b2b_payment_key(agreement))

    def _b2b_may_on_account(self, agreement=None):
        """Whether this party may pay after the invoice."""
        return self._b2b_on_account_allowed(*self._b2b_payment_key(agreement))

    # Asked for each order on each page, and changed a few times a year.

    @api.model
    def _b2b_payment_records(self, agreement_id, party_id, group_id):
        """``[(record, prefix of its fields)]``, with lifted rights."""
        # sudo: a customer may know how he pays, not where it is written.
        # Methods that are switched off at the moment still limit.
        env = self.sudo().with_context(active_test=False).env
        return [
            (env["b2b.agreement"].browse(agreement_id or []), ""),
            (env["res.partner"].browse(party_id or []), "b2b_"),
            (env["b2b.customer.group"].browse(group_id or []), ""),
        ]

    @api.model
    @tools.ormcache("agreement_id", "party_id", "group_id")
    def _b2b_allowed_methods(self, agreement_id, party_id, group_id):
        records = self._b2b_payment_records(agreement_id, party_id, group_id)
        return payment.allowed_methods(
            record[f"{prefix}payment_method_ids"]._ids for record, prefix in records
        )

    @api.model
    @tools.ormcache("agreement_id", "party_id", "group_id")
    def _b2b_on_account_allowed(self, agreement_id, party_id, group_id):
        records = self._b2b_payment_records(agreement_id, party_id, group_id)
        return payment.on_account(
            record[f"{prefix}on_account"] for record, prefix in records
        )

    def write(self, vals):
        result = super().write(vals)
        if {"b2b_payment_method_ids", "b2b_on_account"} & vals.keys():
            self.env.registry.clear_cache()
        if {"b2b_payment_method_ids", "b2b_on_account"} & vals.keys():
            domain = [("b2b_party_id", "in", self.commercial_partner_id.ids)]
            self.env["sale.order"]._b2b_follow_terms(domain)
        return result
