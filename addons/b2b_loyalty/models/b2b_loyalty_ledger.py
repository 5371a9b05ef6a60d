import json

from odoo import api, fields, models
from odoo.tools import SQL

# Columns of a row that callers give; the rest comes from the account.
_COLUMNS = (
    "account_id",
    "kind",
    "points",
    "date",
    "idempotency_key",
    "lot_id",
    "order_id",
    "move_id",
    "amount",
    "currency_id",
    "rate",
    "weights",
    "reason",
    "user_id",
)
_TYPES = {
    "account_id": "int4",
    "points": "int4",
    "date": "date",
    "lot_id": "int4",
    "order_id": "int4",
    "move_id": "int4",
    "amount": "numeric",
    "currency_id": "int4",
    "rate": "numeric",
    "weights": "jsonb",
    "user_id": "int4",
}


class LoyaltyAccount(models.Model):
    """The only place that writes points.

    Every booking reads the ledger, computes what is missing to the present target and
    inserts it. That is safe without locks of its own because one statement inserts
    the rows and updates the counters of the account: when another session booked on
    the account since this transaction's snapshot, PostgreSQL refuses the update with
    a serialization failure and Odoo runs the request again on a fresh snapshot, where
    nothing is missing any more.
    """

    _inherit = "b2b.loyalty.account"

    @api.model
    def _b2b_get(self, program_id, party):
        """The account of a party in a program, made when there is none.

        A second session that makes it at the same time gets a serialization failure
        and finds it when it runs again.
        """
        program = self.env["b2b.loyalty.program"].sudo().browse(program_id)
        party = party.sudo().commercial_partner_id
        known = [("program_id", "=", program.id), ("party_id", "=", party.id)]
        account = self.sudo().search(known)
        if not account:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO b2b_loyalty_account
                           (program_id, party_id, company_id, balance, pending,
                            liability, create_uid, create_date, write_uid, write_date)
                       VALUES (%(program)s, %(party)s, %(company)s, 0, 0, 0,
                               %(uid)s, now(), %(uid)s, now())
                       ON CONFLICT (program_id, party_id) DO NOTHING""",
                    program=program.id,
                    party=party.id,
                    company=program.company_id.id,
                    uid=self.env.uid,
                )
            )
            program.invalidate_recordset(["account_ids"])
            account = self.sudo().search(known)
        return account

    @api.model
    def _b2b_book(self, rows):
        """Insert ledger rows and update the counters, in one statement.

        A row whose key is in the ledger already is skipped, so that a repeated event
        counts once.

        :param rows: list of dicts with the columns of a ledger row
        :return: b2b.loyalty.account, those that changed
        """
        rows = [row for row in rows if row["points"]]
        accounts = self.sudo().browse()
        if not rows:
            return accounts
        self.env["b2b.loyalty.entry"].flush_model()
        self.flush_model(["balance", "pending", "company_id"])
        self.env.cr.execute(self._b2b_book_sql(rows))
        accounts = accounts.browse([id_ for (id_,) in self.env.cr.fetchall()])
        self.env["b2b.loyalty.entry"].invalidate_model()
        moved = {"pending" if row["kind"] == "pending" else "balance" for row in rows}
        moved.add("entry_ids")
        accounts.invalidate_recordset(moved)
        accounts.modified(moved)
        return accounts

    def _b2b_book_sql(self, rows):
        return SQL(
            """
            WITH given AS (
                SELECT * FROM (VALUES %(values)s) AS v (%(columns)s)
            ), inserted AS (
                INSERT INTO b2b_loyalty_entry
                       (%(columns)s, program_id, party_id, company_id,
                        create_uid, create_date, write_uid, write_date)
                SELECT %(given)s, a.program_id, a.party_id, a.company_id,
                       %(uid)s, now(), %(uid)s, now()
                  FROM given g
                  JOIN b2b_loyalty_account a ON a.id = g.account_id
              ORDER BY g.idempotency_key
                ON CONFLICT (idempotency_key) DO NOTHING
             RETURNING account_id, kind, points
            ), sums AS (
                SELECT account_id,
                       COALESCE(SUM(points) FILTER (WHERE kind <> 'pending'), 0)
                           AS balance,
                       COALESCE(SUM(points) FILTER (WHERE kind = 'pending'), 0)
                           AS pending
                  FROM inserted
              GROUP BY account_id
            )
            UPDATE b2b_loyalty_account a
               SET balance = a.balance + s.balance,
                   pending = a.pending + s.pending,
                   write_uid = %(uid)s,
                   write_date = now()
              FROM sums s
             WHERE s.account_id = a.id
         RETURNING a.id
            """,
            values=SQL(", ").join(self._b2b_row_sql(row) for row in rows),
            columns=SQL(", ").join(SQL.identifier(name) for name in _COLUMNS),
            given=SQL(", ").join(SQL.identifier("g", name) for name in _COLUMNS),
            uid=self.env.uid,
        )

    @api.model
    def _b2b_row_sql(self, row):
        values = []
        for name in _COLUMNS:
            value = row.get(name)
            if name == "weights":
                value = json.dumps(value) if value else None
            elif name == "date":
                value = fields.Date.to_string(value)
            elif value is False:
                value = None
            kind = _TYPES.get(name, "varchar")
            values.append(SQL("%s::%s", value, SQL.identifier(kind)))
        return SQL("(%s)", SQL(", ").join(values))

    @api.model
    def _b2b_booked(self, column, record):
        """What the ledger holds of a document.

        :param str column: ``order_id`` (pending points) or ``move_id`` (granted ones)
        :return: dict account id -> (points, rows, rate of the first row)
        """
        pending = column == "order_id"
        self.env.cr.execute(
            SQL(
                """SELECT account_id, SUM(points), COUNT(*),
                          (array_agg(rate ORDER BY id))[1]
                     FROM b2b_loyalty_entry
                    WHERE %s = %s AND (kind = 'pending') = %s
                 GROUP BY account_id
                 ORDER BY account_id""",
                SQL.identifier(column),
                record.id,
                pending,
            )
        )
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}

    # -- nightly check ---------------------------------------------------------------

    @api.model
    def _b2b_drift(self):
        """Accounts whose counters are not the sums of their ledger.

        :return: list of (account, balance of the ledger, pending of the ledger)
        """
        self.flush_model(["balance", "pending"])
        self.env.cr.execute(
            SQL(
                """SELECT a.id, COALESCE(e.balance, 0), COALESCE(e.pending, 0)
                     FROM b2b_loyalty_account a
                LEFT JOIN (
                     SELECT account_id,
                            COALESCE(SUM(points) FILTER (WHERE kind <> 'pending'), 0)
                                AS balance,
                            COALESCE(SUM(points) FILTER (WHERE kind = 'pending'), 0)
                                AS pending
                       FROM b2b_loyalty_entry
                   GROUP BY account_id) e ON e.account_id = a.id
                    WHERE (a.balance, a.pending) IS DISTINCT FROM
                          (COALESCE(e.balance, 0), COALESCE(e.pending, 0))
                 ORDER BY a.id"""
            )
        )
        return [
            (self.sudo().browse(id_), balance, pending)
            for id_, balance, pending in self.env.cr.fetchall()
        ]

    @api.model
    def _cron_check_ledger(self):
        """Compare counters and ledger; a difference becomes a task, never a repair."""
        by_program = {}
        for account, balance, pending in self._b2b_drift():
            text = self.env._(
                "%(party)s: account %(balance)s and %(pending)s pending, ledger "
                "%(ledger)s and %(ledger_pending)s pending",
                party=account.party_id.name,
                balance=account.balance,
                pending=account.pending,
                ledger=balance,
                ledger_pending=pending,
            )
            by_program.setdefault(account.program_id, []).append(text)
        for program, texts in by_program.items():
            program._b2b_report_drift(texts)
