from odoo import models
from odoo.tools import SQL, float_round

from odoo.addons.b2b_party.tools import own_columns

#: What of Odoo's own columns a row asks the template of an article for.
TEMPLATE = (
    "active",
    "categ_id",
    "company_id",
    "is_storable",
    "list_price",
    "name",
    "type",
    "uom_id",
)
#: Code and name of an article that the buyer calls by nothing of his own.
NO_CODE = ("", "")


class B2bPortalRows(models.AbstractModel):
    """Turns articles into grid rows: a constant number of queries per page."""

    _name = "b2b.portal.rows"
    _description = "Rows of the trade portal's grids"

    def _b2b_rows(self, ctx, products, quantities=None, others=True):
        """Rows for templates and JSON, in the order of ``products``.

        :param quantities: ``{product_id: quantity}`` that decides the shown price
        :param others: whether stock of other warehouses is asked for
        """
        quantities = quantities or {}
        templates = products.product_tmpl_id
        templates.fetch(own_columns(templates, *TEMPLATE))
        rules = self._b2b_quantity_rules(ctx, products)
        prices = self._b2b_prices(ctx, products, quantities, rules)
        words = self.env["b2b.portal.stock"]._b2b_words(ctx, products, others)
        codes = self._b2b_own_codes(ctx, products)
        images = self._b2b_images(products)
        return [
            {
                "id": product.id,
                "name": self._b2b_name(product),
                "code": product.default_code or "",
                "own_code": codes.get(product.id, NO_CODE)[0],
                "own_name": codes.get(product.id, NO_CODE)[1],
                "barcode": product.barcode or "",
                "rule": rules[product.id],
                "step": rules[product.id].step,
                "min": rules[product.id].first,
                "max": rules[product.id].maximum,
                "whole": float(rules[product.id].multiple).is_integer()
                and rules[product.id].multiple >= 1,
                "image": images.get(product.id, ""),
                "tint": product.product_tmpl_id.categ_id.id % 6,
                "category": product.product_tmpl_id.categ_id.name,
                "stock": words.get(product.id),
                "in_cart": ctx.in_cart.get(product.id, 0.0),
                "quantity": quantities.get(product.id, 0.0),
                "currency": ctx.currency,
                **prices[product.id],
            }
            for product in products
        ]

    def _b2b_name(self, product):
        name = product.product_tmpl_id.name
        if not product.combination_indices:
            return name
        variant = product.product_template_attribute_value_ids._get_combination_name()
        return f"{name} {variant}" if variant else name

    def _b2b_quantity_rules(self, ctx, products):
        """``{product_id: rule}``: smallest quantity, step, largest quantity."""
        return products._b2b_quantity_rules(ctx.party, ctx.agreement)

    def _b2b_prices(self, ctx, products, quantities, rules=None):
        """``{product_id: {price, breaks, from_list}}`` in the context's currency.

        Prices are without tax, also where the list has them with it.
        Before a quantity is typed the price is that of the smallest quantity that
        can be ordered; breaks below it are not shown.
        """
        if not ctx.can("see_prices"):
            return {
                product.id: {"price": None, "breaks": [], "rule_id": False}
                for product in products
            }
        prices = ctx.pricelist._b2b_prices(
            products,
            quantities,
            currency=ctx.currency,
            party=ctx.party,
            rules=rules,
        )
        if self.env["product.product"]._b2b_lists_include_tax(ctx.company):
            self._b2b_take_tax_off(ctx, products, prices, quantities)
        return {
            product.id: {
                "price": self._b2b_rounded(ctx, prices[product.id]["price"]),
                "breaks": [
                    (quantity, self._b2b_rounded(ctx, price))
                    for quantity, price in prices[product.id]["breaks"]
                ],
                "rule_id": prices[product.id]["rule_id"],
            }
            for product in products
        }

    def _b2b_take_tax_off(self, ctx, products, prices, quantities):
        """Pages show what the lines of the cart show: prices without tax."""
        for product in products:
            row = prices[product.id]
            row["breaks"] = [
                (quantity, self._b2b_net(ctx, product, price, quantity))
                for quantity, price in row["breaks"]
            ]
            quantity = quantities.get(product.id)
            row["price"] = self._b2b_net(ctx, product, row["price"], quantity)

    def _b2b_net(self, ctx, product, price, quantity):
        """A price of the list as it is without tax on the way to this buyer."""
        if not price:
            return price
        return product._b2b_net_price(
            price, quantity, ctx.currency, ctx.company, ctx.fiscal_position
        )

    def _b2b_net_steps(self, ctx, product, steps, quantity):
        """Steps of an explained price, with the tax that the list includes."""
        gross = steps[-1]["amount"]
        net = self._b2b_net(ctx, product, gross, quantity)
        if not gross or not ctx.currency.compare_amounts(gross, net):
            return steps
        step = ctx.env["product.pricelist"]._b2b_step
        _ = self.env._
        amount = {"amount": net, "amount_text": ctx.currency.format(net)}
        return [
            *steps[:-1],
            step("gross", _("Price with tax"), "", gross, ctx.currency),
            step("tax", _("Tax in it"), "", net - gross, ctx.currency),
            {**steps[-1], **amount},
        ]

    def _b2b_rounded(self, ctx, price):
        if price is None:
            return None
        return float_round(price, precision_rounding=ctx.currency.rounding)

    def _b2b_own_codes(self, ctx, products):
        """``{product_id: (code, name)}``: what the buyer calls the articles."""
        return ctx.env["b2b.product.code"]._b2b_codes(ctx.party, products)

    def _b2b_images(self, products):
        """``{product_id: checksum}`` of articles with a picture; reads no bytes."""
        if not products:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, a.checksum
                  FROM product_product p
                  JOIN ir_attachment a
                    ON (a.res_model = 'product.product' AND a.res_id = p.id
                        AND a.res_field = 'image_variant_128')
                    OR (a.res_model = 'product.template'
                        AND a.res_id = p.product_tmpl_id
                        AND a.res_field = 'image_128')
                 WHERE p.id IN %s
                 ORDER BY a.res_model DESC
                """,
                tuple(products.ids),
            )
        )
        return {product_id: (checksum or "0")[:8] for product_id, checksum in rows}
