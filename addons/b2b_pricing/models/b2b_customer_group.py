from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerGroup(models.Model):
    _inherit = "b2b.customer.group"

    pricelist_id = fields.Many2one(
        "product.pricelist",
        "Price list",
        ondelete="restrict",
        context={"default_b2b_private": True},
        help="What the clients of this group pay who have neither an agreement with a "
        "list nor a list of their own.",
    )

    @api.constrains("pricelist_id", "company_id")
    def _check_b2b_pricelist_company(self):
        for group in self:
            owner = group.pricelist_id.company_id
            if owner and group.company_id and owner != group.company_id:
                raise ValidationError(
                    self.env._(
                        "Price list %(list)s belongs to %(owner)s, the group "
                        "%(group)s to %(company)s; choose a list of the same company.",
                        list=group.pricelist_id.name,
                        owner=owner.name,
                        group=group.name,
                        company=group.company_id.name,
                    )
                )
            group.pricelist_id._b2b_check_rate(group.company_id)

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups.pricelist_id._b2b_mark_private()
        return groups

    def write(self, vals):
        result = super().write(vals)
        if "pricelist_id" in vals:
            self.pricelist_id._b2b_mark_private()
        return result
