from odoo import api, fields, models
from odoo.exceptions import UserError

from .sale_order_points import is_settling

#: Changes of a line that points follow.
FOLLOWED = frozenset(
    {
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "order_id",
    }
)


class SaleOrderLine(models.Model):
    """Lines of points, and the lines that they follow."""

    _inherit = "sale.order.line"

    b2b_points_line = fields.Boolean(
        "Paid by points",
        readonly=True,
        help="Written by the system for points that are used on the order.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_points_line"}

    def _b2b_is_points(self):
        return self.b2b_points_line or super()._b2b_is_points()

    def _b2b_is_charge(self):
        """No goods: it earns nothing and is no article."""
        return self.b2b_points_line or super()._b2b_is_charge()

    def _compute_tax_ids(self):
        # Their taxes follow the goods.
        own = self.filtered("b2b_points_line")
        return super(SaleOrderLine, self - own)._compute_tax_ids()

    def _prepare_invoice_line(self, **optional_values):
        """The whole line; the document brings it to what its goods bear."""
        values = super()._prepare_invoice_line(**optional_values)
        if self.b2b_points_line and values.get("display_type") == "product":
            values["quantity"] = 1.0
            values["price_unit"] = self.price_unit * self.product_uom_qty
        return values

    # -- written by the system ---------------------------------------------------

    def _b2b_points_update(self, part):
        """Change what differs, so that nothing is written when nothing changed."""
        self.ensure_one()
        wanted = dict(part)
        if self.tax_ids == wanted["tax_ids"]:
            del wanted["tax_ids"]
        else:
            wanted["tax_ids"] = [(6, 0, wanted["tax_ids"].ids)]
        if not self.currency_id.compare_amounts(self.price_unit, wanted["price_unit"]):
            del wanted["price_unit"], wanted["technical_price_unit"]
        for name in ("name", "extra_tax_data"):
            if self[name] == wanted[name]:
                del wanted[name]
        if wanted:
            self.write(wanted)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("b2b_points_line") for vals in vals_list):
            raise UserError(self.env._("Points are used by “Use points” only."))
        lines = super().create(vals_list)
        lines._b2b_points_moved()
        return lines

    def write(self, vals):
        followed = FOLLOWED & vals.keys()
        if "b2b_points_line" in vals and not self.env.su:
            raise UserError(self.env._("Points are used by “Use points” only."))
        if followed and not self.env.su and any(line.b2b_points_line for line in self):
            raise UserError(
                self.env._(
                    "Points are worked out from the goods; change them by “Use points”."
                )
            )
        orders = self.order_id
        before = orders._b2b_points_before() if followed else {}
        result = super().write(vals)
        if followed:
            self._b2b_points_moved(orders, before)
        return result

    def unlink(self):
        if is_settling():
            return super().unlink()
        orders = self.order_id
        # Whoever removes a line of points takes all points of the order back.
        dropped = self.filtered("b2b_points_line").order_id
        result = super().unlink()
        for order in dropped.exists():
            order.sudo().write({"b2b_points_wanted": 0})
        orders.exists()._b2b_points_settle()
        return result

    def _b2b_points_moved(self, orders=None, before=None):
        if not is_settling():
            found = self.order_id if orders is None else orders | self.order_id
            found._b2b_points_settle(before)
