from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ChannelTerms(models.Model):
    """What a party agreed for orders by one sales channel.

    They stand between the agreement, which overrules them, and the party's own
    payment term and fiscal position, which they overrule.
    """

    _name = "b2b.channel.terms"
    _description = "B2B Channel Terms"
    _inherit = ["b2b.audit.mixin", "b2b.guarded.mixin", "b2b.tax.mark.mixin"]
    _order = "party_id, channel_id, company_id"
    _rec_name = "channel_id"
    _check_company_auto = True

    party_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        help="The company that buys.",
    )
    channel_id = fields.Many2one(
        "b2b.sales.channel",
        "Sales channel",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', 'in', (False, company_id))]",
        help="Orders by this channel get these terms.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        help="The company of yours that sells.",
    )
    own_partner_id = fields.Many2one(related="company_id.partner_id")
    payment_term_id = fields.Many2one(
        "account.payment.term",
        "Payment term",
        ondelete="restrict",
        check_company=True,
        help="When invoices are due. Empty: the payment term of the party.",
    )
    fiscal_position_id = fields.Many2one(
        "account.fiscal.position",
        "Fiscal position",
        ondelete="restrict",
        check_company=True,
        help="Taxation of orders by this channel, where it is marked and its document "
        "valid, for deliveries to the countries of the position; elsewhere the place "
        "of supply decides.",
    )
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        "Bank account",
        ondelete="restrict",
        domain="[('partner_id', '=', own_partner_id), "
        "('company_id', 'in', (False, company_id))]",
        help="Our account to which invoices of this channel are paid; printed on them.",
    )
    account_ref = fields.Char(
        "Account there",
        help="Number or name of the party at this channel, for instance its account "
        "on the marketplace.",
    )

    _unique_terms = models.Constraint(
        "UNIQUE(party_id, channel_id, company_id)",
        "This party already has terms for that channel; change those.",
    )

    @api.depends("party_id", "channel_id")
    def _compute_display_name(self):
        for terms in self:
            names = terms.party_id.name, terms.channel_id.name
            terms.display_name = " · ".join(filter(None, names))

    @api.constrains("party_id")
    def _check_party(self):
        for terms in self:
            company = terms.party_id.commercial_partner_id
            if terms.party_id != company:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact; set the channel terms on "
                        "%(company)s.",
                        contact=terms.party_id.name or terms.party_id.display_name,
                        company=company.name,
                    )
                )

    @api.constrains("bank_account_id", "company_id")
    def _check_bank_account(self):
        for terms in self.filtered("bank_account_id"):
            # sudo: whose account it is must be known, whoever sets the terms.
            account, company = terms.sudo().bank_account_id, terms.company_id
            if account.partner_id != company.partner_id or (
                account.company_id and account.company_id != company
            ):
                raise ValidationError(
                    self.env._(
                        "Bank account %(account)s is not one of %(company)s; customers "
                        "pay to your own accounts only.",
                        account=account.acc_number,
                        company=company.name,
                    )
                )

    @api.constrains("channel_id", "company_id")
    def _check_channel_company(self):
        for terms in self:
            owner = terms.channel_id.company_id
            if owner and owner != terms.company_id:
                raise ValidationError(
                    self.env._(
                        "Channel %(channel)s belongs to %(owner)s, the terms to "
                        "%(company)s; choose a channel of the same company.",
                        channel=terms.channel_id.name,
                        owner=owner.name,
                        company=terms.company_id.name,
                    )
                )

    @api.model
    def _b2b_audited_fields(self):
        return (
            "channel_id",
            "payment_term_id",
            "fiscal_position_id",
            "b2b_tax_mark",
            "b2b_tax_document_name",
            "b2b_tax_valid_until",
            "bank_account_id",
            "account_ref",
        )

    def _b2b_audit_party(self):
        return self.party_id

    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        found._b2b_note_marketplaces()
        return found

    def write(self, vals):
        result = super().write(vals)
        if "channel_id" in vals:
            self._b2b_note_marketplaces()
        return result

    def _b2b_note_marketplaces(self):
        """Terms for a marketplace say that the party buys there."""
        # sudo: it follows from the terms, which this user may write.
        markets = self.env["b2b.marketplace"].sudo()
        markets = markets.search([("channel_id", "in", self.channel_id.ids)])
        for market in markets:
            parties = self.filtered(lambda t, m=market: t.channel_id == m.channel_id)
            missing = parties.party_id - market.partner_ids
            if missing:
                market.partner_ids = [(4, party.id) for party in missing]
