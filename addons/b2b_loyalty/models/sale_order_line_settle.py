from decimal import Decimal

from odoo import api, models
from odoo.tools import float_round

from ..rules import points as rules
from ..rules import settle
from .sale_order_points_lines import KEY


class SaleOrderLine(models.Model):
    """What of a line of points is on documents, and what is still to come.

    Each line stands for one tax and follows the goods of this tax only.
    """

    _inherit = "sale.order.line"

    def _b2b_points_of_tax(self):
        """Goods that this line of points pays for."""
        self.ensure_one()
        goods = self.order_id._b2b_points_goods()
        taxes = self._b2b_points_taxes()
        # Whatever happened to the taxes since: points are never without goods.
        return goods.filtered(lambda ln: ln._b2b_points_taxes() == taxes) or goods

    def _b2b_points_taxes(self):
        """Taxes as Odoo tells discounts apart: without fixed ones, groups resolved."""
        self.ensure_one()
        taxes = self.tax_ids._flatten_taxes_and_sort_them()[0]
        return taxes.filtered(lambda tax: tax._can_be_discounted())

    def _b2b_points_planned(self):
        """What this line takes off the goods of its tax, above zero."""
        self.ensure_one()
        return rules.decimal(-self.price_subtotal, self.currency_id.decimal_places)

    def _b2b_points_net(self):
        """Net of the goods of this line's tax, without discounts on the order."""
        self.ensure_one()
        digits = self.currency_id.decimal_places
        goods = self._b2b_points_of_tax().mapped("price_subtotal")
        return sum((rules.decimal(max(net, 0.0), digits) for net in goods), Decimal(0))

    def _b2b_points_done(self, moves):
        """:class:`~..rules.settle.Sums` of its tax on documents, less credits."""
        self.ensure_one()
        priced = self._b2b_points_of_tax().invoice_lines.filtered(
            lambda line: line.price_unit > 0
        )
        return settle.Sums(
            -self._b2b_points_signed(self.invoice_lines, moves),
            self._b2b_points_signed(priced, moves),
        )

    def _b2b_points_signed(self, lines, moves):
        digits = self.currency_id.decimal_places
        return sum(
            (
                rules.decimal(line.price_subtotal, digits) * line.move_id._b2b_sign()
                for line in lines
                if line.move_id in moves
            ),
            Decimal(0),
        )

    def _b2b_points_open(self, moves):
        """:class:`~..rules.settle.Sums` of what comes after these documents.

        Goods are counted by their quantity at the price of the order: a price changed
        on an invoice leaves no points behind.
        """
        self.ensure_one()
        goods = Decimal(0)
        for line in self._b2b_points_of_tax():
            billed = line._b2b_points_quantity(moves)
            quantity = rules.decimal(line.product_uom_qty, 6)
            goods += line._b2b_points_price() * max(quantity - billed, Decimal(0))
        paid = -self._b2b_points_signed(self.invoice_lines, moves)
        return settle.Sums(self._b2b_points_planned() - paid, goods)

    def _b2b_points_price(self):
        """Net of one piece on the order; 0 for discounts and what was dropped."""
        self.ensure_one()
        if self.product_uom_qty <= 0 or self.price_subtotal <= 0:
            return Decimal(0)
        net = rules.decimal(self.price_subtotal, self.currency_id.decimal_places)
        return net / rules.decimal(self.product_uom_qty, 6)

    def _b2b_points_quantity(self, moves):
        """Quantity of this line on documents less credits, in its own unit."""
        self.ensure_one()
        lines = self.invoice_lines.filtered(lambda line: line.move_id in moves)
        return sum(
            (
                line._b2b_points_quantity(self) * line.move_id._b2b_sign()
                for line in lines
            ),
            Decimal(0),
        )

    def _b2b_points_shrink(self, planned, goods):
        """Take off what goods that were ``goods`` are worth now of ``planned``.

        Where they became more again it is what their documents bear.
        """
        self.ensure_one()
        currency = self.currency_id
        unit = rules.decimal(currency.rounding, currency.decimal_places)
        moves = (self | self._b2b_points_of_tax()).invoice_lines.move_id
        moves = moves.filtered(lambda m: m.state != "cancel")
        billed, net = self._b2b_points_done(moves), self._b2b_points_net()
        kept = settle.kept(planned, billed, goods, net, unit)
        if net > goods:
            there = self._b2b_points_there(moves)
            kept = settle.stands(planned, billed, there, unit)
        if kept < planned:
            self._b2b_points_reprice(self.price_unit * float(kept / planned))
        elif kept > planned:
            price = self._b2b_points_billed_price(moves)
            self._b2b_points_reprice(price * float(kept / billed.points))

    def _b2b_points_reprice(self, price):
        price = self.currency_id.round(price)
        self.write(
            {
                "price_unit": price,
                "technical_price_unit": price,
                "extra_tax_data": {"computation_key": KEY},
            }
        )

    def _b2b_points_billed_price(self, moves):
        """Price of this line on documents less credits; with tax where prices are."""
        return sum(
            line.price_unit * line.quantity * line.move_id._b2b_sign()
            for line in self.invoice_lines
            if line.move_id in moves
        )

    def _b2b_points_there(self, moves):
        """Net of documents for goods of this tax that the order has."""
        found = Decimal(0)
        for line in self._b2b_points_of_tax():
            billed = line._b2b_points_quantity(moves)
            if billed > 0:
                priced = line.invoice_lines.filtered(lambda one: one.price_unit > 0)
                ordered = max(rules.decimal(line.product_uom_qty, 6), Decimal(0))
                net = line._b2b_points_signed(priced, moves)
                found += net * min(ordered, billed) / billed
        return found

    # -- how much of it Odoo takes as invoiced -----------------------------------

    @api.depends("invoice_lines.price_subtotal")
    def _compute_qty_invoiced(self):
        return super()._compute_qty_invoiced()

    def _prepare_qty_invoiced(self):
        """A line of points is invoiced as far as its amount is."""
        quantities = super()._prepare_qty_invoiced()
        for line in self.filtered("b2b_points_line"):
            moves = line._get_invoice_lines().move_id.filtered(
                lambda move: move.state != "cancel"
            )
            quantities[line] = line._b2b_points_part(moves)
        return quantities

    @api.depends("invoice_lines.price_subtotal")
    def _compute_qty_invoiced_posted(self):
        result = super()._compute_qty_invoiced_posted()
        for line in self.filtered("b2b_points_line"):
            moves = line._get_invoice_lines().move_id.filtered(
                lambda move: move.state == "posted"
            )
            line.qty_invoiced_posted = line._b2b_points_part(moves)
        return result

    def _b2b_points_part(self, moves):
        """Part of this line that is on documents; all only when nothing is left."""
        planned = self._b2b_points_planned()
        paid = -self._b2b_points_signed(self.invoice_lines, moves)
        if paid >= planned:
            return self.product_uom_qty
        if paid <= 0:
            return 0.0
        part = float_round(float(paid / planned), precision_digits=2)
        return self.product_uom_qty * min(max(part, 0.01), 0.99)
