from contextlib import contextmanager
from contextvars import ContextVar

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.sql import column_exists, create_column

from odoo.addons.b2b_party.rules import audit

from ..rules import discount

#: What somebody reduces a price with.
PRICE_FIELDS = frozenset({"price_unit", "discount", "b2b_manual_discount"})

# Whether the system sets prices right now: nobody gives a discount by that. A variable
# of the thread, because keys of the context could be sent by anybody.
_pricing = ContextVar("b2b_pricing_by_system", default=False)


@contextmanager
def pricing_by_system():
    """While it lasts, prices and discounts that are written are nobody's gift."""
    token = _pricing.set(True)
    try:
        yield
    finally:
        _pricing.reset(token)


class SaleOrderLine(models.Model):
    """A discretionary discount that survives every recomputation.

    Odoo's ``discount`` is computed from it and from what the price rule shows.
    """

    _inherit = "sale.order.line"

    b2b_manual_discount = fields.Float(
        "Discretionary discount",
        digits="Discount",
        help="What is given off the price in percent, on top of the discount of the "
        "price rule: 10 % and 5 % are 14.5 %. It stays when quantity, price or "
        "agreement change.",
    )
    b2b_technical_discount = fields.Float(
        "Computed discount",
        help="The whole discount as last computed; another one was typed by hand.",
    )
    b2b_discount_by_id = fields.Many2one(
        "res.users",
        "Reduced by",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who set price or discount of the line last in the customer's favour. "
        "Nobody releases what he gave himself.",
    )

    def _auto_init(self):
        # Discounts that are there already were computed, as far as we know.
        if not column_exists(self.env.cr, self._table, "b2b_technical_discount"):
            create_column(self.env.cr, self._table, "b2b_technical_discount", "float8")
            self.env.cr.execute(
                "UPDATE sale_order_line SET b2b_technical_discount = discount "
                "WHERE discount != 0"
            )
        return super()._auto_init()

    # -- computed ----------------------------------------------------------------

    @api.depends("b2b_manual_discount")
    def _compute_discount(self):
        typed = self._b2b_typed_discounts()
        super()._compute_discount()
        shows = self._b2b_shows_rule_discount()
        for line in self:
            if not line.product_id or line.display_type:
                total = 0.0
            elif line.combo_item_id:
                total = line.discount
            else:
                rule = line.discount if shows and line.order_id.pricelist_id else 0.0
                total = line._b2b_total_discount(rule)
            if line.b2b_technical_discount != total:
                line.b2b_technical_discount = total
            total = typed.get(line, total)
            if line.discount != total:
                line.discount = total

    @api.model
    def _b2b_shows_rule_discount(self):
        return self.env["product.pricelist.item"]._is_discount_feature_enabled()

    def _b2b_total_discount(self, rule):
        """The discount of a rule and the discretionary one together, as stored."""
        if not self.b2b_manual_discount:
            return rule
        digits = self.env["decimal.precision"].precision_get("Discount")
        return round(discount.combine(rule, self.b2b_manual_discount), digits)

    def _b2b_typed_discounts(self):
        """``{line: discount}`` of lines where Odoo's own field was typed by hand."""
        if _pricing.get():
            return {}
        keeps = self._b2b_keeps_typed_discount()
        shows = self._b2b_shows_rule_discount()
        # Where Odoo computes no discount, it forgets none either.
        return {
            line: line.discount
            for line in self
            if (keeps or not shows or not line.order_id.pricelist_id)
            and line._b2b_discount_is_typed()
        }

    def _b2b_discount_is_typed(self):
        self.ensure_one()
        return bool(round(self.discount - self.b2b_technical_discount, 2))

    @api.model
    def _b2b_keeps_typed_discount(self):
        # sudo: a setting, asked in the name of everybody who orders.
        params = self.env["ir.config_parameter"].sudo()
        value = params.get_param("b2b_pricing.keep_hand_discount", "True")
        return value not in ("False", "0", "")

    def _add_precomputed_values(self, vals_list):
        computed = [vals for vals in vals_list if "discount" not in vals]
        super()._add_precomputed_values(vals_list)
        for vals in computed:
            if vals.get("discount"):
                vals["b2b_technical_discount"] = vals["discount"]

    # -- refusals ----------------------------------------------------------------

    @api.constrains("b2b_manual_discount", "discount")
    def _check_b2b_discount(self):
        for line in self:
            given = line.b2b_manual_discount
            if not given and line.order_id.b2b_is_trade and line.price_unit >= 0:
                given = line.discount
            if 0 <= given <= 100 or line.order_id.b2b_historical:
                continue
            raise ValidationError(
                self.env._(
                    "The discount of %(article)s is %(percent)s %%; enter 0 to 100.",
                    article=line.product_id.display_name or line.name,
                    percent=audit.number(round(given, 2)),
                )
            )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_discount_by_id"}

    def _b2b_check_may_price(self, vals):
        """Prices and discounts are never a portal user's to write, by no path."""
        if self.env.su:
            return
        if vals.get("b2b_discount_by_id") or (self and "b2b_discount_by_id" in vals):
            raise AccessError(self.env._("Who gave a discount is set by the system."))
        if self.env.user.share and PRICE_FIELDS & vals.keys():
            raise AccessError(self.env._("Prices and discounts are set by our staff."))

    # -- who gave it -------------------------------------------------------------

    @api.model
    def _b2b_gives_by_hand(self):
        """Whether what is written now is given by a person of ours."""
        user = self.env.user
        return not _pricing.get() and not user.share and user.id != SUPERUSER_ID

    @api.model
    def _b2b_drop_unsent(self, vals):
        """Forms send the computed discount, but not the read-only one it belongs to."""
        if len(vals) > 1 and "discount" not in vals:
            vals.pop("b2b_technical_discount", None)

    @api.model_create_multi
    def create(self, vals_list):
        by_hand = self._b2b_gives_by_hand()
        for vals in vals_list:
            self.browse()._b2b_check_may_price(vals)
            self._b2b_drop_unsent(vals)
            if by_hand and PRICE_FIELDS & vals.keys():
                vals["b2b_discount_by_id"] = self.env.uid
        return super().create(vals_list)

    def write(self, vals):
        self._b2b_check_may_price(vals)
        self._b2b_drop_unsent(vals)
        if not PRICE_FIELDS & vals.keys():
            return super().write(vals)
        if "b2b_manual_discount" in vals and "discount" not in vals:
            # The discretionary discount takes the place of one in Odoo's field.
            for line in self.filtered(lambda ln: ln._b2b_discount_is_typed()):
                line.b2b_technical_discount = line.discount
        if not self._b2b_gives_by_hand():
            return super().write(vals)
        before = {line: line._b2b_net_price() for line in self}
        result = super().write(vals)
        given = self.filtered(
            lambda line: (
                not line.b2b_discount_by_id
                or line._b2b_net_price() < before[line] - 1e-6
            )
        )
        # sudo: who gave it is written by the system.
        given.sudo().write({"b2b_discount_by_id": self.env.uid})
        return result

    def _b2b_net_price(self):
        """Unit price after the line's discount, in the terms of the order's prices."""
        self.ensure_one()
        return self.price_unit * (1 - self.discount / 100)

    def _b2b_line_amount(self):
        """What the line comes to, in the terms of the order's prices."""
        self.ensure_one()
        return self.currency_id.round(self.product_uom_qty * self._b2b_net_price())

    def _b2b_displayed_price(self, terms, price, rule):
        """Under other terms the discretionary discount stays."""
        unit, shown = super()._b2b_displayed_price(terms, price, rule)
        if terms.get("rule_only"):
            return unit, shown
        return unit, self._b2b_total_discount(shown)

    @api.model
    def _b2b_hidden_from_portal(self):
        """What was given and by whom is ours; buyers read the whole discount."""
        return super()._b2b_hidden_from_portal() | {
            "b2b_manual_discount",
            "b2b_technical_discount",
            "b2b_discount_by_id",
        }


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _recompute_prices(self):
        """Prices of the list again; what was given on purpose stays given."""
        with pricing_by_system():
            return super()._recompute_prices()
