from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        done = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: whoever validates a transfer need not read budgets.
        lines = done.sudo().sale_line_id
        if lines:
            returned = self.env["stock.move"].sudo()
            returned = returned.search(
                [
                    ("sale_line_id", "in", lines.ids),
                    ("origin_returned_move_id", "!=", False),
                    ("state", "=", "done"),
                ]
            )
            returned.sale_line_id.order_id._b2b_book_returns()
        return done
