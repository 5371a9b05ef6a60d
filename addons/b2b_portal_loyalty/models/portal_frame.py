from odoo import fields, models

from odoo.addons.b2b_portal.tools import money, number


class B2bPortalFrame(models.AbstractModel):
    _inherit = "b2b.portal.frame"

    def _b2b_program(self, ctx):
        """The program this party takes part in today, empty for none."""
        return ctx.env["b2b.loyalty.program"]._b2b_for_party(
            ctx.party, ctx.company, fields.Date.context_today(self)
        )

    def _b2b_sees_points(self, ctx):
        return ctx.can("place_orders") or ctx.can("use_points")

    def _b2b_nav_items(self, ctx):
        items = super()._b2b_nav_items(ctx)
        if self._b2b_sees_points(ctx) and self._b2b_program(ctx):
            items.append(
                {
                    "key": "points",
                    "label": self.env._("Points"),
                    "url": "/trade/points",
                    "icon": "fa-star-o",
                    "sequence": 90,
                }
            )
        return items

    def _b2b_points_part(self, ctx, cart):
        """“This order earns 992 points”, while it is a cart."""
        if not cart or not self._b2b_sees_points(ctx):
            return []
        points = cart._b2b_points_preview()
        if not points:
            return []
        return [
            {
                "template": "b2b_portal_loyalty.order_points",
                "values": {
                    "points": points,
                    "when": self._b2b_program(ctx)._b2b_granted_text(),
                },
                "sequence": 60,
            }
        ]

    def _b2b_cart_summary_parts(self, ctx, cart):
        parts = super()._b2b_cart_summary_parts(ctx, cart)
        parts += self._b2b_points_part(ctx, cart)
        return parts + ctx.env["b2b.portal.points"]._b2b_cart_part(ctx, cart)

    def _b2b_checkout_parts(self, ctx, cart):
        parts = super()._b2b_checkout_parts(ctx, cart)
        parts += self._b2b_points_part(ctx, cart)
        return parts + ctx.env["b2b.portal.points"]._b2b_lowered_part(ctx, cart)

    def _b2b_checkout_sections(self, ctx, cart):
        sections = super()._b2b_checkout_sections(ctx, cart)
        return sections + ctx.env["b2b.portal.points"]._b2b_section(ctx, cart)

    def _b2b_kept_rows(self, ctx, order):
        rows = super()._b2b_kept_rows(ctx, order)
        if self._b2b_sees_points(ctx):
            rows += ctx.env["b2b.portal.points"]._b2b_used_rows(order)
        if self._b2b_sees_points(ctx) and order.state == "sale":
            rows += ctx.env["b2b.portal.points"]._b2b_earned_rows(order)
        waiting = order.state in ("draft", "sent") and order.b2b_submit_state in (
            "queued",
            "waiting",
        )
        points = self._b2b_sees_points(ctx) and waiting and order._b2b_points_preview()
        if not points:
            return rows
        return rows + [
            {
                "icon": "fa-star-o",
                "title": self.env._("%s points", number(self.env, points)),
                "text": self.env._(
                    "pending once confirmed, %s",
                    self._b2b_program(ctx)._b2b_granted_text(),
                ),
                "sequence": 50,
            }
        ]

    def _b2b_close_notes(self, ctx, order, untouched):
        notes = super()._b2b_close_notes(ctx, order, untouched)
        if not self._b2b_sees_points(ctx) or not order.b2b_points_used:
            return notes
        if not untouched:
            return [*notes, self.env._("Points of what does not come are yours again.")]
        used = number(self.env, order.b2b_points_used)
        return [*notes, self.env._("The %s points used are yours again.", used)]


class LoyaltyAccount(models.Model):
    _inherit = "b2b.loyalty.account"

    def _b2b_worth(self):
        """What the granted points are worth as text, empty without a value."""
        if not self or not self.program_id.point_value:
            return ""
        value = self._b2b_shown()["points"] * self.program_id.point_value
        if not value:
            return ""
        return money(self.env, value, self.currency_id)
