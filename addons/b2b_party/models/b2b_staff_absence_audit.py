from odoo import api, models


class StaffAbsence(models.Model):
    """An absence opens parties to the stand-in, so it is in the log; notes are not."""

    _name = "b2b.staff.absence"
    _inherit = ["b2b.staff.absence", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("user_id", "stand_in_id", "date_from", "date_to")
