from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    b2b_public_pricelist_id = fields.Many2one(
        "product.pricelist",
        "Public price list",
        domain="[('b2b_private', '=', False), ('company_id', 'in', (False, id))]",
        ondelete="restrict",
        help="What everybody pays who has no agreement, no list of his own and none "
        "of his group or country. Lists that fall back on “public” use it as well.",
    )

    b2b_public_range = fields.Boolean(
        "Public part of the range",
        help="Visitors who are not signed in see the products of the catalogs for "
        "everyone at /trade/range: names, pictures and codes, no prices and no stock.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "b2b_public_range" in vals:
            # What visitors may read is kept in the cache of record rules.
            self.env.registry.clear_cache()
        return result

    @api.constrains("b2b_public_pricelist_id")
    def _check_b2b_public_pricelist(self):
        for company in self:
            pricelist = company.b2b_public_pricelist_id
            if pricelist.b2b_private:
                raise ValidationError(
                    self.env._(
                        "%s is private and cannot be what everybody pays; choose an "
                        "open list.",
                        pricelist.name,
                    )
                )
            if pricelist.company_id and pricelist.company_id != company:
                raise ValidationError(
                    self.env._(
                        "Price list %(list)s belongs to %(owner)s, not to %(company)s.",
                        list=pricelist.name,
                        owner=pricelist.company_id.name,
                        company=company.name,
                    )
                )

    def _activate_or_create_pricelists(self):
        result = super()._activate_or_create_pricelists()
        companies = self or self.search([])  # pylint: disable=no-search-all
        companies._b2b_name_public_pricelist()
        return result

    def _b2b_name_public_pricelist(self):
        """Name the list that is the fallback today, where none is named yet.

        Later another list may come first in the sequence; what everybody pays
        should not change by that.
        """
        for company in self.filtered(lambda c: not c.b2b_public_pricelist_id):
            company.b2b_public_pricelist_id = self.env["product.pricelist"].search(
                [
                    ("b2b_private", "=", False),
                    ("company_id", "in", (False, company.id)),
                    ("country_group_ids", "=", False),
                ],
                limit=1,
            )
