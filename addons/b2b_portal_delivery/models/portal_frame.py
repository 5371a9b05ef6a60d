from odoo import models


class B2bPortalFrame(models.AbstractModel):
    _inherit = "b2b.portal.frame"

    def _b2b_first_card(self, ctx, order=None, sequence=10):
        first = ctx.env["b2b.portal.delivery"]._b2b_first(ctx, order)
        if not first:
            return []
        return [
            {
                "template": "b2b_portal_delivery.first_card",
                "values": first,
                "sequence": sequence,
            }
        ]

    def _b2b_home_cards(self, ctx):
        cards = super()._b2b_home_cards(ctx)
        if not ctx.may_buy:
            return cards
        return cards + self._b2b_first_card(ctx, ctx.cart or None)

    def _b2b_cart_cards(self, ctx, cart):
        return super()._b2b_cart_cards(ctx, cart) + self._b2b_first_card(ctx, cart)

    def _b2b_checkout_sections(self, ctx, cart):
        sections = super()._b2b_checkout_sections(ctx, cart)
        if not cart._b2b_slot_goods():
            return sections
        values = ctx.env["b2b.portal.delivery"]._b2b_picker(ctx, cart)
        if values:
            values["may"] = ctx.can("choose_delivery")
            sections.append(
                {
                    "key": "delivery",
                    "title": self.env._("When"),
                    "template": "b2b_portal_delivery.checkout_slot",
                    "values": values,
                    "sequence": 30,
                    "follows_address": True,
                }
            )
        return sections

    def _b2b_kept_rows(self, ctx, order):
        rows = super()._b2b_kept_rows(ctx, order)
        ended = order.state == "cancel" or order.b2b_submit_state == "failed"
        if not order.b2b_slot_start or ended:
            return rows
        _ = self.env._
        text = ""
        if order.state != "sale" and order.b2b_slot_cutoff:
            text = _(
                "kept until %s, then the next free one",
                self.env["b2b.delivery.schedule"]._b2b_moment_text(
                    order.b2b_slot_cutoff,
                    order.b2b_slot_schedule_id._b2b_zone() or "UTC",
                ),
            )
        return rows + [
            {
                "icon": "fa-truck",
                "title": _("Delivery %s", order._b2b_delivery_fact()),
                "text": text,
                "sequence": 20,
            }
        ]

    def _b2b_approval_effects(self, ctx, order):
        effects = super()._b2b_approval_effects(ctx, order)
        check = order._b2b_slot_check()
        if not check.slot:
            return effects
        schedules = ctx.env["b2b.delivery.schedule"]
        slot = check.slot
        return effects + [
            {
                "template": "b2b_portal_delivery.approval_effect",
                "values": {
                    "before": "" if check.kept else order.b2b_slot_text,
                    "text": schedules._b2b_slot_text(slot.start, slot.end, slot.tz),
                    "until": schedules._b2b_moment_text(slot.cutoff_at, slot.tz),
                },
                "sequence": 40,
            }
        ]
