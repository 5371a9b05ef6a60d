from odoo import api, fields, models

from ..rules import rest
from .sale_order_rest import is_closing


class SaleOrderLine(models.Model):
    """What of a line will not come any more."""

    _inherit = "sale.order.line"

    b2b_rest_ids = fields.One2many(
        "b2b.order.rest",
        "line_id",
        "Closed rests",
        readonly=True,
        copy=False,
        help="What was closed of this line, when and why.",
    )
    b2b_closed_qty = fields.Float(
        "Closed",
        compute="_compute_b2b_closed_qty",
        compute_sudo=True,
        digits="Product Unit",
        help="What was ordered and will not come any more. The ordered quantity was "
        "lowered by it.",
    )

    @api.depends("b2b_rest_ids.quantity")
    def _compute_b2b_closed_qty(self):
        sums = dict(
            self.env["b2b.order.rest"]._read_group(
                [("line_id", "in", self.ids)], ["line_id"], ["quantity:sum"]
            )
        )
        for line in self:
            line.b2b_closed_qty = sums.get(line._origin, 0.0)

    def _b2b_came_back(self):
        """What was delivered and came back, in the unit of the line."""
        self.ensure_one()
        if self.qty_delivered_method != "stock_move":
            return 0.0
        _out, back = self._get_outgoing_incoming_moves()
        return sum(
            move.product_uom._compute_quantity(
                move.quantity, self.product_uom_id, round=False
            )
            for move in back
            if move.state == "done"
        )

    def _b2b_quantities(self):
        """Arguments of the rules: delivered, came back, invoiced."""
        return self.qty_delivered, self._b2b_came_back(), self.qty_invoiced

    def _b2b_rest(self):
        """What is still to come; 0 for lines that are no goods."""
        self.ensure_one()
        if self.display_type or self._b2b_kind() != "goods" or self.price_subtotal < 0:
            return 0.0
        if self._is_delivery() or self._is_global_discount():
            return 0.0
        found = rest.rest(self.product_uom_qty, *self._b2b_quantities())
        return 0.0 if self.product_uom_id.is_zero(found) else found

    def _b2b_close(self):
        """Lower the ordered quantity to what came, cancel what was to move.

        Price and discount stay as they were agreed for the whole quantity.
        """
        self.ensure_one()
        kept = rest.kept(*self._b2b_quantities())
        moves = self.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
        moves._action_cancel()
        self.with_context(skip_procurement=True).write(
            {
                "product_uom_qty": kept,
                "price_unit": self.price_unit,
                "discount": self.discount,
            }
        )

    def _b2b_reduces_order(self):
        """Whether this is a discount on the whole order, and not one of an article;
        bridges add theirs."""
        self.ensure_one()
        return bool(self._is_global_discount())

    def _get_protected_fields(self):
        protected = super()._get_protected_fields()
        if not self or not all(is_closing(order) for order in self.order_id):
            return protected
        # A locked order may still be told what will not come.
        mine = ("product_uom_qty", "price_unit", "discount")
        return [name for name in protected if name not in mine]
