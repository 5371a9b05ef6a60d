from odoo import fields, models

from ..rules import conditions as rules

#: Field of the company and XML id of the product that we bring, per kind.
PRODUCTS = {
    rules.MINIMUM: ("b2b_charge_product_id", "product_order_charge"),
    rules.SMALL_ORDER: ("b2b_charge_product_id", "product_order_charge"),
    rules.DISCOUNT: ("b2b_discount_product_id", "product_order_discount"),
    rules.DELIVERY: ("b2b_delivery_product_id", "product_delivery_cost"),
}
SERVICES = "[('type', '=', 'service'), ('company_id', 'in', (False, id))]"


class ResCompany(models.Model):
    """The services under which order conditions stand on orders and invoices."""

    _inherit = "res.company"

    b2b_charge_product_id = fields.Many2one(
        "product.product",
        "Product for charges",
        domain=SERVICES,
        ondelete="restrict",
        help="Stands for charges on small orders. Its income account counts; without "
        "taxes of its own it follows those of the goods.",
    )
    b2b_discount_product_id = fields.Many2one(
        "product.product",
        "Product for order discounts",
        domain=SERVICES,
        ondelete="restrict",
        help="Stands for discounts on the whole order. Its income account counts, its "
        "taxes are always those of the goods.",
    )
    b2b_delivery_product_id = fields.Many2one(
        "product.product",
        "Product for delivery cost",
        domain=SERVICES,
        ondelete="restrict",
        help="Stands for agreed delivery cost. Its income account counts; without "
        "taxes of its own it follows those of the goods.",
    )

    def _b2b_condition_product(self, kind):
        """The service for a kind of condition: the company's own, else ours."""
        self.ensure_one()
        name, xml_id = PRODUCTS[kind]
        # sudo: portal users have no access to products.
        product = self.sudo()[name]
        return product or self.env.ref(f"b2b_pricing.{xml_id}").sudo()
