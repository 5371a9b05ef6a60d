from contextvars import ContextVar

from odoo import models

# Lines of the order being written with the quantity each had, new ones with None.
_written = ContextVar("b2b_written_lines", default=None)


class SaleOrder(models.Model):
    """Changed lines of a confirmed order reach the warehouse together.

    A form, the portal and imports send each changed line on its own. Odoo would run the
    rules of stock and go through the whole delivery again after every one of them.
    """

    _inherit = "sale.order"

    def write(self, vals):
        confirmed = all(order.state == "sale" for order in self)
        if "order_line" not in vals or "state" in vals or not confirmed:
            return super().write(vals)
        written = {}
        token = _written.set(written)
        try:
            result = super().write(vals)
        finally:
            _written.reset(token)
        lines = self.env["sale.order.line"].browse(written).exists()
        new = lines.filtered(lambda line: written[line.id] is None)
        # Kits ask for the former quantity of every line, if for any.
        for part, previous in ((new, False), (lines - new, written)):
            if part:
                part._action_launch_stock_rule(previous_product_uom_qty=previous)
        return result


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        written = _written.get()
        if written is None:
            return super()._action_launch_stock_rule(
                previous_product_uom_qty=previous_product_uom_qty
            )
        before = previous_product_uom_qty or {}
        for line in self:
            # Written twice: what the warehouse knows is the quantity before the first.
            written.setdefault(line.id, before.get(line.id))
        return True
