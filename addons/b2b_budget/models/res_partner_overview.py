from odoo import models
from odoo.fields import Domain

SHOWN = 4


class ResPartner(models.Model):
    """Running budgets of a party on its overview, the fullest first."""

    _inherit = "res.partner"

    def _b2b_overview_sections(self):
        sections = super()._b2b_overview_sections()
        if self.env["b2b.budget"].has_access("read"):
            sections.append(self._b2b_overview_budgets())
        return sections

    def _b2b_overview_budgets(self):
        budgets = self.env["b2b.budget"].search(
            self.env["b2b.budget"]._b2b_party_domain(self)
            & Domain("company_id", "=", self.env.company.id)
        )
        statuses = budgets._b2b_statuses()
        shown = budgets.sorted(lambda b: -statuses[b.id]["percent"])[:SHOWN]
        return {
            "id": "budgets",
            "sequence": 50,
            "title": self.env._("Budgets"),
            "rows": [self._b2b_overview_budget(b, statuses[b.id]) for b in shown],
            "empty": self.env._("It has no budget."),
            "link": len(budgets) > 0
            and {
                "text": self.env._("All %s", len(budgets)),
                "action": self._b2b_overview_action(
                    "b2b.budget",
                    self.env._("Budgets of %s", self.name),
                    [("id", "in", budgets.ids)],
                ),
            },
        }

    def _b2b_overview_budget(self, budget, status):
        percent = status["percent"]
        tone = "steel"
        if percent >= 80:
            tone = "bad" if status["left"] <= 0 else "warn"
        return {
            "label": f"{budget.name} · {status['period_label']}",
            "amount": f"{round(percent)} %",
            "share": percent / 100,
            "tone": tone,
            "action": self._b2b_overview_record(budget),
        }
