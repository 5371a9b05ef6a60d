from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..rules import points as rules
from ..rules import redeem


class SaleOrder(models.Model):
    """Points of an order in the ledger: reserved while it waits, taken when confirmed.

    One idempotent method brings the ledger to what the order is now. A constraint
    calls it, so that confirmation, refusal, expiry, withdrawal and cancellation give
    back or take exactly once, whoever does them.
    """

    _inherit = "sale.order"

    @api.constrains(lambda self: self._b2b_points_triggers())
    def _b2b_points_on_change(self):
        self._b2b_points_sync()

    @api.model
    def _b2b_points_triggers(self):
        names = ["state", "b2b_points_used", "b2b_points_account_id", "partner_id"]
        if "b2b_submit_state" in self._fields:
            names.append("b2b_submit_state")
        return names

    def _b2b_points_sync(self):
        """Bring reserved and redeemed points of these orders to what they are now."""
        for order in self.sudo().sorted("id"):
            # Orders without points, which are most, cost no query.
            if order.b2b_points_account_id and not order.b2b_historical:
                order._b2b_points_sync_one()

    def _b2b_points_sync_one(self):
        accounts = self.env["b2b.loyalty.account"].sudo()
        booked = self._b2b_points_booked()
        account = self.b2b_points_account_id
        wanted = {account.id: self._b2b_points_target(booked)}
        # What is billed stays taken from whoever it was taken.
        if not self._b2b_points_is_ours(account) and not self._b2b_points_gross():
            wanted = {account.id: (0, 0)}
        rows = []
        for account_id in sorted(wanted.keys() | booked.keys()):
            reserve, redeemed = wanted.get(account_id, (0, 0))
            held, taken, count = booked.get(account_id, (0, 0, 0))
            base = {
                "account_id": account_id,
                "date": self._b2b_points_today(),
                "order_id": self.id,
                "currency_id": self.currency_id.id,
                "user_id": self.env.uid,
            }
            moves = [("reserve", reserve - held, {})]
            if redeemed > taken:
                moves += self._b2b_points_taken(account_id, redeemed - taken, held)
            else:
                moves += self._b2b_points_back(account_id, taken - redeemed)
            moves = [move for move in moves if move[1]]
            for number, (kind, points, values) in enumerate(moves, count + 1):
                key = f"{kind}:{self.id}:{account_id}:{number}"
                rows.append(
                    {
                        **base,
                        "kind": kind,
                        "points": points,
                        "idempotency_key": key,
                        **values,
                    }
                )
        accounts._b2b_book(rows)

    def _b2b_points_target(self, booked):
        """(reserved, redeemed) points that the ledger shall have of this order.

        Credit notes give back by rows of their own, see ``account.move``. A cancelled
        order has taken what its invoices were paid with.
        """
        if self.state not in ("sale", "cancel") and self._b2b_points_submitted():
            return self.b2b_points_used, 0
        return 0, self._b2b_points_redeemed(booked)

    def _b2b_points_on(self, moves):
        """What points pay on these documents, less credits, above zero, excl. tax."""
        lines = self._b2b_points_lines().invoice_lines.filtered(
            lambda line: line.move_id in moves
        )
        digits = self.currency_id.decimal_places
        return -sum(
            (
                rules.decimal(line.price_subtotal, digits) * line.move_id._b2b_sign()
                for line in lines
            ),
            Decimal(0),
        )

    def _b2b_points_booked(self):
        """``{account id: (reserved, redeemed, rows)}`` of this order in the ledger."""
        rows = self.env.execute_query(
            SQL(
                """SELECT account_id,
                          COALESCE(SUM(points) FILTER (WHERE kind = 'reserve'), 0),
                          -COALESCE(SUM(points) FILTER (WHERE kind = 'redeem'), 0),
                          COUNT(*)
                     FROM b2b_loyalty_entry
                    WHERE order_id = %s AND kind IN ('reserve', 'redeem')
                      AND move_id IS NULL
                 GROUP BY account_id""",
                self.id,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _b2b_points_taken(self, account_id, points, held):
        """Rows that take points from the lots that end first.

        :param int held: points that the order has waited with: these may be used after
            the end of their lot
        """
        account = self.env["b2b.loyalty.account"].sudo().browse(account_id)
        today = self._b2b_points_today()
        lots = [
            lot
            for lot in account._b2b_lots().get(account_id, [])
            if held > 0 or not lot.until or lot.until >= today
        ]
        return [
            ("redeem", -part, {"lot_id": lot_id})
            for lot_id, part in redeem.take(points, lots)
        ]

    def _b2b_points_back(self, account_id, points):
        """Rows that give points back to the lots they were taken from, last first.

        What comes back at the end of its lot can be used for some more days.
        """
        today, rows = self._b2b_points_today(), []
        for entry_id, lot_id, taken, until in self._b2b_points_open_rows(account_id):
            part = min(points, taken)
            if part <= 0:
                continue
            points -= part
            later = redeem.until_after_return(until, today)
            values = {
                "reversed_id": entry_id,
                "lot_id": None if later else lot_id,
                "expires_on": later,
            }
            rows.append(("redeem", part, values))
        return rows

    def _b2b_points_open_rows(self, account_id):
        """Rows that took points for this order, with what was not given back yet."""
        return self.env.execute_query(
            SQL(
                """SELECT e.id, e.lot_id, -e.points - COALESCE(SUM(b.points), 0),
                          l.expires_on
                     FROM b2b_loyalty_entry e
                LEFT JOIN b2b_loyalty_entry b ON b.reversed_id = e.id
                LEFT JOIN b2b_loyalty_entry l ON l.id = e.lot_id
                    WHERE e.order_id = %s AND e.account_id = %s
                      AND e.kind = 'redeem' AND e.points < 0
                 GROUP BY e.id, l.expires_on
                 ORDER BY e.id DESC""",
                self.id,
                account_id,
            )
        )
