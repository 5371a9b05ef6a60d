from odoo import models


class SaleOrder(models.Model):
    """Put the gate outside of sale_loyalty, which books points before ``super()``.

    The order of overrides differs between the process that installed an addon and a
    restarted one. This addon depends on both, so its override is always the
    outermost; the gate inside then finds the orders already passed.
    """

    _inherit = "sale.order"

    def action_confirm(self):
        return self._b2b_gated(lambda orders: super(SaleOrder, orders).action_confirm())  # noqa: UP008

    def _compute_gift_card_count(self):
        """Credit controllers and others who read no cards open orders all the same."""
        if self.env["loyalty.card"].has_access("read"):
            return super()._compute_gift_card_count()
        self.gift_card_count = 0
        return None

    def _get_no_effect_on_threshold_lines(self):
        """Charges and delivery cost are no basis of a promotion; a discount is."""
        lines = super()._get_no_effect_on_threshold_lines()
        return lines | self.order_line.filtered(
            lambda line: line._b2b_is_charge() and line.price_unit > 0
        )

    def _get_not_rewarded_order_lines(self):
        """Lines of order conditions are no articles that a promotion asks for."""
        lines = super()._get_not_rewarded_order_lines()
        return lines.filtered(lambda line: not line._b2b_is_charge())

    def _b2b_settle_lines(self):
        result = super()._b2b_settle_lines()
        for order in self:
            order._update_programs_and_rewards()
        return result
