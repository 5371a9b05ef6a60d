from odoo import models

from ..rules import redeem


class AccountMove(models.Model):
    """Points on invoices and credit notes.

    A credit note gives points and money back in the share in which the order was paid
    (DECISIONS 27): its lines of points follow its goods, see ``account_move_settle``,
    and the ledger follows its lines of points.
    """

    _inherit = "account.move"

    def _b2b_points_lines(self):
        """Lines that points pay on these documents."""
        return self.invoice_line_ids.filtered(
            lambda line: any(one._b2b_is_points() for one in line.sale_line_ids)
        )

    def _b2b_points_paid_share(self, order, amount_of="price_subtotal"):
        """Share of the goods of an order on this document that money pays.

        :param str amount_of: field of the lines, excluding or including tax
        """
        lines = self._b2b_points_lines().filtered(
            lambda line: order in line.sale_line_ids.order_id
        )
        return redeem.money_share(
            self._b2b_points_goods(order).mapped(amount_of) if lines else [],
            lines.mapped(amount_of),
            self.currency_id.decimal_places,
        )

    def _b2b_points_goods(self, order):
        """Lines of an order on this document that points could pay."""
        payable = order._b2b_points_goods()
        return self.invoice_line_ids.filtered(lambda line: line.sale_line_ids & payable)

    # -- ledger ------------------------------------------------------------------

    def _b2b_loyalty_sync(self):
        # What is billed once more after a credit note is taken once more, and never of
        # the points that the same document earns.
        self._b2b_points_lines().sale_line_ids.order_id._b2b_points_sync()
        result = super()._b2b_loyalty_sync()
        for move in self.sorted("id"):
            move._b2b_points_give_back()
        return result

    def _b2b_points_give_back(self):
        """Bring the points that this document gives back to what they are now."""
        accounts = self.env["b2b.loyalty.account"].sudo()
        for order in self._b2b_points_lines().sale_line_ids.order_id:
            account = order.b2b_points_account_id
            credits = self.move_type == "out_refund"
            credits = credits or order._b2b_points_parts_on(self)[1]
            if not account or not credits:
                continue
            booked, count = self._b2b_points_given(order, account)
            target = self._b2b_points_back_of(order, account)
            rows = []
            if target > booked:
                rows = order._b2b_points_back(account.id, target - booked)
            elif target < booked:
                rows = self._b2b_points_take_again(order, account, booked - target)
            accounts._b2b_book(
                [
                    {
                        "account_id": account.id,
                        "kind": kind,
                        "points": points,
                        "date": self.invoice_date or self.date,
                        "order_id": order.id,
                        "move_id": self.id,
                        "currency_id": self.currency_id.id,
                        "idempotency_key": f"back:{self.id}:{account.id}:{number}",
                        **values,
                    }
                    for number, (kind, points, values) in enumerate(rows, count + 1)
                ]
            )

    def _b2b_points_back_of(self, order, account):
        """Points that this document gives back; all credit notes counted together."""
        if self.state != "posted":
            return 0
        others = order._b2b_points_notes() - self
        earlier = sum(others.mapped(lambda m: m._b2b_points_given(order, account)[0]))
        credited = order._b2b_points_parts_on(others | self)[1]
        whole = order._b2b_points_come_back(credited)
        return max(whole - earlier, 0)

    def _b2b_points_given(self, order, account):
        """(points given back, rows) of this document in the ledger."""
        groups = (
            self.env["b2b.loyalty.entry"]
            .sudo()
            ._read_group(
                [
                    ("move_id", "=", self.id),
                    ("order_id", "=", order.id),
                    ("account_id", "=", account.id),
                    ("kind", "=", "redeem"),
                ],
                [],
                ["points:sum", "__count"],
            )
        )
        return groups[0][0] or 0, groups[0][1]

    def _b2b_points_take_again(self, order, account, points):
        """A credit note that holds no more takes back what it gave."""
        given = (
            self.env["b2b.loyalty.entry"]
            .sudo()
            .search(
                [
                    ("move_id", "=", self.id),
                    ("order_id", "=", order.id),
                    ("account_id", "=", account.id),
                    ("kind", "=", "redeem"),
                    ("points", ">", 0),
                ],
                order="id desc",
            )
        )
        rows = []
        for entry in given:
            part = min(points, entry.points)
            points -= part
            lot = entry.lot_id or entry
            rows.append(("redeem", -part, {"lot_id": lot.id, "reversed_id": entry.id}))
        return rows
