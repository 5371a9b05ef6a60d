from odoo import api, models
from odoo.exceptions import AccessError, ValidationError


class SaleOrder(models.Model):
    """Reps who look after own parties only order for those alone."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        self._b2b_check_own_partners(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._b2b_check_own_partners([vals])
        return super().write(vals)

    @api.model
    def _b2b_check_own_partners(self, vals_list):
        """Partners come as ids, which Odoo does not check against record rules."""
        if self.env.su or not self.env.user._b2b_is_narrowed():
            return
        names = ("partner_id", "partner_invoice_id", "partner_shipping_id")
        ids = {vals[name] for vals in vals_list for name in names if vals.get(name)}
        partners = self.env["res.partner"].browse(ids)
        if partners - partners._filtered_access("read"):
            raise AccessError(
                self.env._(
                    "You order for your own parties only; ask a sales manager to make "
                    "you a rep of this one."
                )
            )

    @api.constrains("user_id", "partner_id")
    def _check_b2b_salesperson(self):
        """An order nobody could open is refused when it is handed over."""
        for order in self.sudo():
            user = order.user_id
            if not user or order.b2b_historical or not user._b2b_is_narrowed():
                continue
            party = order.b2b_party_id
            after = set(user._b2b_rep_user_ids())
            if not after & {*party.b2b_rep_ids.ids, party.user_id.id}:
                raise ValidationError(
                    self.env._(
                        "%(user)s looks after own parties only, and %(party)s is not "
                        "one of them; add %(user)s to its sales reps first.",
                        user=user.name,
                        party=party.name,
                    )
                )
