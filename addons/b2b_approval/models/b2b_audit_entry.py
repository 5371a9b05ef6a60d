from odoo import api, models


class AuditEntry(models.Model):
    _inherit = "b2b.audit.entry"

    @api.model
    def _b2b_portal_models(self):
        return super()._b2b_portal_models() | {
            "b2b.approval.rule",
            "b2b.approval.rule.step",
            "b2b.approval.substitute",
        }
