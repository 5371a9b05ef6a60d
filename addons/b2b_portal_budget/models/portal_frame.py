from odoo import models


class B2bPortalFrame(models.AbstractModel):
    _inherit = "b2b.portal.frame"

    def _b2b_nav_items(self, ctx):
        items = super()._b2b_nav_items(ctx)
        if self._b2b_has_budgets(ctx):
            items.append(
                {
                    "key": "budgets",
                    "label": self.env._("Budgets"),
                    "url": "/trade/budgets",
                    "icon": "fa-pie-chart",
                    "sequence": 80,
                }
            )
        return items

    def _b2b_has_budgets(self, ctx):
        """Whether there is anything to show; the terms are cached, no query."""
        if not ctx.can("see_prices"):
            return False
        everything = ctx.can("manage_budgets") or ctx.can("see_company_orders")
        Budget = ctx.env["b2b.budget"]
        return ctx.can("manage_budgets") or bool(
            Budget._b2b_visible_terms(ctx.seat, ctx.company, everything)
        )

    def _b2b_home_cards(self, ctx):
        cards = super()._b2b_home_cards(ctx)
        if not self._b2b_has_budgets(ctx):
            return cards
        Pages = ctx.env["b2b.portal.budgets"]
        rows = []
        for item in ctx.env["b2b.budget"]._b2b_own_status(ctx):
            item["bar"] = Pages._b2b_bar(item)
            item["sentence"] = Pages._b2b_sentence(item)
            rows.append(item)
        if rows:
            cards.append(
                {
                    "template": "b2b_portal_budget.home_card",
                    "values": {"rows": rows},
                    "sequence": 30,
                }
            )
        return cards

    def _b2b_budget_part(self, ctx, order, template, only=None):
        # Without a cart there is nothing to weigh.
        if not order or not ctx.can("see_prices"):
            return []
        rows = ctx.env["b2b.portal.budgets"]._b2b_effect_values(ctx, order, only)
        if not rows:
            return []
        return [{"template": template, "values": {"rows": rows}, "sequence": 20}]

    def _b2b_cart_summary_parts(self, ctx, cart):
        return super()._b2b_cart_summary_parts(ctx, cart) + self._b2b_budget_part(
            ctx, cart, "b2b_portal_budget.order_bars"
        )

    def _b2b_checkout_parts(self, ctx, cart):
        return super()._b2b_checkout_parts(ctx, cart) + self._b2b_budget_part(
            ctx, cart, "b2b_portal_budget.order_bars"
        )

    def _b2b_checkout_sections(self, ctx, cart):
        sections = super()._b2b_checkout_sections(ctx, cart)
        pots = cart._b2b_available_pots()
        if len(pots) > 1:
            sections.append(
                {
                    "key": "pot",
                    "title": self.env._("What it is for"),
                    "template": "b2b_portal_budget.checkout_pot",
                    "values": {
                        "pots": pots,
                        "chosen": cart.b2b_budget_id or cart._b2b_preset_pot(),
                    },
                    "sequence": 35,
                }
            )
        return sections

    def _b2b_kept_rows(self, ctx, order):
        """In which budgets the order counts, and whether they reserve for it."""
        rows = super()._b2b_kept_rows(ctx, order)
        if not ctx.can("see_prices"):
            return rows
        return rows + ctx.env["b2b.portal.budgets"]._b2b_counting_rows(order)

    def _b2b_why_parts(self, ctx, order, hold):
        parts = super()._b2b_why_parts(ctx, order, hold)
        if hold.code != "budget" or not (hold.key or "").isdecimal():
            return parts
        return parts + self._b2b_budget_part(
            ctx, order, "b2b_portal_budget.order_bars", only=int(hold.key)
        )

    def _b2b_approval_effects(self, ctx, order):
        return super()._b2b_approval_effects(ctx, order) + self._b2b_budget_part(
            ctx, order, "b2b_portal_budget.approval_effect"
        )
