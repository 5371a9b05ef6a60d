from odoo import api, fields, models

from .res_partner import STAFF


class SaleOrder(models.Model):
    """One line about credit on the order, for our staff."""

    _inherit = "sale.order"

    b2b_credit_line = fields.Char(
        "Credit",
        compute="_compute_b2b_credit_line",
        groups=STAFF,
        help="Credit of who pays, with this order.",
    )
    b2b_credit_tone = fields.Selection(
        [("info", "Fits"), ("danger", "Above the limit")],
        compute="_compute_b2b_credit_line",
        groups=STAFF,
        help="Whether the order fits.",
    )

    @api.depends("amount_total", "partner_invoice_id", "state", "b2b_submit_state")
    def _compute_b2b_credit_line(self):
        readable = self.env["b2b.credit.account"].has_access("read")
        for order in self:
            effects = order._b2b_credit_effect() if readable else []
            shown = [e for e in effects if order._b2b_shows_credit(e)]
            over = any(effect["over"] for effect in shown)
            order.b2b_credit_tone = "danger" if over else "info"
            order.b2b_credit_line = (
                " · ".join(order._b2b_credit_summary(effect) for effect in shown)
                or False
            )

    def _b2b_shows_credit(self, effect):
        """Before and while it waits; what a group owes only for who may read it."""
        if self.state not in ("draft", "sent") or not effect["exposure"].is_checked:
            return False
        if effect["term"].id in self.sudo()._b2b_held_credit_ids():
            # Its hold says the same, with the buttons.
            return False
        return effect["account"].with_env(self.env).has_access("read")

    def _b2b_credit_summary(self, effect):
        exposure = effect["exposure"]
        after = exposure.available - effect["amount"]
        values = {
            "name": effect["account"].display_name,
            "used": self._b2b_money(exposure.total, effect["currency"]),
            "limit": self._b2b_money(exposure.limit, effect["currency"]),
            "left": self._b2b_money(after, effect["currency"]),
        }
        if exposure.prepaid_only:
            return self.env._(
                "%(name)s pays in advance; %(left)s after this order", **values
            )
        return self.env._(
            "Credit of %(name)s: %(used)s of %(limit)s used, %(left)s left after this "
            "order",
            **values,
        )
