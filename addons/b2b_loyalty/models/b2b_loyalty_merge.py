from odoo import models
from odoo.tools import SQL


class LoyaltyAccount(models.Model):
    """Parties that become one: their rows go on in one account."""

    _inherit = "b2b.loyalty.account"

    def _b2b_merge_into(self, target):
        """Move rows, counters and orders to another account of the program, then go.

        Rows keep their number, key, lot and date; nothing of them is reckoned again.
        """
        if not self:
            return
        self.env.flush_all()
        ids = {"source": tuple(self.ids), "target": target.id}
        for query in (
            # Whoever books on one of them meanwhile starts again.
            """UPDATE b2b_loyalty_account t
                  SET balance = t.balance + s.balance,
                      pending = t.pending + s.pending,
                      reserved = t.reserved + s.reserved
                 FROM (SELECT SUM(balance) AS balance, SUM(pending) AS pending,
                              SUM(reserved) AS reserved
                         FROM b2b_loyalty_account WHERE id IN %(source)s) s
                WHERE t.id = %(target)s""",
            """UPDATE b2b_loyalty_account SET balance = 0, pending = 0, reserved = 0
                WHERE id IN %(source)s""",
            """UPDATE b2b_loyalty_entry e
                  SET account_id = t.id, party_id = t.party_id
                 FROM b2b_loyalty_account t
                WHERE t.id = %(target)s AND e.account_id IN %(source)s""",
            """UPDATE sale_order SET b2b_points_account_id = %(target)s
                WHERE b2b_points_account_id IN %(source)s""",
        ):
            self.env.cr.execute(SQL(query, **ids))
        self.env.invalidate_all()
        target.modified(["balance"])
        self.unlink()
