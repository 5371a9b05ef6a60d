from itertools import zip_longest

from odoo import models

from ..rules import conditions as rules
from ..rules.split import split

#: Behind the goods, in the order of calculation (DECISIONS 13).
SEQUENCE = {
    rules.DISCOUNT: 9000,
    rules.MINIMUM: 9100,
    rules.SMALL_ORDER: 9100,
    rules.DELIVERY: 9200,
}


class SaleOrder(models.Model):
    """The lines that conditions write: never doubled, split by tax to the cent."""

    _inherit = "sale.order"

    def _b2b_condition_groups(self, goods):
        """Goods per taxes: ``[(taxes, net, amount as typed)]``.

        As typed: including taxes that prices include. Taxes of a fixed amount per
        piece are no basis of a discount or a charge.
        """
        groups = {}
        for line in goods:
            taxes = line.tax_ids.filtered(lambda tax: tax.amount_type != "fixed")
            typed = line.price_unit * line.product_uom_qty * (1 - line.discount / 100)
            net, before = groups.get(taxes, (0.0, 0.0))
            groups[taxes] = (
                net + line.price_subtotal,
                before + self.currency_id.round(typed),
            )
        rows = [(taxes, *sums) for taxes, sums in groups.items()]
        return sorted(rows, key=lambda row: row[0].ids)

    def _b2b_condition_rows(self, now, chosen, groups, terms=None):
        """``{kind: [{"taxes", "price", "name", "product"}]}`` as lines shall be.

        :param groups: see :meth:`_b2b_condition_groups`
        :param dict terms: ``currency`` and ``position``; the order's own by default
        """
        terms = terms or {
            "currency": self.currency_id,
            "position": self.fiscal_position_id,
        }
        names = self._b2b_condition_names(chosen)
        rows = {kind: [] for kind in rules.KINDS}
        if now.percent and groups:
            rows[rules.DISCOUNT] = self._b2b_discount_rows(
                now.percent, groups, names.get(rules.DISCOUNT), terms
            )
        for kind, amount in now.charges.items():
            rows[kind] = self._b2b_charge_rows(
                kind, amount, groups, names.get(kind), terms
            )
        return rows

    def _b2b_condition_names(self, chosen):
        """Names of the conditions in the customer's language."""
        records = self.env["b2b.order.condition"].browse(
            [condition.id for condition in chosen.values()]
        )
        records = records.with_context(lang=self.partner_id.lang or self.env.lang)
        names = {record.id: record.name for record in records}
        return {kind: names[condition.id] for kind, condition in chosen.items()}

    def _b2b_discount_rows(self, percent, groups, name, terms):
        currency = terms["currency"]
        whole, weights = rules.discount_amounts(
            percent, [typed for _taxes, _net, typed in groups], currency.round
        )
        parts = split(whole, weights, currency.rounding)
        product = self.company_id._b2b_condition_product(rules.DISCOUNT)
        return [
            {
                "product": product,
                "taxes": taxes,
                "price": -part,
                "name": name and f"{name} {percent:g} %",
            }
            for (taxes, _net, _typed), part in zip(groups, parts, strict=True)
            if part
        ]

    def _b2b_charge_rows(self, kind, amount, groups, name, terms):
        """A charge follows the taxes of the goods, unless its product has its own."""
        currency = terms["currency"]
        amount = currency.round(amount)
        product = self.company_id._b2b_condition_product(kind)
        own = product.taxes_id._filter_taxes_by_company(self.company_id)
        if own:
            shares = [(terms["position"].map_tax(own), amount)]
        else:
            weights = [net for _taxes, net, _typed in groups]
            parts = split(amount, weights, currency.rounding)
            shares = zip((taxes for taxes, *_rest in groups), parts, strict=True)
        return [
            {
                "product": product,
                "taxes": taxes,
                "price": self._b2b_typed_price(part, taxes, currency),
                "name": name,
            }
            for taxes, part in shares
            if part
        ]

    def _b2b_typed_price(self, net, taxes, currency=None):
        """A net amount as it is typed where prices include tax."""
        currency = currency or self.currency_id
        included = taxes.flatten_taxes_hierarchy().filtered("price_include")
        if not included:
            return net
        found = included.compute_all(net, currency, handle_price_include=False)
        return currency.round(found["total_included"])

    # -- under another agreement, without writing --

    def _b2b_condition_base_lines(self, agreement, base_lines, terms):
        """Lines for Odoo's tax engine as conditions would write them.

        :param base_lines: of the goods, under the terms
        :param dict terms: ``currency``, ``position`` and ``rate``
        """
        currency = terms["currency"]
        chosen = self._b2b_chosen_conditions(agreement, currency)
        if not chosen:
            return []
        goods = self._b2b_condition_goods()
        own = [line for line in base_lines if line["record"] in goods]
        groups = self._b2b_groups_of(own, currency)
        now = rules.outcome(
            chosen,
            sum(net for _taxes, net, _typed in groups),
            goods=bool(own),
            carrier=bool(self._b2b_carrier_lines()),
        )
        rows = self._b2b_condition_rows(now, chosen, groups, terms)
        return [
            self.env["account.tax"]._prepare_base_line_for_taxes_computation(
                self,
                quantity=1.0,
                price_unit=row["price"],
                tax_ids=row["taxes"],
                currency_id=currency,
                rate=terms["rate"],
                product_id=row["product"],
                partner_id=self.partner_id,
                sign=1,
            )
            for kind in rules.KINDS
            for row in rows[kind]
        ]

    def _b2b_groups_of(self, base_lines, currency):
        """As :meth:`_b2b_condition_groups`, of lines that are only worked out."""
        AccountTax = self.env["account.tax"]
        AccountTax._add_tax_details_in_base_lines(base_lines, self.company_id)
        AccountTax._round_base_lines_tax_details(base_lines, self.company_id)
        groups = {}
        for line in base_lines:
            taxes = line["tax_ids"].filtered(lambda tax: tax.amount_type != "fixed")
            typed = line["price_unit"] * line["quantity"]
            typed *= 1 - line["discount"] / 100
            net, before = groups.get(taxes, (0.0, 0.0))
            details = line["tax_details"]
            groups[taxes] = (
                net
                + details["total_excluded_currency"]
                + details["delta_total_excluded_currency"],
                before + currency.round(typed),
            )
        rows = [(taxes, *sums) for taxes, sums in groups.items()]
        return sorted(rows, key=lambda row: row[0].ids)

    # -- writing --

    def _b2b_write_condition_lines(self, rows):
        """Change, add and remove lines until they are as they shall be."""
        lines = self.order_line.filtered("b2b_condition_kind")
        new, gone = [], lines.browse()
        for kind, wanted in rows.items():
            own = lines.filtered(lambda ln, k=kind: ln.b2b_condition_kind == k)
            invoiced = own.filtered("invoice_lines")
            if invoiced:
                wanted = self._b2b_beyond_invoiced(kind, invoiced, wanted)
            for line, row in zip_longest(own - invoiced, wanted):
                if row is None:
                    gone |= line
                elif line is None:
                    new.append(self._b2b_condition_line_vals(kind, row))
                else:
                    line._b2b_follow_condition(row)
        if gone:
            gone.unlink()
        if new:
            self.env["sale.order.line"].create(new)

    def _b2b_beyond_invoiced(self, kind, invoiced, wanted):
        """What was invoiced stays; only more discount comes on top of it."""
        if kind != rules.DISCOUNT:
            return []
        beyond = []
        for row in wanted:
            same = invoiced.filtered(lambda ln, r=row: ln.tax_ids == r["taxes"])
            rest = row["price"] - sum(same.mapped("price_unit"))
            if self.currency_id.compare_amounts(rest, 0.0) < 0:
                beyond.append({**row, "price": self.currency_id.round(rest)})
        return beyond

    def _b2b_condition_line_vals(self, kind, row):
        product = row["product"]
        return {
            "order_id": self.id,
            "b2b_condition_kind": kind,
            "sequence": SEQUENCE[kind],
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "name": row["name"] or product.name,
            "product_uom_qty": 1.0,
            "price_unit": row["price"],
            # A price that no list may compute anew.
            "technical_price_unit": 0.0,
            "discount": 0.0,
            "tax_ids": [(6, 0, row["taxes"].ids)],
        }
