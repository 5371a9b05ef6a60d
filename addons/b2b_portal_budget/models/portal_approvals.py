from odoo import models


class B2bPortalFrame(models.AbstractModel):
    """What a yes does to credit, and what several do together."""

    _inherit = "b2b.portal.frame"

    def _b2b_approval_effects(self, ctx, order):
        effects = super()._b2b_approval_effects(ctx, order)
        return effects + self._b2b_credit_effects(ctx, order)

    def _b2b_batch_effects(self, ctx, orders):
        """Budgets and credit after all of these orders (DECISIONS 6).

        Each has reserved its amount while it waits, so what is left after one of them
        is what is left after all.
        """
        effects = super()._b2b_batch_effects(ctx, orders)
        if not orders or not ctx.can("see_prices"):
            return effects
        pages = ctx.env["b2b.portal.budgets"]
        budgets = self._b2b_together(
            (effect["budget"].id, effect["period_label"], effect)
            for order in orders
            for effect in order._b2b_budget_effect()
            if effect["total"]
        )
        if budgets:
            rows = [pages._b2b_effect_row(effect) for effect in budgets]
            effects.append(
                {
                    "template": "b2b_portal_budget.approval_effect",
                    "values": {"rows": rows},
                    "sequence": 20,
                }
            )
        return effects + self._b2b_credit_effects(ctx, orders)

    def _b2b_together(self, rows):
        """One effect per budget and period, with the amounts of all orders.

        :param rows: ``(budget id, label of the period, effect of one order)``
        """
        found = {}
        for budget, label, effect in rows:
            known = found.get((budget, label))
            if not known:
                found[budget, label] = dict(effect)
                continue
            amount = effect["amount"]
            known["amount"] += amount
            # The other order's reservation is part of the decision, not of the rest.
            known["pending"] = max(known["pending"] - amount, 0.0)
            known["left_before"] = known["left_after"] + known["amount"]
        return list(found.values())

    def _b2b_credit_effects(self, ctx, orders):
        """``[effect]`` on the credit of who pays, for those who may see it."""
        if not orders or not ctx.can("see_credit"):
            return []
        pages, rows = ctx.env["b2b.portal.budgets"], {}
        shown = {term.id for term in ctx.env["b2b.portal.credit"]._b2b_shown_terms(ctx)}
        # Where somebody else pays, nothing is told of his credit.
        for order in orders.filtered(lambda o: o._b2b_payer() == ctx.party):
            for effect in order._b2b_credit_effect():
                exposure, account = effect["exposure"], effect["account"]
                if exposure.limit is None or effect["term"].id not in shown:
                    continue
                row = rows.setdefault(
                    account.id,
                    {
                        "group": effect["term"].is_group,
                        "currency": effect["currency"],
                        "total": exposure.limit,
                        "used": max(exposure.used, 0.0),
                        "pending": exposure.waiting,
                        "left_after": exposure.available - effect["amount"],
                        "amount": 0.0,
                    },
                )
                if row["amount"]:
                    row["pending"] = max(row["pending"] - effect["amount"], 0.0)
                row["amount"] += effect["amount"]
        for row in rows.values():
            row["left_before"] = row["left_after"] + row["amount"]
        if not rows:
            return []
        return [
            {
                "template": "b2b_portal_budget.approval_credit",
                "values": {
                    "rows": [pages._b2b_effect_row(row) for row in rows.values()]
                },
                "sequence": 30,
            }
        ]


class B2bPortalBudgets(models.AbstractModel):
    _inherit = "b2b.portal.budgets"

    def _b2b_effect_row(self, effect):
        """An effect as the template draws it: amounts in words, and the bar."""
        money = self._b2b_formatter(effect["currency"])
        left = effect["left_after"]
        item = {
            "amount": effect["total"],
            "used": effect["used"],
            "pending": effect["pending"],
        }
        title = self.env._("Credit left")
        if effect.get("group"):
            title = self.env._("Credit left of your group")
        if "budget" in effect:
            title = f"{effect['budget'].name} · {effect['period_label']}"
        return {
            "title": title,
            "before": money(effect["left_before"]),
            "after": money(left),
            "over": money(-left) if left < 0 else "",
            "bar": self._b2b_bar(item, effect["amount"]),
            "words": self.env._(
                "%(used)s booked, %(pending)s waiting, %(order)s in this decision",
                used=money(effect["used"]),
                pending=money(effect["pending"]),
                order=money(effect["amount"]),
            ),
        }
