import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import PointsExceeded
from ..rules import points as rules

# Columns of a row that callers give; the rest comes from the account.
_COLUMNS = (
    "account_id",
    "kind",
    "points",
    "date",
    "idempotency_key",
    "lot_id",
    "reversed_id",
    "expires_on",
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
    "reversed_id": "int4",
    "expires_on": "date",
    "order_id": "int4",
    "move_id": "int4",
    "amount": "numeric",
    "currency_id": "int4",
    "rate": "numeric",
    "weights": "jsonb",
    "user_id": "int4",
}

#: Kinds of rows that bring points of their own, and counters of the others.
_LOTS = ("earn", "reverse", "redeem", "adjust")
_TAKE_BACK = ("reverse",)
_SPENDS = ("reserve", "redeem")
_COUNTERS = {"pending": "pending", "reserve": "reserved"}
_SUMS = SQL(
    """COALESCE(SUM(points) FILTER (WHERE kind NOT IN ('pending', 'reserve')), 0)
           AS balance,
       COALESCE(SUM(points) FILTER (WHERE kind = 'pending'), 0) AS pending,
       COALESCE(SUM(points) FILTER (WHERE kind = 'reserve'), 0) AS reserved"""
)


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
                            reserved, liability,
                            create_uid, create_date, write_uid, write_date)
                       VALUES (%(program)s, %(party)s, %(company)s, 0, 0, 0, 0,
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
        :raise PointsExceeded: when rows that reserve or redeem would take more than
            an account has; nothing is booked then
        """
        rows = [row for row in rows if row["points"]]
        accounts = self.sudo().browse()
        if not rows:
            return accounts
        self.env["b2b.loyalty.entry"].flush_model()
        self.flush_model(["balance", "pending", "reserved", "company_id"])
        self._b2b_check_size(rows)
        self._b2b_set_ends(rows)
        accounts = accounts.browse(self._b2b_insert(rows))
        self.env["b2b.loyalty.entry"].invalidate_model()
        moved = {self._b2b_counter(row["kind"]) for row in rows}
        moved.add("entry_ids")
        accounts.invalidate_recordset(moved)
        accounts.modified(moved)
        if any(row["kind"] in _TAKE_BACK and row["points"] < 0 for row in rows):
            accounts._b2b_note_below_zero()
        return accounts

    def _b2b_note_below_zero(self):
        """Nobody's balance goes below zero unnoticed: the responsible gets a task.

        The row says which document took the points back, and who booked it.
        """
        for account in self.filtered(lambda one: one.balance < 0):
            account.program_id._b2b_task(
                self.env._("Points below zero: %s", account.party_id.name),
                self.env._(
                    "%(balance)s points after they were taken back by %(who)s. Later "
                    "points settle it, or correct it with a reason.",
                    balance=account.balance,
                    who=self.env.user.name,
                ),
            )

    @api.model
    def _b2b_counter(self, kind):
        """Name of the counter that rows of a kind change."""
        return _COUNTERS.get(kind, "balance")

    @api.model
    def _b2b_set_ends(self, rows):
        """Say of rows that bring points until when these can be used."""
        for row in rows:
            lot = row["points"] > 0 and row["kind"] in _LOTS and not row.get("lot_id")
            if not lot or row.get("expires_on"):
                continue
            program = self.sudo().browse(row["account_id"]).program_id
            row["expires_on"] = rules.last_day(row["date"], program.valid_months)

    @api.model
    def _b2b_insert(self, rows):
        """Ids of the accounts that the rows changed; none when one has too little."""
        if not any(row["kind"] in _SPENDS for row in rows):
            return [row[0] for row in self.env.execute_query(self._b2b_book_sql(rows))]
        # What was inserted for an account that has too little is undone here, so that
        # the caller may go on with the sentence.
        with self.env.cr.savepoint(flush=False):
            found = self.env.execute_query(self._b2b_book_sql(rows))
            short = [id_ for id_, updated in found if not updated]
            if short:
                raise PointsExceeded(self._b2b_short_text(short))
        return [id_ for id_, _updated in found]

    @api.model
    def _b2b_short_text(self, account_ids):
        account = self.sudo().browse(account_ids[:1])
        return self.env._(
            "%(party)s has %(points)s points to use, fewer than this order takes; use "
            "fewer.",
            party=account.party_id.name,
            points=account.available,
        )

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
                SELECT account_id, %(sums)s,
                       bool_or(kind IN ('reserve', 'redeem')) AS spends
                  FROM inserted
              GROUP BY account_id
            ), updated AS (
                UPDATE b2b_loyalty_account a
                   SET balance = a.balance + s.balance,
                       pending = a.pending + s.pending,
                       reserved = a.reserved + s.reserved,
                       write_uid = %(uid)s,
                       write_date = now()
                  FROM sums s
                 WHERE s.account_id = a.id
                   AND (NOT s.spends
                        OR s.balance >= s.reserved
                        OR a.balance + s.balance >= a.reserved + s.reserved)
             RETURNING a.id
            )
            SELECT s.account_id, u.id IS NOT NULL
              FROM sums s
         LEFT JOIN updated u ON u.id = s.account_id
            """,
            sums=_SUMS,
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
            elif name in ("date", "expires_on"):
                value = fields.Date.to_string(value) or None
            elif value is False:
                value = None
            kind = _TYPES.get(name, "varchar")
            values.append(SQL("%s::%s", value, SQL.identifier(kind)))
        return SQL("(%s)", SQL(", ").join(values))

    @api.model
    def _b2b_booked(self, column, record):
        """What the ledger holds of a document.

        :param str column: ``order_id`` (pending points) or ``move_id`` (granted ones)
        :return: dict account id -> (points, rows, rate of the first row, lot of the
            last row, last row)
        """
        kinds = ("pending",) if column == "order_id" else ("earn", "reverse")
        self.env.cr.execute(
            SQL(
                """SELECT account_id, SUM(points), COUNT(*),
                          (array_agg(rate ORDER BY id))[1],
                          (array_agg(COALESCE(lot_id, id) ORDER BY id DESC))[1],
                          (array_agg(id ORDER BY id DESC))[1]
                     FROM b2b_loyalty_entry
                    WHERE %s = %s AND kind IN %s
                 GROUP BY account_id
                 ORDER BY account_id""",
                SQL.identifier(column),
                record.id,
                kinds,
            )
        )
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}

    # -- nightly check ---------------------------------------------------------------

    @api.model
    def _b2b_drift(self):
        """Accounts whose counters are not the sums of their ledger.

        :return: list of (account, balance, pending and reserved of the ledger)
        """
        self.flush_model(["balance", "pending", "reserved"])
        self.env.cr.execute(
            SQL(
                """SELECT a.id, COALESCE(e.balance, 0), COALESCE(e.pending, 0),
                          COALESCE(e.reserved, 0)
                     FROM b2b_loyalty_account a
                LEFT JOIN (
                     SELECT account_id, %s
                       FROM b2b_loyalty_entry
                   GROUP BY account_id) e ON e.account_id = a.id
                    WHERE (a.balance, a.pending, a.reserved) IS DISTINCT FROM
                          (COALESCE(e.balance, 0), COALESCE(e.pending, 0),
                           COALESCE(e.reserved, 0))
                 ORDER BY a.id""",
                _SUMS,
            )
        )
        return [
            (self.sudo().browse(id_), *sums) for id_, *sums in self.env.cr.fetchall()
        ]

    @api.model
    def _cron_check_ledger(self):
        """Compare counters and ledger; a difference becomes a task, never a repair."""
        by_program = {}
        for account, balance, pending, reserved in self._b2b_drift():
            text = self.env._(
                "%(party)s: account %(balance)s, %(pending)s pending and %(reserved)s "
                "reserved, ledger %(ledger)s, %(ledger_pending)s pending and "
                "%(ledger_reserved)s reserved",
                party=account.party_id.name,
                balance=account.balance,
                pending=account.pending,
                reserved=account.reserved,
                ledger=balance,
                ledger_pending=pending,
                ledger_reserved=reserved,
            )
            by_program.setdefault(account.program_id, []).append(text)
        for program, texts in by_program.items():
            program._b2b_report_drift(texts)
