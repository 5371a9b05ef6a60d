from odoo import api, models


class ResPartner(models.Model):
    """Rights of staff on parties."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        user = self.env.user
        if not self.env.su and user._b2b_is_narrowed():
            # What he creates is his own, else he could not see it afterwards.
            vals_list = [
                vals
                if vals.get("parent_id") or vals.get("b2b_rep_ids")
                else {**vals, "b2b_rep_ids": [(4, user.id)]}
                for vals in vals_list
            ]
        return super().create(vals_list)
