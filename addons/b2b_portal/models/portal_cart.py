from collections import defaultdict

from odoo import fields, models

from ..tools import clock, day, money, number

ICONS = {"block": "fa-minus-circle", "authorize": "fa-user-o", "warn": "fa-warning"}
TONES = {"block": "bad", "authorize": "info", "warn": "warn"}


class B2bPortalCart(models.AbstractModel):
    """What the cart page and its JSON calls show of a cart."""

    _name = "b2b.portal.cart"
    _description = "Cart page of the trade portal"

    def _b2b_values(self, ctx, cart):
        """Values of the cart's templates."""
        frame = ctx.env["b2b.portal.frame"]
        rows = self._b2b_rows(ctx, cart)
        findings = self._b2b_findings(ctx, cart, rows) if cart else []
        stops = [f for f in findings if f["tone"] == "bad"]
        pieces = sum(row["quantity"] for row in rows)
        _ = self.env._
        return {
            "cart": cart,
            "rows": rows,
            "findings": findings,
            "findings_title": self._b2b_findings_title(findings),
            "stop_text": self._b2b_stop_text(stops),
            "checked_at": clock(self._b2b_local(fields.Datetime.now())),
            "cart_saved": self._b2b_saved(cart),
            "count_text": _(
                "%(articles)s articles · %(pieces)s pieces",
                articles=len(rows),
                pieces=number(self.env, pieces),
            ),
            "compare": self._b2b_compare(ctx, cart),
            "sums": self._b2b_sums(cart),
            "cards": self._b2b_sorted(frame._b2b_cart_cards(ctx, cart)),
            "summary_parts": self._b2b_sorted(
                frame._b2b_cart_summary_parts(ctx, cart)
            ),
            "show_stock": ctx.env["b2b.portal.stock"]._b2b_mask(ctx)[0] != "hidden",
        }

    def _b2b_sorted(self, parts):
        return sorted(parts, key=lambda part: part["sequence"])

    def _b2b_local(self, value):
        return fields.Datetime.context_timestamp(self, value) if value else value

    def _b2b_saved(self, cart):
        """``09:47`` today, ``Fri 20 Nov, 09:47`` before."""
        if not cart:
            return ""
        saved = self._b2b_local(max([cart.write_date, *cart.order_line.mapped("write_date")]))
        if saved.date() == fields.Date.context_today(self):
            return clock(saved)
        return f"{day(self.env, saved)}, {clock(saved)}"

    # -- rows ------------------------------------------------------------------

    def _b2b_rows(self, ctx, cart):
        lines = cart._b2b_cart_lines()
        products = lines.product_id
        quantities = defaultdict(float)
        for line in lines:
            quantities[line.product_id.id] += line.product_uom_qty
        allowed = ctx.env["b2b.catalog"]._b2b_allows(ctx, products)
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, products, dict(quantities))
        by_product = lines.grouped("product_id")
        for row, product in zip(rows, products):
            own = by_product[product]
            row["line_price"] = own[0].price_reduce_taxexcl
            row["line_total"] = sum(own.mapped("price_subtotal"))
            row["gone"] = product not in allowed
            row["change"] = self._b2b_change(cart, row)
        return rows

    def _b2b_change(self, cart, row):
        """Difference between the kept price and today's, None when equal."""
        if row["gone"] or row["price"] is None or row["price"] is False:
            return None
        delta = cart.currency_id.round(row["price"] - row["line_price"])
        if cart.currency_id.is_zero(delta):
            return None
        return {"before": row["line_price"], "after": row["price"], "delta": delta}

    # -- findings --------------------------------------------------------------

    def _b2b_findings(self, ctx, cart, rows):
        """The gate's findings plus changed prices, as the buyer reads them."""
        _ = self.env._
        kinds = {
            "block": _("Stops the order"),
            "authorize": _("Needs approval"),
            "warn": _("Please confirm"),
        }
        found = [
            {
                "tone": TONES[finding.severity],
                "icon": ICONS[finding.severity],
                "kind": kinds[finding.severity],
                "subject": self._b2b_subject(finding.code),
                "text": finding.buyer_message or finding.message,
                "code": finding.code,
            }
            for finding in cart._b2b_findings()
        ]
        changed = [row for row in rows if row["change"]]
        if changed:
            found.append(
                {
                    "tone": "warn",
                    "icon": ICONS["warn"],
                    "kind": kinds["warn"],
                    "subject": _("price"),
                    "text": self._b2b_price_text(changed),
                    "code": "price",
                    "action": {"url": "/trade/cart/reprice", "label": _("Accept")},
                }
            )
        order = {"bad": 0, "info": 1, "warn": 2}
        return sorted(found, key=lambda finding: order[finding["tone"]])

    def _b2b_subject(self, code):
        _ = self.env._
        return {
            "budget": _("budget"),
            "order_maximum": _("amount"),
            "seat_limit": _("amount"),
            "credit": _("credit"),
            "catalog": _("catalog"),
            "no_price": _("price"),
            "agreement": _("agreement"),
            "quantity": _("quantity"),
            "slot": _("delivery"),
            "po": _("PO number"),
            "party_state": _("account"),
        }.get(code, code.replace("_", " "))

    def _b2b_price_text(self, changed):
        _ = self.env._
        if len(changed) > 1:
            return _("%s prices changed since you filled the cart.", len(changed))
        row = changed[0]
        return _(
            "%(name)s changed from %(before)s to %(after)s.",
            name=row["name"],
            before=money(self.env, row["change"]["before"], self._b2b_currency(row)),
            after=money(self.env, row["change"]["after"], self._b2b_currency(row)),
        )

    def _b2b_currency(self, row):
        return row["currency"]

    def _b2b_findings_title(self, findings):
        _ = self.env._
        if len(findings) == 1:
            return _("1 thing before you order")
        return _("%s things before you order", len(findings))

    def _b2b_stop_text(self, stops):
        _ = self.env._
        if not stops:
            return ""
        if len(stops) == 1:
            return _("One thing stops the order, see above")
        return _("%s things stop the order, see above", len(stops))

    # -- money -----------------------------------------------------------------

    def _b2b_sums(self, cart):
        """Goods, delivery, discounts, taxes and total as on the invoice."""
        goods = cart._b2b_cart_lines()
        delivery = cart.order_line.filtered("is_delivery")
        others = cart.order_line.filtered(
            lambda line: not line.display_type and line not in goods | delivery
        )
        taxes = []
        totals = cart.tax_totals or {}
        for subtotal in totals.get("subtotals", []):
            for group in subtotal.get("tax_groups", []):
                taxes.append((group["group_name"], group["tax_amount_currency"]))
        return {
            "goods": sum(goods.mapped("price_subtotal")),
            "delivery": sum(delivery.mapped("price_subtotal")) if delivery else None,
            "discounts": [(line.name, line.price_subtotal) for line in others],
            "taxes": taxes,
            "total": cart.amount_total,
        }

    def _b2b_compare(self, ctx, cart):
        """Agreements side by side with the total of this cart under each."""
        raise NotImplementedError
