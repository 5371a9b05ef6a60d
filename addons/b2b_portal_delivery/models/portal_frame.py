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
        check = order._b2b_waiting_slot_check()
        parts = check.parts if check.slot else order._b2b_parts()
        if parts:
            return rows + self._b2b_part_rows(order, parts, check)
        text = self._b2b_kept_slot_text(order, check, order.b2b_slot_text)
        return rows + [
            {
                "icon": "fa-truck",
                "title": self.env._("Delivery %s", order._b2b_delivery_fact()),
                "text": text,
                "sequence": 20,
            }
        ]

    def _b2b_kept_slot_text(self, order, check, old, slot=None):
        """Until when the slot is kept; of one that is lost, what comes in its place.

        :param old: the lost slot in words, empty where it stays
        :param slot: of a part, which has its own cut-off; None for one delivery
        """
        slot = slot or check.slot
        _ = self.env._
        if order.state == "sale" or not order.b2b_slot_cutoff:
            return ""
        if check.finding and not check.slot:
            return check.finding.message
        moment = order._b2b_slot_words()._b2b_moment_text
        if check.finding and old:
            return _(
                "instead of %(old)s, which can no longer be reached; kept until "
                "%(until)s, then the next free one",
                old=old,
                until=moment(slot.cutoff_at, slot.tz),
            )
        # As the schedule is now, which may have changed since the order was sent.
        until, tz = order.b2b_slot_cutoff, order._b2b_slot_zone()
        if slot:
            until, tz = slot.cutoff_at, slot.tz
        return _("kept until %s, then the next free one", moment(until, tz))

    def _b2b_part_rows(self, order, parts, check):
        """One row for each delivery of an order in parts, with its articles."""
        name = self.env["b2b.portal.rows"]._b2b_name
        goods = tuple(good for part in parts for good in part.goods)
        promised = order._b2b_promised([(goods, ())])
        slot_text = order._b2b_slot_words()._b2b_slot_text
        rows = []
        for part, slot in order._b2b_part_texts(parts):
            lost = order._b2b_lost_goods(promised, part) if check.finding else ()
            old = ", ".join(slot_text(*one) for one in lost)
            text = self._b2b_kept_slot_text(order, check, old, part.slot)
            products = order._b2b_part_lines(part).product_id
            names = ", ".join(name(product) for product in products[:3])
            if len(products) > 3:
                names = self.env._(
                    "%(names)s and %(count)s more",
                    names=names,
                    count=len(products) - 3,
                )
            rows.append(
                {
                    "icon": "fa-truck",
                    "title": self.env._("Delivery %s", slot),
                    "text": " · ".join(filter(None, [names, text])),
                    "sequence": 20,
                }
            )
        return rows

    def _b2b_approval_effects(self, ctx, order):
        effects = super()._b2b_approval_effects(ctx, order)
        check = order._b2b_slot_check()
        if not check.slot:
            return effects
        schedules = ctx.env["b2b.delivery.schedule"]
        slot = check.slot
        text = order._b2b_check_text(check)
        return effects + [
            {
                "template": "b2b_portal_delivery.approval_effect",
                "values": {
                    "before": "" if check.kept else order.b2b_slot_text,
                    "text": text,
                    "until": schedules._b2b_moment_text(slot.cutoff_at, slot.tz),
                },
                "sequence": 40,
            }
        ]
