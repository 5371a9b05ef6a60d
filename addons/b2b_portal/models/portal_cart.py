from collections import defaultdict

from odoo import fields, models

from odoo.addons.b2b_party.tools import read_rows

from ..tools import clock, day, money, number

#: Findings that can only be mended at checkout: there they are shown.
AT_CHECKOUT = ("po_number",)


class B2bPortalCart(models.AbstractModel):
    """What the cart page and its JSON calls show of a cart."""

    _name = "b2b.portal.cart"
    _description = "Cart page of the trade portal"

    def _b2b_values(self, ctx, cart):
        """Values of the cart's templates."""
        frame = ctx.env["b2b.portal.frame"]
        self._b2b_prefetch(ctx)
        cart._b2b_look_again()
        found = cart._b2b_findings() if cart else []
        gone = {f.key for f in found if f.code == "catalog"}
        ended = any(f.code == "agreement" for f in found)
        rows = self._b2b_rows(ctx, cart, gone)
        if ended:
            self._b2b_mark_following(ctx, cart, rows)
        findings = self._b2b_findings(cart, rows, found, ended)
        if cart and not ended:
            findings = self._b2b_with_changed_charges(ctx, cart, findings)
        findings = cart._b2b_finding_cards(findings)
        stops = [f for f in findings if f["tone"] == "bad"]
        pieces = sum(row["quantity"] for row in rows)
        return {
            "cart": cart,
            "rows": rows,
            "findings": findings,
            "findings_title": self._b2b_findings_title(findings),
            "stop_text": self._b2b_stop_text(stops),
            "checked_at": clock(self._b2b_local(fields.Datetime.now())),
            "cart_saved": self._b2b_saved(cart),
            "count_text": self._b2b_count_text(len(rows), pieces),
            "compare": self._b2b_compare_names(ctx, cart),
            "sums": self._b2b_sums(cart),
            "cards": self._b2b_sorted(frame._b2b_cart_cards(ctx, cart)),
            "summary_parts": self._b2b_sorted(frame._b2b_cart_summary_parts(ctx, cart)),
            "show_stock": ctx.env["b2b.portal.stock"]._b2b_mask(ctx)[0] != "hidden",
        }

    def _b2b_count_text(self, articles, pieces):
        values = {"articles": articles, "pieces": number(self.env, pieces)}
        if articles == 1:
            return self.env._("1 article · %(pieces)s pieces", **values)
        return self.env._("%(articles)s articles · %(pieces)s pieces", **values)

    def _b2b_prefetch(self, ctx):
        """Read at once what findings, prices and agreements ask for one by one."""
        ctx.cart._b2b_read_with_approvals(ctx)
        read_rows(ctx.cart, "order_line")
        ctx.env["res.currency"].search_fetch(
            [],
            [
                "name",
                "symbol",
                "position",
                "rounding",
                "decimal_places",
                "active",
                "full_name",
                "iso_numeric",
                "currency_unit_label",
                "currency_subunit_label",
            ],
        )
        if ctx.can("choose_agreement"):
            lists = ctx.agreements.pricelist_id | ctx.cart.pricelist_id
            (lists | ctx.company.b2b_public_pricelist_id).mapped("name")
            ctx.agreements.payment_term_id.mapped("name")

    def _b2b_sorted(self, parts):
        return sorted(parts, key=lambda part: part["sequence"])

    def _b2b_local(self, value):
        return fields.Datetime.context_timestamp(self, value) if value else value

    def _b2b_saved(self, cart):
        """``09:47`` today, ``Fri 20 Nov, 09:47`` before."""
        if not cart:
            return ""
        dates = [cart.write_date, *cart.order_line.mapped("write_date")]
        saved = self._b2b_local(max(dates))
        if saved.date() == fields.Date.context_today(self):
            return clock(saved)
        return f"{day(self.env, saved)}, {clock(saved)}"

    # -- rows ------------------------------------------------------------------

    def _b2b_rows(self, ctx, cart, gone):
        lines = cart._b2b_cart_lines()
        products = lines.product_id
        quantities = defaultdict(float)
        for line in lines:
            quantities[line.product_id.id] += line.product_uom_qty
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(
            ctx, products, dict(quantities), others=False
        )
        by_product = lines.grouped("product_id")
        for row, product in zip(rows, products, strict=False):
            own = by_product[product]
            row["line_price"] = own[0].price_reduce_taxexcl
            row["line_total"] = sum(own.mapped("price_subtotal"))
            row["gone"] = f"product:{product.id}" in gone
            row["given"] = own[0].b2b_manual_discount
            row["change"] = self._b2b_change(cart, row, cart.currency_id)
        self._b2b_promise(ctx, cart, rows)
        return rows

    def _b2b_promise(self, ctx, cart, rows):
        """Say of short rows when they come."""
        wanted = {row["id"]: row["quantity"] for row in rows if not row["gone"]}
        texts = ctx.env["b2b.portal.promise"]._b2b_texts(ctx, cart, wanted)
        for row in rows:
            row["promise"] = texts.get(row["id"], "")
            stock = row["stock"] and row["stock"]["main"]
            if row["promise"] and stock and stock["level"] == "out":
                # The next receipt may be promised to others: one date is told.
                stock["text"] = self.env._("Out")

    def _b2b_mark_following(self, ctx, cart, rows):
        """What each row costs under the agreement that follows an ended one.

        Until the buyer goes on the cart keeps its prices; the change beside each row
        is the one that going on brings.
        """
        following = cart._b2b_next_agreement()
        pricelist = ctx.party._b2b_pricelist(following)
        currency = pricelist.currency_id or ctx.company.currency_id
        products = cart._b2b_cart_lines().product_id
        other = ctx.under(pricelist, currency)
        quantities = {row["id"]: row["quantity"] for row in rows}
        rules = products._b2b_quantity_rules(ctx.party, following)
        prices = ctx.env["b2b.portal.rows"]._b2b_prices(
            other, products, quantities, rules
        )
        for row in rows:
            row["price"] = prices[row["id"]]["price"]
            row["change"] = self._b2b_change(cart, row, currency)

    def _b2b_change(self, cart, row, currency):
        """Difference between the kept price and today's, None when equal.

        What our staff gave on the row stays. In another currency there is no
        difference, only the new price.
        """
        if row["gone"] or row["price"] is None or row["price"] is False:
            return None
        price = currency.round(row["price"] * (1 - row["given"] / 100))
        change = {"before": row["line_price"], "after": price, "currency": currency}
        if currency != cart.currency_id:
            return {**change, "delta": None}
        # Both as they are read: a line has fractions of a cent, a page has none.
        delta = currency.round(price - currency.round(row["line_price"]))
        return None if currency.is_zero(delta) else {**change, "delta": delta}

    # -- findings --------------------------------------------------------------

    def _b2b_findings(self, cart, rows, findings, ended=False):
        """The gate's findings plus changed prices, as the buyer reads them.

        :param ended: the agreement did; going on takes the new prices as well
        """
        _ = self.env._
        found = cart._b2b_finding_rows(
            [f for f in findings if f.code not in AT_CHECKOUT]
        )
        for finding in found:
            if finding["code"] == "agreement":
                finding["action"] = {"url": "/trade/cart/reprice", "label": _("Go on")}
        changed = [row for row in rows if row["change"]]
        if changed:
            text = self._b2b_price_text(changed, ended)
            found.append(self._b2b_to_accept(_("Please confirm · price"), [text]))
            if ended:
                found[-1]["action"] = None
        return sorted(found, key=lambda finding: finding["rank"])

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
        return {
            "goods": sum(goods.mapped("price_subtotal")),
            "delivery": sum(delivery.mapped("price_subtotal")) if delivery else None,
            "discounts": cart._b2b_condition_sums(others),
            "taxes": self._b2b_taxes(cart),
            "total": cart.amount_total,
        }

    def _b2b_taxes(self, cart):
        """``[(tax group, amount)]``; the parts add up to the order's tax."""
        sums, groups = defaultdict(float), cart._b2b_tax_groups()
        for line in cart.order_line.filtered("price_tax"):
            sums[groups[line.id][0]] += line.price_tax
        if not sums:
            return [(self.env._("Tax"), 0.0)] if cart else []
        parts = [[name, cart.currency_id.round(v)] for (_id, name), v in sums.items()]
        parts[0][1] += cart.amount_tax - sum(amount for _name, amount in parts)
        return parts

    def _b2b_compare(self, ctx, cart):
        """Agreements side by side with the total of this cart under each."""
        if not ctx.can("choose_agreement") or not cart:
            return []
        if not ctx.can("see_prices"):
            return self._b2b_compare_names(ctx, cart)
        return [
            self._b2b_compare_row(ctx, cart, row)
            for row in cart.b2b_compare_agreements()
        ]

    def _b2b_compare_names(self, ctx, cart):
        """The same rows with the current total only; the others follow by JSON.

        Pricing a cart under several agreements takes its time: the page does not
        wait for it, the choice can be used at once.
        """
        if not ctx.can("choose_agreement") or not cart:
            return []
        return [
            self._b2b_compare_row(
                ctx,
                cart,
                {
                    "agreement_id": agreement.id,
                    "currency_id": agreement.pricelist_id.currency_id.id,
                    "amount_total": cart.amount_total
                    if agreement == cart.b2b_agreement_id
                    else None,
                },
            )
            for agreement in ctx.agreements
        ]

    def _b2b_compare_row(self, ctx, cart, row):
        _ = self.env._
        agreement = ctx.env["b2b.agreement"].browse(row["agreement_id"])
        currency = ctx.env["res.currency"].browse(
            row.get("currency_id") or ctx.currency.id
        )
        current = agreement == cart.b2b_agreement_id
        total = row.get("amount_total")
        difference, tone = _("current") if current else row.get("note", ""), ""
        if not current and total is not None and currency == cart.currency_id:
            delta = currency.round(total - cart.amount_total)
            if delta < 0:
                tone = "is-better"
                difference = _("saves %s", money(self.env, -delta, currency))
            elif delta > 0:
                difference = _("%s more", money(self.env, delta, currency))
        return {
            "id": agreement.id,
            "name": agreement.name,
            "terms": self._b2b_agreement_terms(agreement, currency),
            "total": total,
            "currency": currency,
            "current": current,
            "ended": not row.get("usable", True),
            "difference": difference,
            "tone": tone,
        }

    def _b2b_agreement_terms(self, agreement, currency):
        parts = [currency.name]
        term = agreement.payment_term_id.name
        if term and term != agreement.name:
            parts.append(term)
        if 0 < agreement.prepayment_percent < 100:
            share = f"{agreement.prepayment_percent:g} %"
            parts.append(self.env._("%s in advance", share))
        if agreement.incoterm_code:
            parts.append(agreement.incoterm_code)
        return " · ".join(parts)
