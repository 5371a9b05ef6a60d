from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..rules import redeem

#: Accounts whose lots end in one step of the job, which is one transaction.
STEP = 500


class LoyaltyAccount(models.Model):
    """Lots: which points go first, and which were not used in time.

    What is left of a lot is the sum of its rows; no column keeps it.
    """

    _inherit = "b2b.loyalty.account"

    def _b2b_lots(self):
        """``{account id: [redeem.Lot]}`` of these accounts, usable ones in order.

        One query for any number of accounts.
        """
        if not self:
            return {}
        self.env["b2b.loyalty.entry"].flush_model()
        lots, debts = {}, {}
        both = SQL("%s UNION ALL %s", self._b2b_lots_sql(), self._b2b_debts_sql())
        for account_id, lot_id, rest, until in self.env.execute_query(both):
            if lot_id:
                lots.setdefault(account_id, []).append(redeem.Lot(lot_id, rest, until))
            else:
                debts[account_id] = rest
        return {
            account_id: redeem.usable(found, debts.get(account_id, 0))
            for account_id, found in lots.items()
        }

    def _b2b_lots_sql(self):
        """Lots with something left, or from which more was taken than they had."""
        return SQL(
            """SELECT l.account_id, l.id, l.points + COALESCE(SUM(t.points), 0),
                      l.expires_on
                 FROM b2b_loyalty_entry l
            LEFT JOIN b2b_loyalty_entry t ON t.lot_id = l.id
                WHERE l.account_id IN %s AND l.points > 0 AND l.lot_id IS NULL
                  AND l.kind NOT IN ('pending', 'reserve')
             GROUP BY l.id
               HAVING l.points + COALESCE(SUM(t.points), 0) <> 0""",
            tuple(self.ids),
        )

    def _b2b_debts_sql(self):
        """What was taken without a lot: corrections, returns of other systems."""
        return SQL(
            """SELECT account_id, NULL::integer, -SUM(points), NULL::date
                 FROM b2b_loyalty_entry
                WHERE account_id IN %s AND points < 0 AND lot_id IS NULL
                  AND kind NOT IN ('pending', 'reserve')
             GROUP BY account_id""",
            tuple(self.ids),
        )

    def _b2b_spread(self, row):
        """Rows that take the points of one row from the lots that end first.

        :param dict row: columns of a ledger row with points below zero
        :return: list of rows; none when its key is in the ledger already
        """
        self.ensure_one()
        known = [("idempotency_key", "=", row["idempotency_key"])]
        if self.env["b2b.loyalty.entry"].sudo().search_count(known, limit=1):
            return []
        parts = redeem.take(-row["points"], self._b2b_lots().get(self.id, []))
        rows = []
        for number, (lot_id, points) in enumerate(parts):
            key = row["idempotency_key"] + (f":{number}" if number else "")
            own = {"points": -points, "lot_id": lot_id, "idempotency_key": key}
            rows.append({**row, **own})
        return rows

    def _b2b_usable(self, day):
        """Points that can be used on a day: not reserved, and not over since the job
        ran last."""
        if not self or self.available <= 0:
            return 0
        over = sum(
            lot.rest
            for lot in self._b2b_lots().get(self.id, [])
            if lot.until and lot.until < day
        )
        return max(self.available - over, 0)

    def _b2b_ending(self, day, days=90, limit=5):
        """Lots that end soon: ``[(last day, points)]``, the next one first."""
        if not self or self.balance <= 0:
            return []
        last, sums = day + timedelta(days=days), {}
        for lot in self._b2b_lots().get(self.id, []):
            if lot.until and day <= lot.until <= last:
                sums[lot.until] = sums.get(lot.until, 0) + lot.rest
        return sorted(sums.items())[:limit]

    # -- the job -----------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """End the lots that were not used in time, account by account.

        An account that another session uses meanwhile comes in the next run.
        """
        today = fields.Date.context_today(self)
        ids = self._b2b_accounts_over(today)
        self.env["ir.cron"]._commit_progress(remaining=len(ids))
        for start in range(0, len(ids), STEP):
            step = self.sudo().browse(ids[start : start + STEP])
            free = step.try_lock_for_update(allow_referencing=True)
            free._b2b_expire(today)
            if not self.env["ir.cron"]._commit_progress(len(step)):
                break

    @api.model
    def _b2b_accounts_over(self, day):
        """Ids of accounts with a lot that ended before this day and has a rest."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT l.account_id
                     FROM b2b_loyalty_entry l
                     JOIN b2b_loyalty_account a ON a.id = l.account_id
                    WHERE l.expires_on < %s AND l.lot_id IS NULL
                      AND a.balance > a.reserved
                      AND l.points + COALESCE(
                          (SELECT SUM(t.points) FROM b2b_loyalty_entry t
                            WHERE t.lot_id = l.id), 0) > 0
                 ORDER BY l.account_id""",
                day,
            )
        )
        return [id_ for (id_,) in rows]

    def _b2b_expire(self, day):
        """Take what is left of lots that ended before a day.

        What waiting orders hold stays: it was to be used in time.

        :return: number of points that ended
        """
        lots, rows = self._b2b_lots(), []
        for account in self:
            left = account.available
            for lot in lots.get(account.id, []):
                points = min(lot.rest, left)
                if not lot.until or lot.until >= day or points <= 0:
                    continue
                left -= points
                rows.append(
                    {
                        "account_id": account.id,
                        "kind": "expire",
                        "points": -points,
                        "date": lot.until + timedelta(days=1),
                        "lot_id": lot.id,
                        "reversed_id": lot.id,
                        # One end per rest: points that came back later end again.
                        "idempotency_key": f"expire:{lot.id}:{day}",
                    }
                )
        if rows:
            self._b2b_book(rows)
        return -sum(row["points"] for row in rows)
