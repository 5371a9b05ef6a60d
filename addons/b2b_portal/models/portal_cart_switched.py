from odoo import fields, models

from ..tools import clock, day


class B2bPortalCart(models.AbstractModel):
    """A cart says that its agreement was switched, until it is ordered."""

    _inherit = "b2b.portal.cart"

    def _b2b_values(self, ctx, cart):
        return {
            **super()._b2b_values(ctx, cart),
            "switched": self._b2b_switched(ctx, cart),
        }

    def _b2b_switched(self, ctx, cart):
        """``{"text", "back"}``: what was changed, and the way back; None for nothing.

        ``back`` is the agreement before, where this person may choose it today.
        """
        if not cart.b2b_agreement_changed_at:
            return None
        before = cart.b2b_agreement_before_id
        usable = before in ctx.agreements
        text = self._b2b_switched_text(ctx, cart)
        if before and not usable:
            text += " " + self.env._("“%s” is over, there is no way back.", before.name)
        may = usable and ctx.may_buy and ctx.can("choose_agreement")
        return {"text": text, "back": before if may else before.browse()}

    def _b2b_switched_text(self, ctx, cart):
        _ = self.env._
        local = self._b2b_local(cart.b2b_agreement_changed_at)
        none = _("no agreement")
        values = {
            "before": cart.b2b_agreement_before_id.name or none,
            "after": cart.b2b_agreement_id.name or none,
            "time": clock(local),
            "day": day(self.env, local),
            "who": self._b2b_switcher(ctx, cart),
        }
        today = local.date() == fields.Date.context_today(self)
        if values["who"] and today:
            return _(
                "Changed from %(before)s to %(after)s at %(time)s by %(who)s.", **values
            )
        if values["who"]:
            return _(
                "Changed from %(before)s to %(after)s on %(day)s at %(time)s by "
                "%(who)s.",
                **values,
            )
        if today:
            return _("Changed from %(before)s to %(after)s at %(time)s.", **values)
        return _(
            "Changed from %(before)s to %(after)s on %(day)s at %(time)s.", **values
        )

    def _b2b_switcher(self, ctx, cart):
        """Who changed it, unless the reader did; of our house no names."""
        who = cart.b2b_agreement_changed_by_id
        if not who or who == ctx.user:
            return ""
        return ctx.company.name if who._is_internal() else who.name


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_checkout_submit(self, ctx, token, acknowledged=()):
        # Sent under this agreement: there is no way back that could be offered.
        self._b2b_forget_switch()
        return super()._b2b_checkout_submit(ctx, token, acknowledged)
