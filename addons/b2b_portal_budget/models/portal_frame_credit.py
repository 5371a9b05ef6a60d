from odoo import models


class B2bPortalFrame(models.AbstractModel):
    """Where credit shows: home, cart, checkout, and the order that waits for it."""

    _inherit = "b2b.portal.frame"

    def _b2b_home_cards(self, ctx):
        cards = super()._b2b_home_cards(ctx)
        rows = ctx.env["b2b.portal.credit"]._b2b_credit_rows(ctx)
        if rows:
            cards.append(
                {
                    "template": "b2b_portal_budget.credit_home_card",
                    "values": {"rows": rows},
                    "sequence": 35,
                }
            )
        return cards

    def _b2b_credit_part(self, ctx, order, only=None):
        if not order:
            return []
        Credit = ctx.env["b2b.portal.credit"]
        own = order._b2b_payer() == ctx.party
        rows = Credit._b2b_credit_rows(ctx, order, only) if own else []
        # Where somebody else pays, nothing is told of his credit.
        unseen = not rows and (not own or Credit._b2b_is_checked_unseen(ctx))
        if not rows and not unseen:
            return []
        return [
            {
                "template": "b2b_portal_budget.credit_bars",
                "values": {"rows": rows},
                "sequence": 25,
            }
        ]

    def _b2b_checkout_parts(self, ctx, cart):
        parts = super()._b2b_checkout_parts(ctx, cart)
        return parts + self._b2b_credit_part(ctx, cart)

    def _b2b_why_parts(self, ctx, order, hold):
        parts = super()._b2b_why_parts(ctx, order, hold)
        if hold.code not in ("credit", "overdue") or not (hold.key or "").isdecimal():
            return parts
        own = self._b2b_credit_part(ctx, order, only=int(hold.key))
        # The reason of the hold has said already that credit is checked.
        return parts + [part for part in own if part["values"]["rows"]]
