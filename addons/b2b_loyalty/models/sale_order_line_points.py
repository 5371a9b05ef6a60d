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
#: What else of a line of points only the system writes.
CLOSED = FOLLOWED | {
    "extra_tax_data",
    "is_expense",
    "name",
    "qty_delivered",
    "technical_price_unit",
}


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
        closed = CLOSED & vals.keys() and not self.env.su
        if closed and any(line.b2b_points_line for line in self):
            raise UserError(
                self.env._(
                    "Points are worked out from the goods; change them by “Use points”."
                )
            )
        if "tax_ids" in vals:
            self._b2b_points_check_taxes(vals["tax_ids"])
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
        # sudo: who changes an order need not read invoices.
        for order in self.filtered("b2b_points_line").sudo().order_id:
            if order._b2b_points_are_owed():
                order._b2b_points_refuse_billed()
        self.sudo()._b2b_points_check_goods_removed()
        # Whoever removes a line of points takes all points of the order back.
        dropped = self.filtered("b2b_points_line").order_id
        result = super().unlink()
        for order in dropped.exists():
            order.sudo().write({"b2b_points_wanted": 0})
        orders.exists()._b2b_points_settle()
        return result

    def _check_line_unlink(self):
        """Odoo keeps lines of confirmed orders; points without goods to pay go."""
        kept = super()._check_line_unlink()
        if not is_settling():
            return kept
        return kept - (self.filtered("b2b_points_line") - self._b2b_points_billed())

    def _b2b_points_billed(self):
        """Lines of points that are on a document that counts."""
        return self.filtered(
            lambda line: any(
                move.state != "cancel" for move in line.invoice_lines.move_id
            )
        )

    def _b2b_points_check_goods_removed(self):
        """Goods that points paid stay as long as their invoice bears the points.

        Without them nothing would say which points its credit note gives back.
        """
        for order in self.order_id.filtered("b2b_points_account_id"):
            billed = (self & order._b2b_points_goods()).filtered(
                lambda line: any(
                    one.price_unit > 0 and one.move_id.state != "cancel"
                    for one in line.invoice_lines
                )
            )
            if billed and order._b2b_points_are_owed():
                raise UserError(
                    self.env._(
                        "“%s” is invoiced and partly paid by points, so it stays on "
                        "the order. Set its quantity to 0, or credit the invoice "
                        "first.",
                        (billed[0].name or "").split("\n")[0],
                    )
                )

    def _b2b_points_check_taxes(self, commands):
        """Taxes of goods stay once points that paid for them are invoiced.

        Which part of the points belongs to which tax was settled with the customer
        and the tax office.
        """
        field = self._fields["tax_ids"]
        # sudo: who changes a tax need not read invoices.
        for line in self.sudo():
            order = line.order_id
            if is_settling() or line.b2b_points_line:
                continue
            # An order that was emptied uses none, its invoice still bears them.
            if not order.b2b_points_used and not (
                order.b2b_points_account_id and order._b2b_points_are_owed()
            ):
                continue
            given = field.convert_to_cache(commands, line)
            if set(given) != set(line.tax_ids.ids) and order._b2b_points_are_billed():
                raise UserError(
                    self.env._(
                        "Points of %s are invoiced with the taxes as they are; credit "
                        "the invoice and cancel the order to change them.",
                        order.name,
                    )
                )

    def _b2b_points_moved(self, orders=None, before=None):
        if not is_settling():
            found = self.order_id if orders is None else orders | self.order_id
            found._b2b_points_settle(before)
