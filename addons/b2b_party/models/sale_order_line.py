from odoo import api, models
from odoo.exceptions import UserError


class SaleOrderLine(models.Model):
    """Lines of historical orders are delivered, invoiced and closed to changes."""

    _inherit = "sale.order.line"

    def _b2b_is_charge(self):
        """Whether the line is no goods but what a condition of the whole order wrote.

        Such lines earn no points and are no articles; ``b2b_pricing`` tells.
        """
        self.ensure_one()
        return False

    def _b2b_is_points(self):
        """Whether the line is what points pay of the order; ``b2b_loyalty`` tells."""
        self.ensure_one()
        return False

    def _b2b_historical_lines(self):
        # Orders are few, and seldom one of these: asked of them, not of each line.
        historical = self.order_id.filtered("b2b_historical")
        if not historical:
            return self.browse()
        return self.filtered(lambda line: line.order_id in historical)

    def _b2b_check_historical(self):
        if not self.env.su and self._b2b_historical_lines():
            raise UserError(
                self.env._(
                    "%s was brought over from an earlier system and cannot be changed.",
                    self._b2b_historical_lines()[0].order_id.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._b2b_check_historical()
        return lines

    def write(self, vals):
        self._b2b_check_historical()
        return super().write(vals)

    def unlink(self):
        self._b2b_check_historical()
        return super().unlink()

    def _prepare_qty_delivered(self):
        quantities = super()._prepare_qty_delivered()
        for line in self._b2b_historical_lines():
            quantities[line] = line.product_uom_qty
        return quantities

    def _prepare_qty_invoiced(self):
        quantities = super()._prepare_qty_invoiced()
        for line in self._b2b_historical_lines():
            quantities[line] = line.product_uom_qty
        return quantities

    def _compute_qty_invoiced_posted(self):
        historical = self._b2b_historical_lines()
        super(SaleOrderLine, self - historical)._compute_qty_invoiced_posted()
        for line in historical:
            line.qty_invoiced_posted = line.product_uom_qty

    def _compute_untaxed_amount_to_invoice(self):
        historical = self._b2b_historical_lines()
        super(SaleOrderLine, self - historical)._compute_untaxed_amount_to_invoice()
        historical.untaxed_amount_to_invoice = 0.0

    def _compute_invoice_status(self):
        historical = self._b2b_historical_lines()
        super(SaleOrderLine, self - historical)._compute_invoice_status()
        historical.invoice_status = "invoiced"

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        lines = self - self._b2b_historical_lines()
        return super(SaleOrderLine, lines)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )
