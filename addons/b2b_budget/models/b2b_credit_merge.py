from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CreditAccount(models.Model):
    """Two parties that become one owe on one account."""

    _inherit = "b2b.credit.account"

    def _b2b_merge_into(self, target):
        """Move counters, movements and holds to another account, then go.

        The limit is not taken over: nobody granted the sum of both.

        :raise UserError: when the two are kept in different currencies
        """
        self.ensure_one()
        if self.currency_id != target.currency_id:
            raise UserError(
                self.env._(
                    "The credit accounts of %(first)s and %(second)s are in different "
                    "currencies, so they cannot become one; merge the contacts without "
                    "these two.",
                    first=self.display_name,
                    second=target.display_name,
                )
            )
        name, limit = self.display_name, self.limit
        (self | target)._b2b_touch_rows()
        self.env.flush_all()
        ids = {"source": self.id, "target": target.id}
        for query in (
            """UPDATE b2b_credit_entry SET account_id = %(target)s
                WHERE account_id = %(source)s""",
            """UPDATE b2b_credit_account t
                  SET confirmed = t.confirmed + s.confirmed,
                      waiting = t.waiting + s.waiting
                 FROM b2b_credit_account s
                WHERE t.id = %(target)s AND s.id = %(source)s""",
            """UPDATE b2b_order_hold
                  SET key = %(target)s::varchar, credit_account_id = %(target)s
                WHERE credit_account_id = %(source)s""",
        ):
            self.env.cr.execute(SQL(query, **ids))
        self.env.invalidate_all()
        self.unlink()
        target.message_post(
            body=self.env._(
                "The account of %(name)s was merged into this one; its limit of "
                "%(limit)s was not taken over.",
                name=name,
                limit=target.currency_id.format(limit),
            )
        )
