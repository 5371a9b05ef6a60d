from odoo import models


class PartyGroup(models.Model):
    """Terms of budgets hold who belongs to a group: every change drops them."""

    _inherit = "b2b.party.group"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._b2b_budgets_changed()
        return result

    def _b2b_budgets_changed(self):
        self.env.registry.clear_cache()
        # sudo: whoever keeps groups need not read budgets.
        budgets = self.env["b2b.budget"].sudo()
        budgets.search([("party_group_id", "in", self.ids)])._b2b_count_again()
