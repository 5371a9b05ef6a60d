from odoo import api, models

from odoo.addons.b2b_party.tools import money


class Dashboard(models.AbstractModel):
    _inherit = "b2b.dashboard"

    @api.model
    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        if self.env["b2b.loyalty.account"].has_access("read"):
            sections.append(self._b2b_points_liability())
        return sections

    @api.model
    def _b2b_points_liability(self):
        """Granted points of the current company, valued, in its currency."""
        domain = [("company_id", "=", self.env.company.id)]
        groups = self.env["b2b.loyalty.account"]._read_group(
            domain,
            ["program_id"],
            ["liability:sum", "balance:sum", "pending:sum"],
        )
        currency = self.env.company.currency_id
        value = sum(
            program.currency_id._convert(liability, currency, self.env.company)
            for program, liability, _balance, _pending in groups
        )
        balance = sum(balance for _program, _liability, balance, _pending in groups)
        pending = sum(pending for _program, _liability, _balance, pending in groups)
        return {
            "id": "points_liability",
            "kind": "tile",
            "sequence": 60,
            "title": self.env._("Points liability"),
            "value": value,
            "unit": "money",
            "display": money(self.env, value, currency),
            "subtitle": self.env._(
                "%(points)s points, %(pending)s pending",
                points=f"{balance:,}",
                pending=f"{pending:,}",
            ),
            "action": {
                "res_model": "b2b.loyalty.account",
                "name": self.env._("Points accounts"),
                "domain": domain,
            },
        }
