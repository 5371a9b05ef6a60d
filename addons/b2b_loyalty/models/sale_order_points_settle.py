from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import points as rules
from ..rules import redeem, settle
from .sale_order_points import KEPT, settling


class SaleOrder(models.Model):
    """An order that became less after a part of it was invoiced (DECISIONS 27)."""

    _inherit = "sale.order"

    def _b2b_points_are_billed(self):
        """Whether a line of points is on a document that counts."""
        moves = self._b2b_points_lines().invoice_lines.move_id
        return any(move.state != "cancel" for move in moves)

    b2b_points_former = fields.Integer(
        "Points of former invoices",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What credit notes had given back when the order was confirmed again: "
        "what it uses now is taken beside them.",
    )

    def write(self, vals):
        if vals.get("state") == "sale":
            # sudo: who confirms need not read invoices.
            self.sudo()._b2b_points_confirm_again()
        return super().write(vals)

    def _b2b_points_confirm_again(self):
        """An order that is confirmed once more takes its points once more."""
        for order in self:
            if order.state == "sale" or not order.b2b_points_account_id:
                continue
            given = order._b2b_points_given() if order._b2b_points_are_billed() else 0
            if given != order.b2b_points_former:
                order.b2b_points_former = given

    def _b2b_points_given(self):
        """Points that documents of this order gave back."""
        account = self.b2b_points_account_id
        return sum(
            move._b2b_points_given(self, account)[0]
            for move in self._b2b_points_notes()
        )

    def _b2b_points_are_owed(self):
        """Whether documents bear points that no credit note gave back, or drafts."""
        moves = self._b2b_points_lines().invoice_lines.move_id
        if any(move.state == "draft" for move in moves):
            return True
        return bool(self._b2b_points_on(moves.filtered(lambda m: m.state == "posted")))

    def _b2b_points_before(self):
        """``{order: {line of points: (planned, goods)}}`` of orders with invoices.

        Asked before goods change: afterwards nothing says what they were.
        """
        found = {}
        # sudo: whoever changes a quantity need not see the points.
        for order in self.sudo():
            # An order that was emptied uses none, and may get its goods again.
            if not order.b2b_points_account_id:
                continue
            if order.state == "cancel" or order.locked:
                continue
            if order.state != "sale" and order._b2b_points_mode() != KEPT:
                continue
            if order._b2b_points_are_billed():
                found[order] = {
                    line: (line._b2b_points_planned(), line._b2b_points_net())
                    for line in order._b2b_points_lines()
                }
        return found

    def _b2b_points_lower_rest(self, before):
        """Lower the points of what is not billed yet; credit notes give back the rest.

        Billed goods that are on the order again get theirs again.

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
        elif self._b2b_points_stand_again():
            self.message_post(
                body=self.env._(
                    "Points raised from %(before)s to %(after)s, as on the invoice.",
                    before=f"{used:,}",
                    after=f"{self.b2b_points_used:,}",
                )
            )

    def _b2b_points_stand_again(self):
        """Use the points of billed goods that are on the order again.

        They are taken already, so neither balance nor program is asked.

        :return: whether there are such
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places
        prices = self._b2b_points_lines().mapped("price_subtotal")
        now = rules.decimal(-sum(prices), digits)
        value = rules.decimal(self.b2b_points_value, digits)
        if now <= value:
            return False
        points, paid = self._b2b_points_paid()
        used = self.b2b_points_used
        more = settle.named(points, paid, value, now - value)
        # Shares were rounded on the way down: never more than there were.
        used = min(used + more, max(self.b2b_points_wanted, used))
        with settling():
            self.write({"b2b_points_used": used, "b2b_points_value": float(now)})
            self._b2b_points_rename()
        return True

    # -- what the ledger shall have ----------------------------------------------

    def _b2b_points_choose(self, points):
        """Documents that are posted bear their points, whatever the order becomes."""
        # sudo: who uses points need not read invoices.
        order = self.sudo()
        if order._b2b_points_are_owed():
            order._b2b_points_refuse_billed()
        return super()._b2b_points_choose(points)

    def _b2b_points_refuse_billed(self):
        raise UserError(
            self.env._("%s is invoiced already; its points stay.", self.name)
        )

    def _b2b_points_redeemed(self, booked):
        """Points that this order shall have taken, credit notes not counted.

        :param dict booked: see :meth:`_b2b_points_booked`
        """
        account = self.b2b_points_account_id
        taken = booked.get(account.id, (0, 0, 0))[1]
        used = self.b2b_points_used
        plan = used + self.b2b_points_former if self.state == "sale" else 0
        gross = self._b2b_points_gross()
        if not gross:
            return plan
        value = rules.decimal(self.b2b_points_value, self.currency_id.decimal_places)
        billed = settle.billed_points(used, value, gross, taken)
        given = self._b2b_points_given()
        # What was given back had been taken.
        return max(settle.redeemed(plan, billed, used + given, taken), given)

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
                both = rules.decimal(line.b2b_points_credited, digits)
                charged += max(amount + both, Decimal(0))
                credited += both + max(-amount - both, Decimal(0))
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
        taken = booked[1] if booked else 0
        if self.state == "sale" and self.b2b_points_former:
            # What is to be billed yet is taken as well.
            billed = settle.billed_points(self.b2b_points_used, value, gross, taken)
            taken = min(billed, taken)
        return taken, gross
