from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """The customer category of a party."""

    _inherit = "res.partner"

    b2b_customer_category_id = fields.Many2one(
        "b2b.customer.category",
        "Customer category",
        index=True,
        ondelete="restrict",
        tracking=True,
        groups="base.group_user",
        help="What kind of shop this party runs.",
    )

    @api.constrains("b2b_customer_category_id", "company_id")
    def _check_b2b_customer_category(self):
        for partner in self.sudo():
            company = partner.b2b_customer_category_id.company_id
            if company and partner.company_id and company != partner.company_id:
                raise ValidationError(
                    self.env._(
                        "Category %(category)s belongs to %(company)s and cannot be "
                        "given to %(party)s of %(other)s.",
                        category=partner.b2b_customer_category_id.name,
                        company=company.name,
                        party=partner.name,
                        other=partner.company_id.name,
                    )
                )

    @api.model
    def _b2b_open_parties(self, name, domain, **more):
        """The action that shows parties in the list of parties."""
        view = self.env.ref("b2b_party.res_partner_view_list_b2b")
        search = self.env.ref("b2b_party.res_partner_view_search_b2b")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "res.partner",
            "view_mode": "list,form",
            "views": [(view.id, "list"), (False, "form")],
            "search_view_id": [search.id],
            "domain": domain,
            **more,
        }
