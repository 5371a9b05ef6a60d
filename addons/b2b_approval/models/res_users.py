from odoo import api, models

#: How the gate left orders that ended without being confirmed. Those that were asked
#: back are not among them: they are their buyer's draft again.
ENDED = ["refused", "expired", "unpaid"]


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _b2b_submitted_domain(self, prefix=""):
        """What waits or was refused is no draft of one person alone any more."""
        submitted = super()._b2b_submitted_domain(prefix)
        waiting = (f"{prefix}b2b_submit_state", "in", ["queued", "waiting"])
        ended = (f"{prefix}b2b_gate_state", "in", ENDED)
        return ["|", "|", waiting, ended, *submitted]
