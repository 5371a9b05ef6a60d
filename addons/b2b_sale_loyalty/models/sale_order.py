from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models

# Orders whose rewards the gate has just brought up to date. As for the gate itself a
# variable of this thread: no caller can set it.
_settled = ContextVar("b2b_rewards_settled", default=None)


class SaleOrder(models.Model):
    """Put the gate outside of sale_loyalty, which books points before ``super()``.

    The order of overrides differs between the process that installed an addon and a
    restarted one. This addon depends on both, so its override is always the
    outermost; the gate inside then finds the orders already passed.
    """

    _inherit = "sale.order"

    def action_confirm(self):
        with self._b2b_remembering_settled():
            return self._b2b_gated(
                lambda orders: super(SaleOrder, orders).action_confirm()  # noqa: UP008
            )

    @contextmanager
    def _b2b_remembering_settled(self):
        token = _settled.set(set())
        try:
            yield
        finally:
            _settled.reset(token)

    def _compute_gift_card_count(self):
        """Credit controllers and others who read no cards open orders all the same."""
        if self.env["loyalty.card"].has_access("read"):
            return super()._compute_gift_card_count()
        self.gift_card_count = 0
        return None

    def _get_no_effect_on_threshold_lines(self):
        """Charges and delivery cost are no basis of a promotion; a discount is.

        Points come after promotions (DECISIONS 13), so these do not see them.
        """
        lines = super()._get_no_effect_on_threshold_lines()
        return lines | self.order_line.filtered(
            lambda line: (
                line._b2b_is_points() or (line._b2b_is_charge() and line.price_unit > 0)
            )
        )

    def _get_not_rewarded_order_lines(self):
        """Lines of order conditions are no articles that a promotion asks for."""
        lines = super()._get_not_rewarded_order_lines()
        return lines.filtered(lambda line: not line._b2b_is_charge())

    def _b2b_settle_lines(self):
        result = super()._b2b_settle_lines()
        for order in self:
            order._update_programs_and_rewards()
            if _settled.get() is not None:
                _settled.get().add(order._b2b_gate_key())
        return result

    def _update_programs_and_rewards(self):
        # The confirmation itself asks once more. What the gate has settled and then
        # examined stays as it is: the amount that passed is the one confirmed.
        settled, key = _settled.get(), self._b2b_gate_key()
        if settled and key in settled and self._b2b_is_inside_gate():
            settled.discard(key)
            return None
        return super()._update_programs_and_rewards()
