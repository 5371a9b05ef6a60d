from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _trigger_scheduler(self):
        """Odoo searches once for each move; few articles have a rule for reordering."""
        # sudo: a setting of the whole database, which everybody's orders follow.
        settings = self.env["ir.config_parameter"].sudo()
        if not self or settings.get_param("stock.no_auto_scheduler"):
            return None
        rules = self.env["stock.warehouse.orderpoint"].search(
            [("product_id", "in", self.product_id.ids), ("trigger", "=", "auto")]
        )
        moves = self.filtered(lambda move: move.product_id in rules.product_id)
        return super(StockMove, moves)._trigger_scheduler()
