from odoo import api, models


class ResPartner(models.Model):
    """Rights of staff and of portal users on parties."""

    _name = "res.partner"
    _inherit = ["res.partner", "b2b.guarded.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        user = self.env.user
        if not self.env.su and user._b2b_is_narrowed():
            # What he creates is his own, else he could not see it afterwards.
            vals_list = [
                vals
                if vals.get("parent_id") or vals.get("user_id")
                else {**vals, "user_id": user.id}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def _can_be_edited_by_current_customer(self, **kwargs):
        """Odoo lets anybody of a company edit and archive all of its addresses."""
        allowed = super()._can_be_edited_by_current_customer(**kwargs)
        user = self.env.user
        if not allowed or not user._b2b_seat_id() or self == user.partner_id:
            return allowed
        return user._b2b_can("manage_addresses")
