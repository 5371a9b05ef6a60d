from odoo import models

from odoo.addons.b2b_party.rules import own_parties


class ResUsers(models.Model):
    _inherit = "res.users"

    def _b2b_own_budget_domain(self, path=""):
        """Budgets of own parties, and of the groups of which one is a member.

        :param str path: leads from the record to the budget, empty for the budget
        """
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        dot = f"{path}." if path else ""
        reps = self._b2b_rep_user_ids()
        member = f"{dot}party_group_id.member_ids.party_id"
        return [
            "|",
            *own_parties.looked_after(f"{dot}party_id", reps),
            *own_parties.looked_after(member, reps),
        ]
