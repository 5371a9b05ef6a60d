from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import supplier_net as rules

SUPPLIER_NET = "b2b_supplier_net"
#: What a floor can be compared with: a surcharge on what we pay.
COST_BASES = (SUPPLIER_NET, "standard_price")


class ProductPricelistItem(models.Model):
    """Prices from what the supplier charges, and a floor for any rule (C6)."""

    _inherit = "product.pricelist.item"

    base = fields.Selection(
        selection_add=[(SUPPLIER_NET, "Supplier net")],
        ondelete={SUPPLIER_NET: lambda items: items._b2b_fix_last_prices()},
        help="Base price for computation.\n"
        "Sales Price: the sales price of the product.\n"
        "Cost: the cost of the product.\n"
        "Other Pricelist: the price on another list.\n"
        "Supplier net: what the supplier charges for that quantity on that day, after "
        "his discount, in the currency and unit of the order. Without a supplier the "
        "cost of the product; without a cost, as if there were no rule.",
    )
    b2b_never_below_cost = fields.Boolean(
        "Never below cost",
        compute="_compute_b2b_never_below_cost",
        store=True,
        readonly=False,
        precompute=True,
        help="The price of this rule is raised to the higher of product cost and "
        "supplier net with landed cost. Proposed for prices from supplier net. A line "
        "that is sold below waits for a sales manager.",
    )
    b2b_landed_percent = fields.Float(
        "Landed cost",
        digits=(16, 2),
        default=0.0,
        help="Freight, duty and the like in per cent of supplier net; counts for the "
        "floor, not for the price.",
    )

    _b2b_landed_positive = models.Constraint(
        "CHECK(b2b_landed_percent >= 0)",
        "Landed cost comes on top of what the supplier charges; enter 0 or more.",
    )

    @api.depends("base", "compute_price")
    def _compute_b2b_never_below_cost(self):
        for rule in self:
            rule.b2b_never_below_cost = (
                rule.compute_price == "formula" and rule.base == SUPPLIER_NET
            )

    @api.onchange("price_markup")
    def _onchange_b2b_price_markup(self):
        # Odoo follows the surcharge when the rule is saved; its example shows it now.
        for rule in self:
            rule.price_discount = -rule.price_markup

    # -- what cannot be --

    @api.constrains("base", "compute_price")
    def _check_b2b_supplier_formula(self):
        for rule in self:
            if rule.base == SUPPLIER_NET and rule.compute_price != "formula":
                raise ValidationError(
                    self.env._(
                        "%(rule)s: a price from supplier net is a formula; choose "
                        "“Formula” as price type, or another base.",
                        rule=rule.name,
                    )
                )

    @api.constrains("base", "compute_price", "price_discount", "b2b_never_below_cost")
    def _check_b2b_surcharge(self):
        for rule in self:
            if rule.compute_price != "formula" or rule.base not in COST_BASES:
                continue
            surcharge = rule.price_markup
            if rule.b2b_never_below_cost and rules.never_reaches_floor(surcharge):
                raise ValidationError(
                    self.env._(
                        "%(rule)s: a surcharge of %(share)g %% lies below cost; enter "
                        "0 or more, or take away the tick “Never below cost”.",
                        rule=rule.name,
                        share=surcharge,
                    )
                )
            if rule.base == SUPPLIER_NET and surcharge <= -100:
                raise ValidationError(
                    self.env._(
                        "%(rule)s: a surcharge of %(share)g %% leaves no price; enter "
                        "more than -100.",
                        rule=rule.name,
                        share=surcharge,
                    )
                )

    @api.constrains("compute_price", "percent_price")
    def _check_b2b_percentage(self):
        for rule in self:
            if rule.compute_price == "percentage" and rule.percent_price > 100:
                raise ValidationError(
                    self.env._(
                        "%(rule)s: %(share)g %% off leaves a price below zero; enter "
                        "100 or less.",
                        rule=rule.name,
                        share=rule.percent_price,
                    )
                )

    # -- the price --

    def _compute_base_price(self, product, quantity, uom, date, currency, **kwargs):
        if self.base != SUPPLIER_NET:
            return super()._compute_base_price(
                product, quantity, uom, date, currency, **kwargs
            )
        net = product._b2b_priced_variant()._b2b_net(quantity, uom, date, currency)
        return net.amount if net else 0.0

    def _compute_price(self, product, quantity, uom, date, currency=None, **kwargs):
        price = super()._compute_price(
            product, quantity, uom, date, currency=currency, **kwargs
        )
        if not self.b2b_never_below_cost:
            return price
        currency = currency or self.currency_id or self.env.company.currency_id
        floor = self._b2b_floor(product, quantity, uom, date, currency)
        return rules.raise_to_floor(price, floor, self.price_round)

    def _b2b_floor(self, product, quantity, uom, date, currency):
        """The least this rule lets an article be sold for; 0 without a known cost."""
        # sudo: the floor itself is no one's to read, only the price it leads to.
        variant = product._b2b_priced_variant().sudo()
        seller_net = variant._b2b_seller_net(quantity, uom, date, currency)
        return rules.cost_floor(
            variant._b2b_cost(uom, date, currency),
            seller_net[0] if seller_net else 0.0,
            self.b2b_landed_percent,
        )

    def _b2b_is_baseless(self, product, quantity, uom, date, currency):
        """Whether there is nothing to add the surcharge to."""
        if self.base != SUPPLIER_NET or self.compute_price == "fixed":
            return False
        variant = product._b2b_priced_variant()
        return variant._b2b_net(quantity, uom, date, currency) is None

    # -- words --

    def _get_price_label_base_str(self):
        if self.base == SUPPLIER_NET:
            return self.env._("supplier net")
        return super()._get_price_label_base_str()

    def _get_displayed_discount(self, item):
        if item.base == SUPPLIER_NET:
            return self.env._("surcharge"), self._get_integer(item.price_markup)
        return super()._get_displayed_discount(item)

    @api.model
    def _b2b_audited_fields(self):
        return (
            *super()._b2b_audited_fields(),
            "b2b_never_below_cost",
            "b2b_landed_percent",
        )
