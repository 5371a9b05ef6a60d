from odoo import models
from odoo.exceptions import AccessError, MissingError, UserError

LISTS = ("seat_ids", "supervisor_ids", "category_ids")


class B2bPortalBudgets(models.AbstractModel):
    """The form in which a company's administrator keeps budgets."""

    _inherit = "b2b.portal.budgets"

    def _b2b_form_values(self, ctx, typed, errors, budget=None, copied=None):
        """Everything the form needs.

        :param typed: what was typed, None: what the budget says, or nothing yet
        :param budget: the budget that is changed, None for a new one
        :param copied: a budget whose terms a new one begins with
        """
        form = ctx.env["b2b.budget.form"]
        people = form._b2b_people(ctx.party)
        for known in filter(None, (budget, copied)):
            people |= known.seat_ids | known.supervisor_ids
        if typed is None:
            typed = self._b2b_typed(ctx, budget or copied)
        own = ctx.party.b2b_currency_id or ctx.company.currency_id
        ceiling = ctx.party.b2b_budget_ceiling
        unit = ctx.party.b2b_budget_ceiling_currency_id
        known = ctx.env["b2b.budget"]._fields
        return {
            "typed": typed,
            "errors": errors,
            "budget": budget,
            "booked": bool(budget) and budget._b2b_is_booked(),
            "people": [(s.id, s.person_id.name) for s in people],
            "deciders": [(s.id, s.person_id.name) for s in form._b2b_deciders(people)],
            "categories": self._b2b_category_choices(ctx, typed),
            "currencies": form._b2b_currencies(own).mapped("name"),
            "options": {
                name: ctx.env["b2b.budget"]
                ._fields[name]
                ._description_selection(self.env)
                for name in ("use", "period", "action", "tax_basis")
            },
            "ceiling": ceiling and self._b2b_formatter(unit)(ceiling),
        }

    def _b2b_typed(self, ctx, budget):
        """The texts of the inputs for a budget, or for a new one."""
        if not budget:
            own = ctx.party.b2b_currency_id or ctx.company.currency_id
            return {
                "use": "limit",
                "period": "month",
                "action": "authorize",
                "tax_basis": ctx.party.b2b_limit_basis or "untaxed",
                "currency": own.name,
                "include_delivery": True,
                "alert_percents": "50, 80, 100",
                **{name: [] for name in LISTS},
            }
        return {
            "name": budget.name,
            "use": budget.use,
            "period": budget.period,
            "action": budget.action,
            "tax_basis": budget.tax_basis,
            "currency": budget.currency_id.name,
            "include_delivery": budget.include_delivery,
            "alert_percents": budget.alert_percents or "",
            "amount": _plain(budget.amount),
            "max_order_amount": _plain(budget.max_order_amount),
            "date_from": budget.date_from and budget.date_from.isoformat(),
            "date_to": budget.date_to and budget.date_to.isoformat(),
            **{name: [str(number) for number in budget[name].ids] for name in LISTS},
        }

    def _b2b_category_choices(self, ctx, typed):
        """Categories of the party's catalog, and those that are chosen: (id, name)."""
        groups = ctx.env["product.product"]._read_group(
            ctx.catalog_domain, ["categ_id"], []
        )
        found = ctx.env["product.category"].union(*(categ for (categ,) in groups))
        chosen = [int(n) for n in typed.get("category_ids") or () if str(n).isdecimal()]
        found |= found.browse(chosen).exists()
        return sorted(((c.id, c.name) for c in found), key=lambda pair: pair[1])

    def _b2b_try_keep(self, ctx, typed, budget=None):
        """Read the form and save it.

        :return: (b2b.budget, errors by field name); nothing is written with errors
        """
        values, errors = ctx.env["b2b.budget.form"]._b2b_read(typed, ctx.seat, budget)
        if errors:
            return budget, errors
        try:
            with self.env.cr.savepoint():
                return ctx.env["b2b.budget"]._b2b_keep(values, ctx.company, budget), {}
        except (AccessError, MissingError):
            raise
        except UserError as refusal:
            return budget, {"": refusal.args[0]}


def _plain(amount):
    return f"{amount:.2f}".removesuffix(".00") if amount else ""
