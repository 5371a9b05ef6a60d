from odoo import api, fields, models

from .product_pricelist_item_supplier import COST_BASES


class ProductPricelistItem(models.Model):
    """Surcharges on cost follow the job role: with the price they tell the cost."""

    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "b2b.guarded.mixin"]

    # sudo: words about a rule are for all staff; what tells the cost is taken out.
    price = fields.Char(compute_sudo=True)
    rule_tip = fields.Char(compute_sudo=True)

    @api.model
    def _b2b_blind(self):
        """Whether the user prices with rules that he may not read in full."""
        return not self.env.su and not self._has_field_access(
            self._fields["price_discount"], "read"
        )

    def _compute_price(self, product, quantity, uom, date, currency=None, **kwargs):
        # sudo: everybody who sells pays and charges by the rule, read or not.
        rule = self.sudo() if self and self._b2b_blind() else self
        return super(ProductPricelistItem, rule)._compute_price(
            product, quantity, uom, date, currency=currency, **kwargs
        )

    def _b2b_tells_cost(self):
        """Those of the rules whose words would tell this user the cost."""
        user = self.env.user
        if user._b2b_field_allowed(self._name, "price_markup", "read"):
            return self.browse()
        return self.filtered(
            lambda rule: rule.compute_price == "formula" and rule.base in COST_BASES
        )

    @api.depends_context("uid")
    def _compute_price_label(self):
        super()._compute_price_label()
        for rule in self._b2b_tells_cost():
            rule.price = rule._get_price_label_base_str()

    @api.depends_context("uid")
    def _compute_rule_tip(self):
        super()._compute_rule_tip()
        self._b2b_tells_cost().rule_tip = False
