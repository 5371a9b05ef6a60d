from odoo import models


class SaleOrder(models.Model):
    """Order conditions as the portal's sums show them."""

    _inherit = "sale.order"

    def _b2b_condition_sums(self, lines):
        """``[(name, net amount)]``, parts of one name with different taxes together."""
        sums = {}
        for line in lines.sorted("sequence"):
            name = line.name.split("\n")[0]
            sums[name] = sums.get(name, 0.0) + line.price_subtotal
        return list(sums.items())


class B2bPortalFrame(models.AbstractModel):
    """What ordering a little more would save, below the sum of cart and checkout."""

    _inherit = "b2b.portal.frame"

    def _b2b_cart_summary_parts(self, ctx, cart):
        parts = super()._b2b_cart_summary_parts(ctx, cart)
        return parts + self._b2b_condition_part(ctx, cart)

    def _b2b_checkout_parts(self, ctx, cart):
        parts = super()._b2b_checkout_parts(ctx, cart)
        return parts + self._b2b_condition_part(ctx, cart)

    def _b2b_condition_part(self, ctx, cart):
        state = ctx.conditions if cart == ctx.cart else None
        shown = cart and ctx.can("see_prices")
        hints = cart._b2b_condition_hints(state) if shown else []
        if not hints:
            return []
        return [
            {
                "template": "b2b_portal.condition_hints",
                "values": {"hints": hints},
                "sequence": 5,
            }
        ]
