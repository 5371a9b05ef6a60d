from odoo import api, models


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {
            **super()._b2b_reasons(),
            "budget": self.env._("Budget"),
            "order_maximum": self.env._("Order maximum"),
            "budget_seat": self.env._("Seat missing"),
            "budget_pot": self.env._("Pot missing"),
        }

    def _b2b_close(self, state, verdict, user, comment=""):
        """A released budget hold reserves at once, even while others stay open."""
        result = super()._b2b_close(state, verdict, user, comment)
        if state == "released":
            orders = self.filtered(lambda hold: hold.code == "budget").order_id
            still_waiting = orders.filtered("b2b_open_hold_ids")
            if still_waiting:
                still_waiting._b2b_book_budgets()
        return result
