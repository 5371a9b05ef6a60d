from odoo import models


class ResPartner(models.Model):
    """Points of a party on its overview."""

    _inherit = "res.partner"

    def _b2b_overview_sections(self):
        sections = super()._b2b_overview_sections()
        accounts = self.env["b2b.loyalty.account"]
        if not accounts.has_access("read"):
            return sections
        accounts = accounts.search([("party_id", "=", self.id)])
        if accounts:
            sections.append(self._b2b_overview_loyalty(accounts))
        return sections

    def _b2b_overview_loyalty(self, accounts):
        return {
            "id": "points",
            "sequence": 70,
            "title": self.env._("Points"),
            "rows": [
                {
                    "label": account.program_id.name,
                    "amount": f"{account.balance:,}",
                    "action": self._b2b_overview_action(
                        "b2b.loyalty.entry",
                        account.display_name,
                        [("account_id", "=", account.id)],
                    ),
                }
                for account in accounts
            ],
        }
