from odoo import api, fields, models

from ..rules import snapshot


class SaleOrder(models.Model):
    """The order as plain values, to be compared with what was approved."""

    _inherit = "sale.order"

    b2b_lines_snapshot = fields.Json(
        compute="_compute_b2b_lines_snapshot",
        store=True,
        copy=False,
        groups="base.group_user",
        help="Article, unit, kind, quantity and net price of each line.",
    )

    @api.depends(
        "order_line.product_id",
        "order_line.product_uom_id",
        "order_line.product_uom_qty",
        "order_line.price_unit",
        "order_line.discount",
        "order_line.display_type",
        "order_line.is_downpayment",
    )
    def _compute_b2b_lines_snapshot(self):
        for order in self:
            order.b2b_lines_snapshot = [
                snapshot.line(
                    line.product_id.id,
                    line.product_uom_id.id,
                    line._b2b_kind(),
                    line.product_uom_qty,
                    round(line.price_unit * (1 - line.discount / 100), 6),
                )
                for line in order.order_line
                if not line.display_type
            ]

    def _b2b_snapshot(self):
        """Lines, total and addresses of this order as JSON."""
        self.ensure_one()
        return {
            "party": self.b2b_party_id.id,
            "currency": self.currency_id.id,
            "shipping": self.partner_shipping_id.id,
            "invoice": self.partner_invoice_id.id,
            "total": self.amount_total,
            "lines": self.b2b_lines_snapshot or [],
        }
