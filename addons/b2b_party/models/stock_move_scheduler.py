from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _trigger_scheduler(self):
        """Odoo searches once for each move; few articles have a rule for reordering."""
        rules = self.env["stock.warehouse.orderpoint"].search(
            [("product_id", "in", self.product_id.ids), ("trigger", "=", "auto")]
        )
        moves = self.filtered(lambda move: move.product_id in rules.product_id)
        return super(StockMove, moves)._trigger_scheduler()
