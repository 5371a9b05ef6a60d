from odoo import fields, models

from odoo.addons.b2b_portal.tools import day, money, number

#: More than anybody can have; asks for as many points as possible.
ALL = 10**9


class B2bPortalPoints(models.AbstractModel):
    """Points on cart, checkout, order and the page of points."""

    _name = "b2b.portal.points"
    _description = "Points in the trade portal"

    def _b2b_may_use(self, ctx):
        return ctx.can("use_points") and ctx.can("see_prices")

    def _b2b_limits(self, cart):
        """What this cart could be paid with, None without any points to use.

        :return: dict ``available, most, worth, reason``
        """
        account = cart._b2b_points_account()
        if not account or account.available <= 0:
            return None
        basket = cart._b2b_points_basket(account)
        found = cart._b2b_points_use(ALL, account, basket)
        return {
            "available": basket.available,
            "most": found.points,
            "worth": money(self.env, float(found.value), cart.currency_id),
            "reason": cart._b2b_points_reason_text(found.reason, account),
        }

    def _b2b_section(self, ctx, cart):
        """The part of the checkout where points are used."""
        if not cart or not self._b2b_may_use(ctx):
            return []
        limits = self._b2b_limits(cart)
        if not limits and not cart.b2b_points_wanted:
            return []
        return [
            {
                "key": "points",
                "title": self.env._("Points"),
                "template": "b2b_portal_loyalty.checkout_points",
                "values": {
                    "wanted": cart.b2b_points_wanted,
                    "hint": self._b2b_hint(limits),
                    **self._b2b_button(limits),
                },
                "sequence": 60,
            }
        ]

    def _b2b_hint(self, limits):
        """How many there are, how many the order takes, what else is to be known."""
        _ = self.env._
        limits = limits or {"available": 0, "most": 0, "worth": "", "reason": ""}
        parts = [_("%s points to use.", number(self.env, limits["available"]))]
        if limits["most"]:
            parts.append(
                _(
                    "At most %(points)s on this order, that is %(amount)s off, excl. "
                    "tax.",
                    points=number(self.env, limits["most"]),
                    amount=limits["worth"],
                )
            )
        if limits["most"] < limits["available"]:
            parts.append(limits["reason"])
        parts.append(_("What points pay earns none."))
        return " ".join(part for part in parts if part)

    def _b2b_button(self, limits):
        most = limits["most"] if limits else 0
        return {
            "most": most,
            "button": self.env._("Use %s", number(self.env, most)) if most else "",
        }

    def _b2b_cart_part(self, ctx, cart):
        """In the cart: what points take off, or that there are some."""
        if not cart or not self._b2b_may_use(ctx):
            return []
        used = cart._b2b_points_words() if cart.b2b_points_wanted else ""
        limits = None if used else self._b2b_limits(cart)
        if not used and not (limits and limits["most"]):
            return []
        return [
            {
                "template": "b2b_portal_loyalty.cart_points",
                "values": {"text": used or self._b2b_offer(limits), "used": used},
                "sequence": 61,
            }
        ]

    def _b2b_offer(self, limits):
        return self.env._(
            "%(points)s points can take %(amount)s off.",
            points=number(self.env, limits["most"]),
            amount=limits["worth"],
        )

    def _b2b_lowered_part(self, ctx, cart):
        """In the checkout: why it is fewer points than were entered.

        What happened behind the buyer's back is a finding, and said there.
        """
        lowered = cart and cart.b2b_points_used < cart.b2b_points_wanted
        if not lowered or not self._b2b_may_use(ctx) or cart._b2b_points_finding():
            return []
        return [
            {
                "template": "b2b_portal_loyalty.points_lowered",
                "values": {"text": cart._b2b_points_fewer_text()},
                "sequence": 61,
            }
        ]

    def _b2b_used_rows(self, order):
        """On the order: points it holds or has taken."""
        used = order.b2b_points_used
        waits = order._b2b_points_submitted()
        if not used or order.state not in ("draft", "sent", "sale"):
            return []
        if order.state != "sale" and not waits:
            return []
        text = self.env._("used for this order")
        if waits and order.state != "sale":
            text = self.env._("kept for this order, yours again if it does not go on")
        return [
            {
                "icon": "fa-star",
                "title": self.env._("%s points", number(self.env, used)),
                "text": text,
                "sequence": 45,
            }
        ]

    def _b2b_earned_rows(self, order):
        """On a confirmed order: points that are still to come, or that it earned."""
        accounts = self.env["b2b.loyalty.account"]
        booked = accounts._b2b_booked("order_id", order)
        coming = sum(points for points, *_rest in booked.values())
        points = coming if coming > 0 else order._b2b_points_preview()
        if points <= 0:
            return []
        text = self.env._("earned by this order")
        if coming > 0:
            when = accounts.browse(booked)[:1].sudo().program_id._b2b_granted_text()
            text = self.env._("pending, %s", when)
        return [
            {
                "icon": "fa-star-o",
                "title": self.env._("%s points", number(self.env, points)),
                "text": text,
                "sequence": 50,
            }
        ]

    def _b2b_ending_rows(self, account):
        """Lots that end soon, a line of text each, the next one first."""
        today = fields.Date.context_today(self)
        return [
            self.env._(
                "%(day)s: %(points)s points",
                day=day(self.env, last, year=last.year != today.year),
                points=number(self.env, points),
            )
            for last, points in account._b2b_ending(today)
        ]

    def _b2b_kept_text(self, account):
        """Points that waiting orders hold; empty for none."""
        if not account or account.reserved <= 0:
            return ""
        kept = number(self.env, account.reserved)
        return self.env._("%s kept for orders that wait", kept)
