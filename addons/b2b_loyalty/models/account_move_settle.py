from decimal import Decimal

from odoo import models

from ..rules import points as rules
from ..rules import settle
from .sale_order_points import settling
from .sale_order_points_lines import KEY


class AccountMove(models.Model):
    """What a document bears of the points of its orders (DECISIONS 27).

    Its lines of points are set when it is made from an order and once more when it is
    posted: who changes the goods of a draft changes the points with them.
    """

    _inherit = "account.move"

    def _b2b_sign(self):
        """1 where amounts are charged, -1 where they are credited."""
        return -1 if self.move_type == "out_refund" else 1

    def _post(self, soft=True):
        self._b2b_points_follow_goods()
        return super()._post(soft)

    def unlink(self):
        # A draft that is deleted takes its lines of points with it.
        with settling():
            return super().unlink()

    def _b2b_points_follow_goods(self):
        """Bill or credit of the points what is billed or credited of the goods."""
        drafts = self.filtered(
            lambda move: (
                move.state == "draft"
                and move.move_type in ("out_invoice", "out_refund")
            )
        )
        # sudo: who posts an invoice need not see orders, and changes no more than these
        # lines of it.
        for move in drafts.sudo():
            seen = self.env["sale.order.line"]
            named = {}
            for line in move._b2b_points_lines():
                paid = line.sale_line_ids.filtered(lambda one: one._b2b_is_points())
                amount = credited = Decimal(0)
                if not paid & seen:
                    for one in paid:
                        charge, back = move._b2b_points_amount(one)
                        amount, credited = amount + charge, credited + back
                seen |= paid
                if credited and not amount:
                    move._b2b_points_set_even(line, paid[:1], credited)
                else:
                    move._b2b_points_set(line, paid[:1], amount, named)
                move._b2b_points_mark(line.exists(), credited)

    def _b2b_points_amount(self, paid):
        """(amount, credited) of this line of an order's points on this document.

        The amount is in the sense of the document. Where goods of one tax are charged
        and others credited it is the difference, and ``credited`` what of it came back.
        """
        self.ensure_one()
        order, sign = paid.order_id, self._b2b_sign()
        others = order.invoice_ids.filtered(lambda m: m.state != "cancel") - self
        unit = rules.decimal(
            order.currency_id.rounding, order.currency_id.decimal_places
        )
        digits = self.currency_id.decimal_places
        billed = credited = net = Decimal(0)
        goods = paid._b2b_points_of_tax()
        for line in self.invoice_line_ids.filtered(lambda ln: ln.sale_line_ids & goods):
            subtotal = rules.decimal(line.price_subtotal, digits)
            net += subtotal * sign
            of = (line.sale_line_ids & goods)[:1]
            quantity = line._b2b_points_quantity(of) * sign
            if quantity > 0:
                billed += quantity * of._b2b_points_price()
            elif line.price_unit > 0:
                credited += abs(subtotal)
        charge = settle.share(paid._b2b_points_open(others), billed, unit)
        back = self._b2b_points_credited(paid, others, credited, unit)
        # Discounts of the order are billed at once: no tax gets a negative basis.
        low, high = min(net, Decimal(0)), max(net, Decimal(0))
        amount = min(max(charge - back, low), high)
        # No more came back than the difference needs.
        both = min(back, max(back + amount, Decimal(0))) if charge and back else 0
        return amount * sign, Decimal(both)

    def _b2b_points_credited(self, paid, others, credited, unit):
        invoice = self.reversed_entry_id
        posted = others.filtered(
            lambda m: m.move_type == "out_invoice" or m.state == "posted"
        )
        order = paid._b2b_points_done(posted)
        document = order
        if invoice:
            document = paid._b2b_points_done(
                invoice | (invoice.reversal_move_ids & posted)
            )
        return settle.given(document, order, credited, unit)

    def _b2b_points_set(self, line, paid, amount, named):
        """Write amount and name of a line of points; one of nothing goes."""
        if not amount:
            with settling():
                line.unlink()
            return
        digits = self.currency_id.decimal_places
        values = {}
        if rules.decimal(-line.price_subtotal, digits) != amount:
            values = {
                "quantity": 1.0 if amount > 0 else -1.0,
                "price_unit": -self._b2b_points_unit_price(paid, abs(amount)),
                "extra_tax_data": {"computation_key": KEY},
            }
        name = self._b2b_points_line_name(paid, amount, named)
        if line.name != name:
            values["name"] = name
        if values:
            line.write(values)

    def _b2b_points_set_even(self, line, paid, credited):
        """As much came back as is used: the line says so and takes off nothing."""
        order = paid.order_id
        points = settle.named(*order._b2b_points_paid(), Decimal(0), credited)
        order = order.with_context(lang=order._get_lang())
        name = order.env._("%s points back, as many used", f"{points:,}")
        if line.price_unit or line.name != name:
            line.write({"price_unit": 0.0, "name": name})

    def _b2b_points_mark(self, line, credited):
        """Keep what came back where a line says the difference only."""
        if line and line.currency_id.compare_amounts(
            line.b2b_points_credited, float(credited)
        ):
            line.b2b_points_credited = float(credited)

    def _b2b_points_unit_price(self, paid, amount):
        """Price of a line of this net amount; prices may include the tax."""
        planned = paid._b2b_points_planned()
        if planned and any(tax.price_include for tax in paid.tax_ids):
            return self.currency_id.round(
                -paid.price_unit * paid.product_uom_qty * float(amount / planned)
            )
        return float(amount)

    def _b2b_points_line_name(self, paid, amount, named):
        """Name by the points that this line bears.

        :param dict named: ``{order: amount on other documents and lines before}``
        """
        order, sign = paid.order_id, self._b2b_sign()
        if order not in named:
            others = order.invoice_ids.filtered(lambda m: m.state != "cancel") - self
            named[order] = order._b2b_points_on(others)
        points = settle.named(*order._b2b_points_paid(), named[order], amount * sign)
        named[order] += amount * sign
        several = len(order._b2b_points_lines().filtered("price_unit")) > 1
        return order._b2b_points_name(points, paid.tax_ids, several)
