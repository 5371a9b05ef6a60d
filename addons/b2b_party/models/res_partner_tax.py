from odoo import api, fields, models

from ..rules import tax_place


class ResPartner(models.Model):
    """The party's checked VAT number, and the tax that follows from a delivery."""

    _name = "res.partner"
    _inherit = ["res.partner", "b2b.tax.mark.mixin"]

    b2b_vat_state = fields.Selection(
        [("unchecked", "Not checked"), ("valid", "Valid"), ("invalid", "Invalid")],
        "VAT number checked",
        default="unchecked",
        required=True,
        copy=False,
        help="Deliveries to other countries of the European Union are free of tax only "
        "for a VAT number that was checked and is valid. A new number is unchecked.",
    )
    b2b_vat_checked_on = fields.Date(
        "Checked on",
        readonly=True,
        copy=False,
        help="When the state of the number was last set.",
    )

    @api.model
    def _b2b_tax_position_field(self):
        return "property_account_position_id"

    @api.model
    def _b2b_audited_fields(self):
        return (
            *super()._b2b_audited_fields(),
            "b2b_vat_state",
            "b2b_tax_mark",
            "b2b_tax_document_name",
            "b2b_tax_valid_until",
        )

    @api.model
    def _b2b_hidden_from_portal(self):
        return super()._b2b_hidden_from_portal() | {
            "b2b_vat_state",
            "b2b_vat_checked_on",
            "b2b_tax_mark",
            "b2b_tax_document",
            "b2b_tax_documented",
            "b2b_tax_document_name",
            "b2b_tax_valid_until",
        }

    @api.model_create_multi
    def create(self, vals_list):
        today = fields.Date.context_today(self)
        for vals in vals_list:
            if vals.get("b2b_vat_state", "unchecked") != "unchecked":
                vals["b2b_vat_checked_on"] = today
        return super().create(vals_list)

    def write(self, vals):
        renumbered = self.browse()
        if "vat" in vals and "b2b_vat_state" not in vals:
            renumbered = self.filtered(
                lambda p: (
                    p.b2b_vat_state != "unchecked"
                    and (p.vat or "") != (vals["vat"] or "")
                )
            )
        result = super().write(vals)
        # sudo: both follow from what was written, which this user may.
        if renumbered:
            renumbered.sudo().write({"b2b_vat_state": "unchecked"})
        if "b2b_vat_state" in vals:
            checked = vals["b2b_vat_state"] != "unchecked"
            today = checked and fields.Date.context_today(self)
            self.sudo().write({"b2b_vat_checked_on": today})
        return result

    def _b2b_vat_is_checked(self):
        """Whether the VAT number was checked, by our staff or by VIES."""
        self.ensure_one()
        party = self.sudo().commercial_partner_id
        if not party.vat or party.b2b_vat_state == "invalid":
            return False
        by_vies = "vies_valid" in party._fields and party.vies_valid
        return party.b2b_vat_state == "valid" or bool(by_vies)

    def _b2b_supply(self, place, goods_from, company):
        """The plain facts that decide about tax.

        :param place: res.partner to which the goods go
        :param goods_from: res.country of the dispatching warehouse
        :return: :class:`~..rules.tax_place.Supply`
        """
        self.ensure_one()
        party = self.sudo().commercial_partner_id
        union = self.env["res.country"]._b2b_union_codes()
        own = company.account_fiscal_country_id or company.country_id
        start = goods_from._b2b_code() or own._b2b_code()
        end = place.sudo().country_id._b2b_code() or own._b2b_code()
        return tax_place.Supply(
            goods_from=start,
            goods_to=end,
            own=own._b2b_code(),
            from_eu=start in union,
            to_eu=end in union,
            vat_country=tax_place.vat_country(party.vat, party.country_id._b2b_code()),
            vat_checked=party._b2b_vat_is_checked(),
        )

    def _b2b_supply_position(self, place, goods_from, company):
        """The fiscal position that follows from where the goods go and start."""
        self.ensure_one()
        positions = self.env["account.fiscal.position"].sudo().with_company(company)
        if not place.sudo().country_id:
            return positions.browse().with_env(self.env)
        supply = self._b2b_supply(place, goods_from, company)
        found = positions.search(
            [*positions._check_company_domain(company), ("auto_apply", "=", True)]
        )
        usable = found.filtered(lambda p: tax_place.may_use(p._b2b_plain(), supply))
        return usable._b2b_first_for(place.sudo()).with_env(self.env)
