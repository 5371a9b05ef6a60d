from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import float_round

from .product_pricelist_engine import only_ours

#: What lines may have in common so that their rules are asked for in one call.
ASKED_TOGETHER = {"quantity", "uom", "date", "currency", "b2b_party"}

#: Whose rules of lines are known; where another addon has a say, each line asks alone.
RULING = ("odoo.addons.sale.", "odoo.addons.delivery.", "odoo.addons.b2b_")


def _question(kwargs):
    """What is asked of a list, as a key."""
    return tuple(getattr(value, "_ids", value) for value in kwargs.values())


class SaleOrderLine(models.Model):
    """Prices of order lines: many at once, and from the list that follows."""

    _inherit = "sale.order.line"

    def _get_pricelist_kwargs(self):
        kwargs = super()._get_pricelist_kwargs()
        if self.order_id.pricelist_id.b2b_fallback == "next":
            kwargs["b2b_party"] = self.order_id.b2b_party_id
        return kwargs

    def _b2b_priced(self):
        return self.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and line.order_id.pricelist_id
                # Delivery costs what the carrier says, whatever the list.
                and not ("is_delivery" in line._fields and line.is_delivery)
            )
        )

    def _compute_pricelist_item_id(self):
        if not only_ours(self, "_compute_pricelist_item_id", RULING):
            return super()._compute_pricelist_item_id()
        for company, lines in self.grouped("company_id").items():
            # What a list falls back on is the public list of the line's company.
            lines.with_company(company)._b2b_compute_rules()
        return None

    def _b2b_compute_rules(self):
        """One search for all lines of a list and date instead of one per line."""
        batches = {}
        for line, kwargs in self._b2b_priced()._b2b_asked():
            key = (line.order_id.pricelist_id, kwargs["date"])
            batches.setdefault(key, []).append(line.id)
        done = []
        for (pricelist, _date), ids in batches.items():
            if len(ids) == 1:
                continue
            by_rule = {}
            found = self.browse(ids)._b2b_find_rules(pricelist)
            for line, (_price, rule_id) in found.items():
                by_rule.setdefault(rule_id, []).append(line.id)
            for rule_id, of_rule in by_rule.items():
                self.browse(of_rule).pricelist_item_id = rule_id
            done += ids
        rest = self - self.browse(done)
        super(SaleOrderLine, rest)._compute_pricelist_item_id()

    def _b2b_find_rules(self, pricelist, compute_price=False, **overrides):
        """``{line: (price, rule id)}`` under a list, in one search."""
        products = self.product_id
        quantities = {}
        calls = {}
        for line, kwargs in self._b2b_asked():
            kwargs.update(overrides)
            product = line.product_id
            asked = pricelist._b2b_own_unit(product, kwargs["quantity"], kwargs["uom"])
            quantities.setdefault(product.id, set()).add(asked)
            # A price needs the line's own attributes; a rule can be asked for many.
            single = compute_price or kwargs.keys() - ASKED_TOGETHER
            key = line if single else _question(kwargs)
            calls.setdefault(key, (kwargs, []))[1].append(line)
        batch = pricelist._b2b_batch(products, quantities)
        found = {}
        for kwargs, lines in calls.values():
            ids = dict.fromkeys(line.product_id.id for line in lines)
            asked = products.browse(ids).with_prefetch(products._prefetch_ids)
            if compute_price:
                asked = asked.with_context(**lines[0]._get_product_price_context())
            results = pricelist._compute_price_rule(
                asked, **kwargs, compute_price=compute_price, b2b_batch=batch
            )
            for line in lines:
                found[line] = results[line.product_id.id]
        return found

    def _get_pricelist_price(self):
        """Rules of a following list are in that list's currency; some have none."""
        pricelist, rule = self.order_id.pricelist_id, self.pricelist_item_id
        if rule and rule.pricelist_id == pricelist:
            return super()._get_pricelist_price()
        party = self.order_id.b2b_party_id
        if not rule and pricelist and pricelist._b2b_ends_without_price(party):
            return 0.0
        own = rule.currency_id
        if not rule or own == self.currency_id:
            return super()._get_pricelist_price()
        price = rule._compute_price(
            product=self.product_id.with_context(**self._get_product_price_context()),
            **{**self._get_pricelist_kwargs(), "currency": own},
        )
        return own._convert(
            price,
            self.currency_id,
            self.company_id,
            self._get_order_date(),
            round=False,
        )

    # -- under another agreement, without writing --

    def _b2b_prices_under(self, terms):
        """``{line id: (unit price, discount)}`` as the line would be priced.

        :param dict terms: ``pricelist``, ``currency`` and ``position``
        """
        pricelist, currency = terms["pricelist"], terms["currency"]
        lines = self.filtered(
            lambda ln: ln.product_id and not ln.is_downpayment and not ln.combo_item_id
        )
        kwargs = {"currency": currency, "b2b_party": lines.order_id.b2b_party_id}
        if pricelist:
            found = lines._b2b_find_rules(pricelist, compute_price=True, **kwargs)
        else:
            found = {
                ln: (
                    pricelist._compute_price_rule(
                        ln.product_id, **{**ln._get_pricelist_kwargs(), **kwargs}
                    )[ln.product_id.id]
                )
                for ln in lines
            }
        rules = self.env["product.pricelist.item"].browse(
            {rule_id for _price, rule_id in found.values() if rule_id}
        )
        return {
            line.id: line._b2b_displayed_price(
                terms, price, rules.browse(rule_id or []).with_prefetch(rules._ids)
            )
            for line, (price, rule_id) in found.items()
        }

    def _b2b_displayed_price(self, terms, price, rule):
        """Unit price and shown discount, as Odoo splits them on a line."""
        if self.product_type == "combo":
            return 0.0, 0.0
        discount, shown = 0.0, price
        if rule._show_discount():
            base = rule._compute_price_before_discount(
                product=self.product_id.with_context(
                    **self._get_product_price_context()
                ),
                **{**self._get_pricelist_kwargs(), "currency": terms["currency"]},
            )
            shown = max(base, price)
            share = (base - price) / base * 100 if base else 0.0
            if share * base > 0:
                digits = self.env["decimal.precision"].precision_get("Discount")
                discount = float_round(share, precision_digits=digits)
        taxes = self.product_id.taxes_id._filter_taxes_by_company(self.company_id)
        unit = self.product_id._get_tax_included_unit_price_from_price(
            shown, product_taxes=taxes, fiscal_position=terms["position"]
        )
        return unit, discount

    def _b2b_base_line_under(self, terms, priced, former_currency):
        """This line for Odoo's tax engine, under other terms."""
        taxes = self.tax_ids
        if self.product_id and self.product_type != "combo":
            own = self.product_id.taxes_id._filter_taxes_by_company(self.company_id)
            taxes = terms["position"].map_tax(own) if own else own
        if priced:
            unit, discount = priced
        else:
            unit, discount = self.price_unit, self.discount
            if former_currency != terms["currency"]:
                unit = self.order_id._b2b_kept_price(
                    self, former_currency, terms["currency"]
                )
        return self._prepare_base_line_for_taxes_computation(
            price_unit=unit,
            discount=discount,
            tax_ids=taxes,
            currency_id=terms["currency"],
            rate=terms["rate"],
        )

    # -- catalog and quantities --

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._b2b_check_catalog()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "product_id" in vals:
            self._b2b_check_catalog()
        return result

    def _b2b_check_catalog(self):
        """A portal user never gets a hidden product into an order, by no path."""
        if not self.env.user.share:
            return
        for order in self.order_id.filtered("b2b_is_trade"):
            lines = self.filtered(lambda ln, of=order: ln.order_id == of)
            products = (lines & order._b2b_goods_lines()).product_id
            allowed = self.env["b2b.catalog"]._b2b_allows(
                order._b2b_price_context(), products
            )
            for product in products.sudo() - allowed:
                # As for an article that does not exist.
                raise UserError(
                    self.env._(
                        "There is no article %s.", product.default_code or product.name
                    )
                )
