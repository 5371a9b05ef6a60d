from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..rules import conditions as rules

#: What of a line conditions look at.
TRIGGERS = frozenset(
    {
        "order_id",
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "price_unit",
        "discount",
        "tax_ids",
        "display_type",
    }
)
CONDITION_FIELDS = frozenset(
    {"b2b_condition_kind", "b2b_carrier_price", "b2b_carrier_replaced"}
)


class SaleOrderLine(models.Model):
    """Lines that order conditions wrote: no goods, and nobody's but the system's."""

    _inherit = "sale.order.line"

    b2b_condition_kind = fields.Selection(
        [
            (rules.MINIMUM, "Minimum order"),
            (rules.SMALL_ORDER, "Small-order charge"),
            (rules.DISCOUNT, "Order discount"),
            (rules.DELIVERY, "Delivery cost"),
        ],
        "Order condition",
        readonly=True,
        index="btree_not_null",
        help="The condition that wrote this line, which follows the order's changes.",
    )
    b2b_carrier_price = fields.Float(
        "Carrier's own price",
        readonly=True,
        digits="Product Price",
        groups="base.group_user",
        help="What the carrier costs; an agreed delivery cost stands in its place.",
    )
    b2b_carrier_replaced = fields.Boolean(
        "Agreed delivery cost",
        readonly=True,
        groups="base.group_user",
        help="Whether an agreed delivery cost stands in the place of the carrier's "
        "price.",
    )

    # -- what the line is --

    def _b2b_kind(self):
        kind = self.b2b_condition_kind
        if not kind:
            return super()._b2b_kind()
        known = {rules.DISCOUNT: "discount", rules.DELIVERY: "delivery"}
        return known.get(kind, "charge")

    def _b2b_is_charge(self):
        return bool(self.b2b_condition_kind) or super()._b2b_is_charge()

    def _is_delivery(self):
        return self.b2b_condition_kind == rules.DELIVERY or super()._is_delivery()

    def _compute_tax_ids(self):
        # Their taxes follow the goods, see the settle step.
        own = self.filtered("b2b_condition_kind")
        return super(SaleOrderLine, self - own)._compute_tax_ids()

    def _check_line_unlink(self):
        """A charge that falls away may leave a confirmed order until it is invoiced."""
        kept = super()._check_line_unlink()
        if not self.env.su:
            return kept
        return kept.filtered(lambda ln: not ln.b2b_condition_kind or ln.invoice_lines)

    # -- whenever something changes --

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._b2b_check_condition_kind(vals)
        with self.env["sale.order"]._b2b_conditions_once():
            lines = super().create(vals_list)
            lines.order_id._b2b_conditions_changed()
        return lines

    def write(self, vals):
        self._b2b_check_condition_kind(vals)
        own = {name for name in vals if name.startswith("b2b_")}
        if not (TRIGGERS & vals.keys() or own):
            return super().write(vals)
        with self.env["sale.order"]._b2b_conditions_once():
            result = super().write(vals)
            self.order_id._b2b_conditions_changed()
        return result

    def unlink(self):
        orders = self.order_id
        with self.env["sale.order"]._b2b_conditions_once():
            result = super().unlink()
            orders._b2b_conditions_changed()
        return result

    @api.constrains("b2b_manual_discount")
    def _check_b2b_condition_discount(self):
        for line in self:
            if line.b2b_condition_kind and line.b2b_manual_discount:
                raise ValidationError(
                    self.env._(
                        "“%s” comes from an order condition; a discount on it has no "
                        "effect. Change the condition, or order without conditions.",
                        line.name,
                    )
                )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | CONDITION_FIELDS

    @api.model
    def _b2b_check_condition_kind(self, vals):
        if self.env.su:
            return
        # Emptying is writing too: the line would stay beside the one that follows.
        # sudo: what a line is now decides, whoever may read it.
        lines = self.sudo()
        for name in CONDITION_FIELDS & vals.keys():
            value = vals[name] or False
            if value or any(line[name] for line in lines):
                raise AccessError(
                    self.env._("Lines of order conditions are written by the system.")
                )

    # -- as a condition wants it --

    def _b2b_follow_condition(self, row):
        """Write only what differs, so that settling twice writes nothing."""
        self.ensure_one()
        values = {}
        if self.currency_id.compare_amounts(self.price_unit, row["price"]):
            values.update(price_unit=row["price"], technical_price_unit=0.0)
        if self.tax_ids != row["taxes"]:
            values["tax_ids"] = [(6, 0, row["taxes"].ids)]
        if row["name"] and self.name != row["name"]:
            values["name"] = row["name"]
        if self.product_uom_qty != 1.0:
            values["product_uom_qty"] = 1.0
        if self.discount:
            values["discount"] = 0.0
        if values:
            self.write(values)

    def _b2b_price_carriers(self, price):
        """Put an agreed cost in the place of the carrier's price, or give it back.

        :param price: net amount in the order's currency; None: the carrier's own
        """
        for place, line in enumerate(self):
            if price is None:
                if line.b2b_carrier_replaced:
                    own = line.b2b_carrier_price
                    line.write({"price_unit": own, "b2b_carrier_replaced": False})
                continue
            values = {}
            if not line.b2b_carrier_replaced:
                values["b2b_carrier_price"] = line.price_unit
                values["b2b_carrier_replaced"] = True
            net = price if not place else 0.0
            wanted = line.order_id._b2b_typed_price(net, line.tax_ids)
            if line.currency_id.compare_amounts(line.price_unit, wanted):
                values["price_unit"] = wanted
            if values:
                line.write(values)
