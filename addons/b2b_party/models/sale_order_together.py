from contextvars import ContextVar

from odoo import models

# The orders being written, by whom, and their changed lines with the quantity that
# each had; new lines with None.
_written = ContextVar("b2b_written_lines", default=None)


class SaleOrder(models.Model):
    """Changed lines of a confirmed order reach the warehouse together.

    A form, the portal and imports send each changed line on its own. Odoo would run the
    rules of stock and go through the whole delivery again after every one of them.
    """

    _inherit = "sale.order"

    def write(self, vals):
        if "order_line" not in vals or "state" in vals:
            return super().write(vals)
        if any(order.state != "sale" for order in self):
            return super().write(vals)
        written = {}
        token = _written.set((frozenset(self.ids), self.env.uid, self.env.su, written))
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
        own = self._b2b_written_now()
        before = previous_product_uom_qty or {}
        for line in own:
            # Written twice: what the warehouse knows is the quantity before the first.
            _written.get()[-1].setdefault(line.id, before.get(line.id))
        if own and own == self:
            return True
        return super(SaleOrderLine, self - own)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )

    def _b2b_written_now(self):
        """The lines whose order is being written; not what follows in other orders,
        for another user, or without procurement."""
        orders, uid, su, _lines = _written.get() or ((), 0, False, {})
        env = self.env
        if env.context.get("skip_procurement") or (env.uid, env.su) != (uid, su):
            return self.browse()
        return self.filtered(lambda line: line.order_id.id in orders)
