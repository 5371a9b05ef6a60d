from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _b2b_submitted_domain(self, prefix=""):
        submitted = super()._b2b_submitted_domain(prefix)
        waiting = (f"{prefix}b2b_submit_state", "in", ["queued", "waiting"])
        return ["|", waiting, *submitted]
