from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    b2b_slot_text = fields.Char(
        "Slot",
        related="sale_id.b2b_slot_text",
        help="The slot that was promised with the order.",
    )
