from odoo import models

from ..tools import money


class B2bPortalCart(models.AbstractModel):
    """What changed since the cart was filled: asked about, never slipped in."""

    _inherit = "b2b.portal.cart"

    def _b2b_with_changed_charges(self, ctx, cart, findings):
        """Order conditions that were changed since are asked about as well."""
        findings = findings + self._b2b_changed_charges(ctx, cart)
        return sorted(findings, key=lambda finding: finding["rank"])

    def _b2b_changed_charges(self, ctx, cart):
        """One finding that asks about conditions that were changed, or none."""
        state = ctx.conditions if cart == ctx.cart else None
        texts = cart._b2b_condition_changes(state) if ctx.can("see_prices") else []
        head = self.env._("Please confirm · charges")
        return [self._b2b_to_accept(head, texts)] if texts else []

    def _b2b_to_accept(self, head, sentences):
        """A finding that is settled by taking today's prices and charges."""
        return {
            "tone": "warn",
            "icon": "fa-exclamation-triangle",
            "rank": 2,
            "head": head,
            "text": " ".join(sentences),
            "code": "price",
            "action": {"url": "/trade/cart/reprice", "label": self.env._("Accept")},
        }

    def _b2b_price_text(self, changed, ended=False):
        _ = self.env._
        if ended and len(changed) > 1:
            return _("%s prices change when you go on, see the rows.", len(changed))
        if len(changed) > 1:
            return _("%s prices changed since you filled the cart.", len(changed))
        row = changed[0]
        if ended:
            return _(
                "%(name)s changes from %(before)s to %(after)s when you go on.",
                name=row["name"],
                before=money(self.env, row["change"]["before"], row["currency"]),
                after=money(
                    self.env, row["change"]["after"], row["change"]["currency"]
                ),
            )
        return _(
            "%(name)s changed from %(before)s to %(after)s.",
            name=row["name"],
            before=money(self.env, row["change"]["before"], row["currency"]),
            after=money(self.env, row["change"]["after"], row["currency"]),
        )

    # -- at checkout, which shows no rows ----------------------------------------

    def _b2b_checkout_changed(self, ctx, cart):
        """Findings about prices and charges that are not those of the cart any more.

        They stop nothing: sending compares again, shows each difference and asks.
        """
        asked = self._b2b_changed_charges(ctx, cart)
        changed = self._b2b_changed_prices(ctx, cart)
        if changed:
            head, text = self.env._("Please confirm · price"), self._b2b_price_text
            asked.append(self._b2b_to_accept(head, [text(changed)]))
        cart_link = ("/trade/cart", self.env._("Cart"))
        plain = {"solve": "", "tick": False, "ask": False, "anchor": cart_link}
        return [{**finding, **plain, "action": None} for finding in asked]

    def _b2b_changed_prices(self, ctx, cart):
        """Articles whose price is another one today: dicts as rows of the cart."""
        other = cart.pricelist_id != ctx.pricelist
        if cart != ctx.cart or other or not ctx.can("see_prices"):
            return []
        by_product = cart._b2b_cart_lines().grouped("product_id")
        products = ctx.env["product.product"].union(*by_product)
        quantities = cart._b2b_cart_quantities()
        Rows, found = ctx.env["b2b.portal.rows"], []
        rules = Rows._b2b_quantity_rules(ctx, products)
        prices = Rows._b2b_prices(ctx, products, quantities, rules)
        for product, lines in by_product.items():
            row = {
                "price": prices[product.id]["price"],
                "line_price": lines[0].price_reduce_taxexcl,
                "given": lines[0].b2b_manual_discount,
                "currency": cart.currency_id,
                "gone": False,
            }
            row["change"] = self._b2b_change(cart, row, cart.currency_id)
            if row["change"]:
                found.append({**row, "name": Rows._b2b_name(product)})
        return found
