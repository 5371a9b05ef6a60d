from odoo import models
from odoo.fields import Domain

SHOWN = 8


class Dashboard(models.AbstractModel):
    """Budgets that are nearly, or more than, used up."""

    _inherit = "b2b.dashboard"

    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        if not self.env["b2b.budget"].has_access("read"):
            return sections
        return [*sections, self._b2b_budgets_near_end(filters)]

    def _b2b_budgets_near_end(self, filters):
        Budget = self.env["b2b.budget"]
        domain = [
            ("company_id", "in", self.env.companies.ids),
            ("amount", ">", 0),
        ]
        domain = Domain(domain) & (
            self._b2b_mine(filters, "party_id.")
            | Domain("party_group_id.user_id", "=", self.env.uid)
        )
        budgets = Budget.search(domain)
        statuses = budgets._b2b_statuses()
        near = budgets.filtered(
            lambda b: statuses[b.id]["percent"] >= (b.alert_percent or 100)
        ).sorted(lambda b: -statuses[b.id]["percent"])
        return {
            "id": "budgets_near_end",
            "kind": "table",
            "sequence": 230,
            "title": self.env._("Budgets near their end"),
            "columns": [
                {"key": "budget", "label": self.env._("Budget"), "kind": "text"},
                {"key": "party", "label": self.env._("Party"), "kind": "muted"},
                {"key": "used", "label": self.env._("Used"), "kind": "bar"},
                {"key": "left", "label": self.env._("Left"), "kind": "money"},
            ],
            "rows": [
                self._b2b_budget_row(budget, statuses[budget.id])
                for budget in near[:SHOWN]
            ],
            "empty": self.env._("No budget is near its end."),
            "action": {
                "res_model": "b2b.budget",
                "name": self.env._("Budgets near their end"),
                "domain": [("id", "in", near.ids)],
            },
        }

    def _b2b_budget_row(self, budget, status):
        return {
            "cells": {
                "budget": f"{budget.name} · {status['period_label']}",
                "party": budget.holder,
                "used": status["percent"] / 100,
                "left": status["left"],
            },
            "currency_id": budget.currency_id.id,
            "tone": "bad" if status["left"] <= 0 else "warn",
            "domain": [("id", "=", budget.id)],
        }
