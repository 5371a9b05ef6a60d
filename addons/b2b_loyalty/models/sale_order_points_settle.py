from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ..rules import points as rules
from ..rules import redeem, settle
from .sale_order_points import settling


class SaleOrder(models.Model):
    """An order that became less after a part of it was invoiced (DECISIONS 27)."""

    _inherit = "sale.order"

    def _b2b_points_are_billed(self):
        """Whether a line of points is on a document that counts."""
        moves = self._b2b_points_lines().invoice_lines.move_id
        return any(move.state != "cancel" for move in moves)

    def _b2b_points_before(self):
        """``{order: {line of points: (planned, goods)}}`` of orders with invoices.

        Asked before goods change: afterwards nothing says what they were.
        """
        found = {}
        # sudo: whoever changes a quantity need not see the points.
        for order in self.sudo():
            if not order.b2b_points_used or order.state != "sale" or order.locked:
                continue
            if order._b2b_points_are_billed():
                found[order] = {
                    line: (line._b2b_points_planned(), line._b2b_points_net())
                    for line in order._b2b_points_lines()
                }
        return found

    def _b2b_points_lower_rest(self, before):
        """Lower the points of what is not billed yet; credit notes give back the rest.

        :param dict before: ``{line of points: (planned, goods)}``
        """
        self.ensure_one()
        lines = self._b2b_points_lines()
        with settling():
            for line in lines:
                # A closed rest scales discounts that were never billed by itself.
                if line in before and (line.qty_invoiced or not self._b2b_is_closing()):
                    line._b2b_points_shrink(*before[line])
            lines._compute_qty_invoiced()
            lines._compute_qty_invoiced_posted()
        used = self.b2b_points_used
        if self._b2b_points_follow_lines():
            self.message_post(
                body=self.env._(
                    "Points lowered from %(before)s to %(after)s, as the goods are. "
                    "Points of invoiced goods come back with their credit note.",
                    before=f"{used:,}",
                    after=f"{self.b2b_points_used:,}",
                )
            )

    # -- what the ledger shall have ----------------------------------------------

    def _b2b_points_choose(self, points):
        """Documents that are posted bear their points, whatever the order becomes."""
        # sudo: who uses points need not read invoices.
        order = self.sudo()
        if order._b2b_points_gross():
            raise UserError(
                self.env._("%s is invoiced already; its points stay.", order.name)
            )
        return super()._b2b_points_choose(points)

    def _b2b_points_redeemed(self, booked):
        """Points that this order shall have taken, credit notes not counted.

        :param dict booked: see :meth:`_b2b_points_booked`
        """
        account = self.b2b_points_account_id
        taken = booked.get(account.id, (0, 0, 0))[1]
        used = self.b2b_points_used
        plan = used if self.state == "sale" else 0
        gross = self._b2b_points_gross()
        if not gross:
            return plan
        value = rules.decimal(self.b2b_points_value, self.currency_id.decimal_places)
        billed = settle.billed_points(used, value, gross, taken)
        given = sum(
            move._b2b_points_given(self, account)[0]
            for move in self._b2b_points_notes()
        )
        return settle.redeemed(plan, billed, used + given, taken)

    def _b2b_points_gross(self):
        """What points pay on posted documents, before credits, above zero."""
        return self._b2b_points_parts_on(self._b2b_points_moves("posted"))[0]

    def _b2b_points_notes(self):
        """Posted documents that give points back: credit notes, and invoices on which
        goods of one tax are charged and goods of another one credited."""
        return self._b2b_points_moves("posted").filtered(
            lambda move: (
                move.move_type == "out_refund" or self._b2b_points_parts_on(move)[1]
            )
        )

    def _b2b_points_moves(self, state):
        moves = self._b2b_points_lines().invoice_lines.move_id
        return moves.filtered(lambda move: move.state == state)

    def _b2b_points_parts_on(self, moves):
        """(charged, credited): what points pay on documents, both above zero."""
        digits = self.currency_id.decimal_places
        charged = credited = Decimal(0)
        for line in self._b2b_points_lines().invoice_lines:
            if line.move_id in moves:
                amount = -rules.decimal(line.price_subtotal, digits)
                amount *= line.move_id._b2b_sign()
                charged += max(amount, Decimal(0))
                credited += max(-amount, Decimal(0))
        return charged, credited

    def _b2b_points_come_back(self, back):
        """Points for which credit notes of the amount ``back`` give back in sum."""
        points, paid = self._b2b_points_paid()
        return redeem.given_back(points, paid, max(back, Decimal(0)))

    def _b2b_points_paid(self):
        """(points, amount): what points cost on the documents of this order.

        The order says it as long as it plans what was billed or more; afterwards the
        ledger and the invoices do.
        """
        gross = self._b2b_points_gross()
        value = rules.decimal(self.b2b_points_value, self.currency_id.decimal_places)
        if self.state == "sale" and value >= gross:
            return self.b2b_points_used, value
        booked = self._b2b_points_booked().get(self.b2b_points_account_id.id)
        return (booked[1] if booked else 0), gross
