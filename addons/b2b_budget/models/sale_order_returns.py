from odoo import models

from ..rules import booking


class SaleOrder(models.Model):
    """What counts of an order: its total or some lines, less what came back."""

    _inherit = "sale.order"

    def _b2b_budget_order_amount(self, term, returned=None):
        """What of this order counts in a budget, in the order's currency.

        :param term: rules.terms.Terms
        :param returned: {line id: (untaxed, total)} that came back for good
        """
        self.ensure_one()
        returned = returned or {}
        lines = []
        if term.categories or not term.with_delivery or returned:
            lines = [
                booking.Line(
                    line._b2b_budget_kind(),
                    line.product_id.categ_id.id,
                    line.price_subtotal,
                    line.price_total,
                    *returned.get(line.id, (0.0, 0.0)),
                )
                for line in self.order_line.filtered("product_id")
            ]
        return booking.counted_amount(
            untaxed=self.amount_untaxed,
            total=self.amount_total,
            basis=term.tax_basis,
            lines=lines,
            categories=term.categories,
            with_delivery=term.with_delivery,
        )

    def _b2b_returned(self, terms):
        """What came back of this order, as each budget wants it.

        :param terms: rules.terms.Terms
        :return: {budget id: {line id: (untaxed, total)}}
        """
        self.ensure_one()
        if self.state != "sale":
            return {}
        ways = {"credit_note": "_b2b_credited", "goods": "_b2b_brought_back"}
        found = {}
        for way in {term.returns for term in terms} & ways.keys():
            amounts = {
                line.id: getattr(line, ways[way])()
                for line in self.order_line
                if not (line.display_type or line.is_downpayment)
            }
            found[way] = {line: both for line, both in amounts.items() if any(both)}
        return {term.id: found.get(term.returns, {}) for term in terms}

    def _b2b_book_returns(self):
        """Bring budgets in step after a credit note or returned goods.

        What is taken again, because a credit note was undone, is booked even where
        others have used the room since: the order itself was never smaller.
        """
        booked = self.sudo().filtered(lambda o: o.state == "sale" and o.b2b_is_booked)
        if booked:
            booked._b2b_book_budgets(permitted="return")
