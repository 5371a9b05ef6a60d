from typing import Any, NamedTuple

from odoo import models

from ..rules import discount


class Reduced(NamedTuple):
    """What is given on one line, and who gave it."""

    line: Any
    own: float
    share: float
    whole: float
    givers: Any
    listed: float | None = None  # unit price of the list, where it was asked

    @property
    def net(self):
        """Charged for the line excluding tax, after its share of order discounts."""
        return self.line.price_subtotal * (1 - self.share / 100)

    @property
    def before(self):
        """The same without any reduction."""
        if self.whole < 100:
            return self.net / (1 - self.whole / 100)
        return (self.listed or 0.0) * self.line.product_uom_qty


class SaleOrder(models.Model):
    """The whole reduction of each line (DECISIONS 13).

    It leads from what the list gives today to what is charged, whatever fields it was
    typed into. Lines that nobody of ours priced are not looked at: their price is the
    list's.
    """

    _inherit = "sale.order"

    def _b2b_reduced_lines(self):
        """What is given on the lines of this order, rights lifted.

        The list is asked once for all lines.

        :return: list of :class:`Reduced`, only lines with a reduction
        """
        self.ensure_one()
        order = self.sudo()
        lines = order._b2b_goods_lines().filtered(
            lambda line: line.product_uom_qty > 0 and line.price_unit >= 0
        )
        share, share_givers = order._b2b_order_share(lines)
        touched = lines.filtered("b2b_discount_by_id")
        own = order._b2b_own_reductions(touched)
        reduced = []
        for line in lines:
            given, listed = own.get(line, (0.0, None))
            part = share if line._b2b_line_amount() > 0 else 0.0
            whole = discount.combine(given, part)
            if not discount.exceeds(whole, 0.0):
                continue
            givers = order.env["res.users"]
            if discount.exceeds(given, 0.0):
                givers |= line.b2b_discount_by_id
            if part:
                givers |= share_givers
            reduced.append(Reduced(line, given, part, whole, givers, listed))
        return reduced

    def _b2b_own_reductions(self, lines):
        """``{line: (reduction of its own, unit price of the list)}``."""
        if not lines:
            return {}
        terms = {
            "pricelist": self.pricelist_id,
            "currency": self.currency_id,
            "position": self.fiscal_position_id,
            "rule_only": True,
        }
        precision = self.env["decimal.precision"].precision_get
        digits = precision("Product Price"), precision("Discount")
        prices, found = lines._b2b_prices_under(terms), {}
        for line in lines:
            # Parts of a combination have no price of their own.
            listed, rule = prices.get(line.id) or (line.technical_price_unit, 0.0)
            found[line] = (
                discount.own_reduction(
                    listed,
                    rule,
                    line.price_unit,
                    line.discount,
                    line.b2b_manual_discount,
                    digits,
                ),
                listed,
            )
        return found

    def _b2b_order_share(self, lines):
        """Percent that is given on the order as a whole, and by whom.

        Rows of order discounts count, and every other row that somebody typed with a
        price below zero; goods that come back do not.
        """
        rows = self.order_line.filtered(lambda line: line._b2b_is_given_on_order())
        own = rows.filtered("b2b_order_discount")
        total = sum(line._b2b_line_amount() for line in lines)
        given = -sum(row._b2b_line_amount() for row in rows - own)
        givers = rows.b2b_discount_by_id
        if own or self.b2b_order_discount_kind:
            given += self._b2b_given_on_order(own, total)
            givers |= self.b2b_order_discount_by_id
        if total <= 0 or given <= 0:
            return 0.0, self.env["res.users"]
        return min(100.0, 100 * given / total), givers

    def _b2b_given_on_order(self, rows, total):
        """What the discount on the order comes to.

        By kind and value: its rows are rounded to cents, and follow a little after the
        lines that are being written. Once it is invoiced the rows say it.
        """
        kind = self.b2b_order_discount_kind
        if not kind or any(row.qty_invoiced for row in rows):
            return -sum(row._b2b_line_amount() for row in rows)
        if kind == discount.PERCENT:
            return total * self.b2b_order_discount_percent / 100
        return min(self.b2b_order_discount_amount, total)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_is_given_on_order(self):
        """Whether the row takes something off the goods of its order by hand."""
        self.ensure_one()
        if self.display_type or self.is_downpayment or self.product_uom_qty <= 0:
            return False
        if self._b2b_line_amount() >= 0:
            return False
        if "is_reward_line" in self._fields and self.is_reward_line:
            return False
        kind = self._b2b_kind()
        return kind == "order_discount" or (
            kind == "goods" and bool(self.b2b_discount_by_id)
        )
