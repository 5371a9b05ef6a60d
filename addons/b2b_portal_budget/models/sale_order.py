from odoo import models
from odoo.exceptions import MissingError

#: Budgets on the home card.
SHOWN = 3


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_checkout_vals(self, ctx, form):
        vals, errors = super()._b2b_checkout_vals(ctx, form)
        wanted = str(form.get("pot_id") or "")
        if wanted:
            pot = self._b2b_available_pots().filtered(lambda b: str(b.id) == wanted)
            if not pot:
                raise MissingError(self.env._("There is no such budget."))
            vals["b2b_budget_id"] = pot.id
        return vals, errors

    def _b2b_checkout_begin(self):
        super()._b2b_checkout_begin()
        self._b2b_take_turn()

    def _b2b_finding_subject(self, code):
        if code in ("budget_pot", "budget_seat"):
            return self.env._("budget")
        if code == "overdue":
            return self.env._("open invoices")
        return super()._b2b_finding_subject(code)

    def _b2b_finding_anchor(self, code):
        if code == "budget_pot":
            return "#b2b_pot", self.env._("What it is for")
        return super()._b2b_finding_anchor(code)


class Budget(models.Model):
    _inherit = "b2b.budget"

    def _b2b_own_status(self, ctx):
        """Status of the budgets that count this seat's orders, fullest first."""
        terms = self._b2b_visible_terms(ctx.seat, ctx.company, everything=False)
        budgets = self.browse([term.id for term in terms if term.has_amount])
        statuses = budgets._b2b_statuses()
        rows = [
            {**statuses[budget.id], "id": budget.id, "name": budget.name}
            for budget in budgets
        ]
        return sorted(rows, key=lambda row: -row["percent"])[:SHOWN]
