from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import escape_psql


class ProductCode(models.Model):
    """The number and name under which a party knows one of our products."""

    _name = "b2b.product.code"
    _description = "B2B Product Code"
    _order = "party_id, code"
    _rec_name = "code"
    _check_company_auto = True

    party_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="Whose number this is.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('sale_ok', '=', True)]",
        help="Our product.",
    )
    code = fields.Char(
        "Own code", required=True, help="As the party writes it on its orders."
    )
    name = fields.Char(
        "Own name", help="How the party calls the product; may be empty."
    )
    company_id = fields.Many2one(
        related="party_id.company_id",
        store=True,
        index=True,
        help="The company of the party.",
    )

    _party_code_unique = models.UniqueIndex(
        "(party_id, lower(code))",
        "This party already uses that code for another product.",
    )
    _party_product_unique = models.Constraint(
        "UNIQUE(party_id, product_id)", "This party already has a code for the product."
    )

    @api.constrains("code", "party_id")
    def _check_code(self):
        for record in self:
            if not record.code.strip():
                raise ValidationError(self.env._("The own code is empty."))
            if record.party_id != record.party_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact; give the code to %(party)s.",
                        contact=record.party_id.display_name,
                        party=record.party_id.commercial_partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["code"] = (vals.get("code") or "").strip()
        return super().create(vals_list)

    def write(self, vals):
        if "code" in vals:
            vals = {**vals, "code": (vals["code"] or "").strip()}
        return super().write(vals)

    @api.model
    def _b2b_codes(self, party, products):
        """``{product id: (code, name)}`` of a party, one query."""
        if not products:
            return {}
        # sudo: shown to the portal users of that party.
        found = self.sudo().search_fetch(
            [
                ("party_id", "=", party.commercial_partner_id.id),
                ("product_id", "in", products.ids),
            ],
            ["product_id", "code", "name"],
        )
        return {r.product_id.id: (r.code, r.name or "") for r in found}

    @api.model
    def _b2b_product_ids(self, party, text):
        """Ids of products whose code or name at a party matches typed text."""
        text = (text or "").strip()
        if not text:
            return []
        found = self.sudo().search_fetch(
            [
                ("party_id", "=", party.commercial_partner_id.id),
                "|",
                ("code", "=ilike", escape_psql(text) + "%"),
                ("name", "ilike", escape_psql(text)),
            ],
            ["product_id"],
            limit=500,
        )
        return found.product_id.ids
