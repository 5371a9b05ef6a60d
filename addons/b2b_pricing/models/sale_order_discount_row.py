from odoo import api, fields, models
from odoo.exceptions import AccessError

from .sale_order_discount import KIND, is_settling

#: Changes of a line that a discount on the order follows.
FOLLOWED = frozenset(
    {
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "b2b_manual_discount",
        "tax_ids",
    }
)


class SaleOrderLine(models.Model):
    """Rows of the discount on the order, and the lines that they follow."""

    _inherit = "sale.order.line"

    b2b_order_discount = fields.Boolean(
        "Row of the order discount",
        readonly=True,
        help="Worked out by the system from the discount on the order.",
    )

    def _b2b_kind(self):
        given = self._is_global_discount() and not self._b2b_is_points()
        if self.b2b_order_discount or given:
            return KIND
        return super()._b2b_kind()

    def _b2b_discount_taxes(self):
        self.ensure_one()
        return self.order_id._b2b_taxes_of_discount(self.tax_ids)

    def _b2b_update_discount_row(self, taxes, amount, several):
        """Change what differs, so that nothing is written when nothing changed."""
        order, currency = self.order_id, self.currency_id
        wanted = order._b2b_discount_row(taxes, amount, several)
        if self.tax_ids == taxes:
            del wanted["tax_ids"]
        if not currency.compare_amounts(self.price_unit, -amount):
            del wanted["price_unit"], wanted["technical_price_unit"]
        if self.name == wanted["name"]:
            del wanted["name"]
        if wanted:
            self.update(wanted)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._b2b_follow_lines()
        return lines

    def write(self, vals):
        if "b2b_order_discount" in vals and not (self.env.su or is_settling()):
            raise AccessError(
                self.env._("Rows of the order discount are written by the system.")
            )
        result = super().write(vals)
        if FOLLOWED & vals.keys():
            self._b2b_follow_lines()
        return result

    def unlink(self):
        if is_settling():
            return super().unlink()
        orders, rows = self.order_id, self.filtered("b2b_order_discount")
        # Whoever removes a row by hand takes the discount back.
        dropped = rows.order_id
        result = super().unlink()
        dropped.exists()._b2b_clear_order_discount()
        orders.exists()._b2b_settle_order_discount()
        return result

    def _b2b_follow_lines(self):
        if is_settling():
            return
        orders = self.order_id.filtered("b2b_order_discount_kind")
        orders._b2b_settle_order_discount()
