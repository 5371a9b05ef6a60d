from odoo import models
from odoo.tools import SQL

from .sale_order import _weights_json

#: When points are granted by the order itself and not by its invoices.
BY_ORDER = ("confirmed", "delivered")


class SaleOrder(models.Model):
    """Points that are granted when the order is confirmed, or when it is delivered.

    As pending points: one idempotent method brings the ledger to the target.
    """

    _inherit = "sale.order"

    def _b2b_loyalty_by_order(self):
        """Whether a program of the company grants by the order itself.

        Of the cached programs, so that it costs nothing where none does.
        """
        self.ensure_one()
        facts = self.env["b2b.loyalty.program"]._b2b_facts(self.company_id.id)
        return any(program.granted in BY_ORDER for program in facts)

    def _b2b_loyalty_sync_one(self):
        super()._b2b_loyalty_sync_one()
        if self._b2b_loyalty_by_order():
            self._b2b_loyalty_sync_granted()

    def _b2b_loyalty_sync_granted(self):
        accounts = self.env["b2b.loyalty.account"].sudo()
        booked = self._b2b_loyalty_granted_rows()
        target = self._b2b_loyalty_granted_target()
        account_ids = booked.keys() | ({target["account_id"]} if target else set())
        rows = []
        for account_id in sorted(account_ids):
            points, count, lot = booked.get(account_id, (0, 0, None))
            mine = bool(target) and target["account_id"] == account_id
            values = dict(target) if mine else {"points": 0}
            delta = values["points"] - points
            if delta < 0:
                values.update(lot_id=lot, reversed_id=lot)
            rows.append(
                {
                    **values,
                    "account_id": account_id,
                    "kind": "earn" if delta > 0 else "reverse",
                    "points": delta,
                    "date": self._b2b_points_today(),
                    "order_id": self.id,
                    "currency_id": self.currency_id.id,
                    "idempotency_key": f"granted:{self.id}:{account_id}:{count + 1}",
                }
            )
        accounts._b2b_book(rows)

    def _b2b_loyalty_place(self, accounts=None, booked=None):
        """An order stays with the program that granted points for it."""
        account, program, rate = super()._b2b_loyalty_place(accounts, booked)
        if account or self.b2b_earns_nothing or not self._b2b_loyalty_by_order():
            return account, program, rate
        granted = self.env["b2b.loyalty.account"].sudo()
        granted = granted.browse(self._b2b_loyalty_granted_rows()).filtered(
            lambda one: (
                one.party_id == self.b2b_party_id and one.company_id == self.company_id
            )
        )[:1]
        if not granted:
            return account, program, rate
        facts = self.env["b2b.loyalty.program"]._b2b_facts(self.company_id.id)
        program = next(p for p in facts if p.id == granted.program_id.id)
        return granted, program, self._b2b_loyalty_rate(program)

    def _b2b_loyalty_granted_rows(self):
        """``{account id: (points, rows, lot)}`` that this order has granted."""
        rows = self.env.execute_query(
            SQL(
                """SELECT account_id, SUM(points), COUNT(*),
                          (array_agg(id ORDER BY id) FILTER (WHERE points > 0))[1]
                     FROM b2b_loyalty_entry
                    WHERE order_id = %s AND move_id IS NULL
                      AND idempotency_key LIKE 'granted:%%'
                 GROUP BY account_id""",
                self.id,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _b2b_loyalty_granted_target(self):
        """Values of the row that everything granted so far would be, or None."""
        if self.state != "sale":
            return None
        account, program, rate = self._b2b_loyalty_place()
        if not program or program.granted not in BY_ORDER:
            return None
        result = self._b2b_loyalty_result(
            program,
            rate,
            lambda line: line._b2b_loyalty_granted_share(program.granted),
        )
        points = max(result.points, 0)
        if not points and not account:
            return None
        accounts = self.env["b2b.loyalty.account"]
        account = account or accounts._b2b_get(program.id, self.b2b_party_id)
        return {
            "account_id": account.id,
            "points": points,
            "amount": result.net,
            "rate": rate,
            "weights": _weights_json(result),
        }
