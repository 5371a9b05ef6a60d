from odoo import models
from odoo.tools import float_round, format_datetime

from ..rules import explain, supplier_net
from .product_pricelist_item_supplier import COST_BASES, SUPPLIER_NET


class ProductPricelist(models.Model):
    """What only our staff read of an explanation: list, rule and calculation."""

    _inherit = "product.pricelist"

    def _b2b_staff_steps(self, rule, product, quantity, call, agreement=None):
        """List, rule and calculation, amounts one after the other.

        Whoever may not read cost gets no supplier, cost, surcharge or floor.
        """
        steps = [self._b2b_list_step(rule, call.get("b2b_party"), agreement)]
        _ = self.env._
        if not rule:
            return [*steps, self._b2b_step("rule", _("Rule"), _("none"))]
        sees_cost = self._b2b_sees_cost()
        # sudo: who may ask was checked, and what tells the cost is left out here.
        rule = rule.sudo()
        steps.append(rule._b2b_rule_step(sees_cost))
        if rule.base in COST_BASES and rule.compute_price == "formula":
            if not sees_cost:
                return steps
            steps += rule._b2b_cost_steps(product, quantity, call)
        steps += rule._b2b_formula_steps(product, quantity, call, sees_cost)
        return steps + rule._b2b_currency_steps(steps[-1]["amount"], call)

    def _b2b_sees_cost(self):
        """Whether the user may read what articles cost us."""
        user = self.env.user
        return not user.share and user._b2b_field_allowed(
            "product.product", "standard_price", "read"
        )

    def _b2b_list_step(self, rule, party, agreement):
        _ = self.env._
        used = rule.pricelist_id or self
        note = used.display_name or _("no price list")
        if rule and used != self:
            note = _(
                "%(used)s, because %(list)s has no rule",
                used=note,
                list=self.display_name,
            )
        elif source := self._b2b_list_source(party, agreement):
            note = f"{note} · {source}"
        return self._b2b_step("list", _("Price list"), note)

    def _b2b_list_source(self, party, agreement):
        """Why this party pays by this list, in words."""
        _ = self.env._
        if not self or not party:
            return ""
        party = party.sudo().commercial_partner_id
        if agreement and agreement.sudo().pricelist_id == self:
            return _("from the agreement")
        if party.specific_property_product_pricelist == self:
            return _("the party's own list")
        if party._b2b_group_pricelist() == self:
            return _("list of the customer group")
        if party._b2b_segment_pricelist() == self:
            return _("list of a segment")
        if self.country_group_ids:
            return _("list of the country")
        return _("public list") if self._b2b_public() == self else ""


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    def _b2b_rule_step(self, sees_cost):
        """Scope, break, dates and what the rule says."""
        _ = self.env._
        parts = [self.name]
        if self.min_quantity:
            parts.append(_("from %g", self.min_quantity))
        if self.date_start or self.date_end:
            parts.append(
                _(
                    "%(start)s to %(end)s",
                    start=self._b2b_moment(self.date_start),
                    end=self._b2b_moment(self.date_end),
                )
            )
        told = self.price
        if self.base in COST_BASES and self.compute_price == "formula":
            told = told if sees_cost else self._get_price_label_base_str()
        text = f"{', '.join(parts)} · {told.strip()}"
        return self.env["product.pricelist"]._b2b_step("rule", _("Rule"), text)

    def _b2b_moment(self, moment):
        if not moment:
            return "…"
        return format_datetime(self.env, moment, dt_format="d MMM y")

    def _b2b_cost_steps(self, product, quantity, call):
        """Supplier and his price, with the rate of exchange; or the cost."""
        _ = self.env._
        step = self.env["product.pricelist"]._b2b_step
        if self.base != SUPPLIER_NET:
            return []
        # sudo: for whoever may read cost, which was asked before.
        variant = product._b2b_priced_variant().sudo()
        asked = quantity, call["uom"], call["date"], self.currency_id
        net = variant._b2b_net(*asked)
        if net is None or net.source == supplier_net.COST:
            text = _("no supplier sells this quantity; the cost of the product")
            return [step("supplier", _("Supplier"), text)]
        seller = net.seller
        own = seller.currency_id
        amount = variant.uom_id._compute_price(seller.price_discounted, call["uom"])
        text = seller.partner_id.name
        if seller.min_qty:
            text = _(
                "%(name)s, from %(count)g %(unit)s",
                name=text,
                count=seller.min_qty,
                unit=seller.product_uom_id.name,
            )
        if seller.discount:
            text = _("%(text)s, less %(share)g %%", text=text, share=seller.discount)
        steps = [step("supplier", _("Supplier"), text, amount, own)]
        if own != self.currency_id:
            steps.append(self._b2b_rate_step(own, self.currency_id, net.amount, call))
        return steps

    def _b2b_rate_step(self, source, target, amount, call):
        rate = self.env["res.currency"]._get_conversion_rate(
            target, source, self.env.company, call["date"]
        )
        text = self.env._(
            "1 %(own)s = %(rate).5g %(foreign)s",
            own=target.name,
            rate=rate,
            foreign=source.name,
        )
        step = self.env["product.pricelist"]._b2b_step
        return step("currency", self.env._("Currency"), text, amount, target)

    def _b2b_formula_steps(self, product, quantity, call, sees_cost):
        """Amounts of the rule in the currency of its list."""
        currency = self.currency_id
        step = self.env["product.pricelist"]._b2b_step
        return [
            step(key, *self._b2b_formula_words(key, before, amount), amount, currency)
            for before, (key, amount) in self._b2b_amounts(
                product, quantity, call, sees_cost
            )
        ]

    def _b2b_amounts(self, product, quantity, call, sees_cost):
        """``(amount before, (step, amount))`` of what this rule does."""
        uom, date, currency = call["uom"], call["date"], self.currency_id
        asked = product, quantity, uom, date, currency
        floor = self._b2b_raiser(*asked) if sees_cost else None

        def convert(amount):
            return product.uom_id._compute_price(amount, uom)

        if self.compute_price == "fixed":
            steps = [("fixed", convert(self.fixed_price))]
            if floor:
                steps.append((explain.FLOOR, floor(steps[0][1])))
        else:
            base = self._compute_base_price(*asked, b2b_party=call.get("b2b_party"))
            if self.compute_price == "percentage":
                steps = explain.formula(base, -self.percent_price, floor=floor)
            else:
                steps = explain.formula(
                    base,
                    self._b2b_percent(),
                    self._b2b_rounder(),
                    convert(self.price_surcharge),
                    (convert(self.price_min_margin), convert(self.price_max_margin)),
                    floor,
                )
        before = [None, *(amount for _key, amount in steps)]
        return list(zip(before, steps, strict=False))

    def _b2b_raiser(self, *asked):
        """Function that raises a price to the floor of this rule, None without."""
        if not self.b2b_never_below_cost:
            return None
        least, step = self._b2b_floor(*asked), self.price_round
        return lambda price: supplier_net.raise_to_floor(price, least, step)

    def _b2b_rounder(self):
        """Function to the multiple that this rule rounds to, None without."""
        step = self.price_round
        if not step:
            return None
        return lambda price: float_round(price, precision_rounding=step)

    def _b2b_percent(self):
        """What the formula puts on its base; negative for a discount."""
        if self.base == "standard_price":
            return self.price_markup
        return -self.price_discount

    def _b2b_formula_words(self, key, before, amount):
        """``(label, text)`` of a step."""
        _ = self.env._
        if key == explain.SURCHARGE:
            percent = (
                -self.percent_price
                if self.compute_price == "percentage"
                else self._b2b_percent()
            )
            label = _("Surcharge") if percent > 0 else _("Discount")
            return label, f"{percent:+g} %".replace("-", "−")
        if key == explain.FLOOR:
            text = _("not needed") if amount == before else _("raised to the floor")
            return _("Never below cost"), text
        words = {
            "fixed": (_("Fixed price"), ""),
            explain.BASE: (_("Base"), self._get_price_label_base_str()),
            explain.ROUNDING: (_("Rounding"), _("to %g", self.price_round)),
            explain.FEE: (_("Extra fee"), f"{self.price_surcharge:+g}"),
            explain.MARGIN: (_("Margin limit"), ""),
        }
        return words[key]

    def _b2b_currency_steps(self, amount, call):
        """From the currency of the list to that of the order."""
        own, asked = self.currency_id, call["currency"]
        Pricelist = self.env["product.pricelist"]
        if own == asked or amount is None or not Pricelist._b2b_converts_currency():
            return []
        converted = own._convert(
            amount, asked, self.env.company, call["date"], round=False
        )
        return [self._b2b_rate_step(own, asked, converted, call)]
