from odoo import api, fields, models
from odoo.exceptions import ValidationError

STAFF = "base.group_user"


class ResPartner(models.Model):
    """Which delivery methods a party uses, and the end customers it ships to."""

    _inherit = "res.partner"

    b2b_method_ids = fields.Many2many(
        "delivery.carrier",
        "b2b_partner_method_rel",
        "partner_id",
        "carrier_id",
        "Only these methods",
        groups=STAFF,
        copy=False,
        help="Binds this party to some delivery methods. Empty: all that are for it.",
    )
    b2b_method_table = fields.Html(
        "Delivery methods",
        compute="_compute_b2b_method_table",
        groups=STAFF,
        sanitize=False,
        help="Which methods orders of this party may use, and why not.",
    )
    b2b_end_customer = fields.Boolean(
        "End customer",
        copy=False,
        groups=STAFF,
        help="A customer of this party to whom we ship for it: the slip has no prices "
        "and names the party as sender. Gets no mail from us.",
    )

    @api.depends_context("lang", "company", "uid")
    @api.depends("b2b_method_ids", "b2b_customer_group_id")
    def _compute_b2b_method_table(self):
        carriers = self.env["delivery.carrier"]
        if not carriers.has_access("read"):
            self.b2b_method_table = False
            return
        company = self.env.company
        known = carriers.search(carriers._check_company_domain(company))
        for partner in self:
            partner.b2b_method_table = self.env["ir.qweb"]._render(
                "b2b_delivery.method_table", {"rows": partner._b2b_method_rows(known)}
            )

    def _b2b_method_rows(self, carriers):
        """``[(method, may, why)]`` for the usual place of delivery."""
        # sudo: where an order of the party would go; only a yes or no comes out.
        party = self.sudo().commercial_partner_id
        place = party.b2b_default_delivery_id or party
        buyer = carriers._b2b_buyer(party, place, self.env.company)
        rows = []
        for carrier in carriers:
            code = carrier._b2b_party_refusal(buyer)
            rows.append((carrier, not code, carrier._b2b_refusal_text(code)))
        return rows

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if any(vals.get("b2b_method_ids") for vals in vals_list):
            self.env.registry.clear_cache()
        return partners

    def write(self, vals):
        result = super().write(vals)
        if "b2b_method_ids" in vals:
            self.env.registry.clear_cache()
        return result

    @api.constrains("b2b_end_customer", "email", "type", "parent_id")
    def _check_b2b_end_customer(self):
        for partner in self.sudo().filtered("b2b_end_customer"):
            if partner.email:
                raise ValidationError(
                    self.env._(
                        "%s is an end customer of a party and gets no mail from us; "
                        "leave the e-mail address out.",
                        partner.name,
                    )
                )
            if partner.type != "other" or not partner.parent_id:
                raise ValidationError(
                    self.env._(
                        "%s is an end customer: make it an “other” address of the "
                        "party that ships to it.",
                        partner.name,
                    )
                )
