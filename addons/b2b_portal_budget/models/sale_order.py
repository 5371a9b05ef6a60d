from typing import NamedTuple

from odoo import models
from odoo.exceptions import MissingError
from odoo.tools import SQL

#: Budgets on the home card.
SHOWN = 3


class Amount(NamedTuple):
    value: float
    currency: models.Model


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

    def _b2b_booked_sums(self):
        """{budget id: (booked, waiting)} of this order, in one query."""
        self.ensure_one()
        rows = self.env.execute_query(
            SQL(
                """SELECT budget_id,
                          COALESCE(SUM(amount) FILTER (WHERE kind = 'used'), 0),
                          COALESCE(SUM(amount) FILTER (WHERE kind = 'pending'), 0)
                     FROM b2b_budget_entry WHERE order_id = %s GROUP BY 1""",
                self.id,
            )
        )
        return {
            budget_id: (float(used), float(pending))
            for budget_id, used, pending in rows
        }

    def _b2b_counted_in(self):
        """[(terms, amount in the budget's currency)] of the budgets that apply."""
        self.ensure_one()
        terms, days = self.env["b2b.budget"].sudo()._b2b_terms_for_order(self)
        result = []
        for term in terms:
            if not term.has_amount:
                continue
            currency = self.env["res.currency"].sudo().browse(term.currency_id)
            amount = self.sudo()._b2b_budget_order_amount(term)
            rate = self.sudo()._b2b_budget_rate(term, days[term.id])
            result.append((term, Amount(currency.round(amount * rate), currency)))
        return result

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
