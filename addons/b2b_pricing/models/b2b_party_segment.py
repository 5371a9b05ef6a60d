from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PartySegment(models.Model):
    """What the parties of a segment pay, after agreement, own list and group."""

    _inherit = "b2b.party.segment"

    pricelist_id = fields.Many2one(
        "product.pricelist",
        "Price list",
        ondelete="restrict",
        context={"default_b2b_private": True},
        help="What the parties of this segment pay who have neither an agreement with "
        "a list, nor a list of their own, nor one of their group. In several segments "
        "the first one with a list counts.",
    )

    @api.model
    def _b2b_audited_fields(self):
        return (*super()._b2b_audited_fields(), "sequence", "pricelist_id")

    @api.constrains("pricelist_id", "company_id")
    def _check_b2b_pricelist_company(self):
        for segment in self:
            owner = segment.pricelist_id.company_id
            if owner and segment.company_id and owner != segment.company_id:
                raise ValidationError(
                    self.env._(
                        "Price list %(list)s belongs to %(owner)s, the segment "
                        "%(segment)s to %(company)s; choose a list of the same "
                        "company.",
                        list=segment.pricelist_id.name,
                        owner=owner.name,
                        segment=segment.name,
                        company=segment.company_id.name,
                    )
                )
            segment.pricelist_id._b2b_check_rate(segment.company_id)

    @api.model_create_multi
    def create(self, vals_list):
        segments = super().create(vals_list)
        segments.pricelist_id._b2b_mark_private()
        return segments

    def write(self, vals):
        result = super().write(vals)
        if "pricelist_id" in vals:
            self.pricelist_id._b2b_mark_private()
        return result

    def _b2b_refresh(self):
        """Who came in or went out pays and sees something else from now on."""
        added, removed = super()._b2b_refresh()
        if added or removed:
            self.env["res.partner"].invalidate_model(["property_product_pricelist"])
            self.env.registry.clear_cache()
        return added, removed
