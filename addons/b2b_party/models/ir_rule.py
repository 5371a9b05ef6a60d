from odoo import api, models
from odoo.fields import Domain

# Records of Odoo's addons that name a partner and that this addon does not depend on,
# so that no rule of its data can be about them: model and the field that names.
NAMING = {"snailmail.letter": "partner_id"}


class IrRule(models.Model):
    """Letters name their recipient: own parties only, as elsewhere."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        path = NAMING.get(model_name)
        if not path or self.env.su:
            return domain
        return domain & Domain(self.env.user._b2b_own_named_domain(path))
