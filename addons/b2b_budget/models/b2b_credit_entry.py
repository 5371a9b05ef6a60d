from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_repr

COUNTED = ("confirmed", "waiting")


class CreditEntry(models.Model):
    """Append-only ledger: the sum of an account's order movements is its counter."""

    _name = "b2b.credit.entry"
    _description = "B2B Credit Movement"
    _order = "id desc"
    _rec_name = "order_id"

    date = fields.Datetime(
        "When", required=True, readonly=True, index=True, help="When it was booked."
    )
    account_id = fields.Many2one(
        "b2b.credit.account",
        "Credit account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The account that was moved.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        help="Company of the account.",
    )
    party_id = fields.Many2one(
        "res.partner",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Who pays; empty for a limit of a group.",
    )
    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The order that moved the account.",
    )
    kind = fields.Selection(
        [
            ("confirmed", "Confirmed order"),
            ("waiting", "Waiting order"),
            ("release", "Released"),
            ("limit", "Limit"),
        ],
        required=True,
        readonly=True,
        help="Confirmed: taken by a confirmed order until it is invoiced. Waiting: "
        "reserved. Released: somebody let an order pass. Limit: the limit was changed.",
    )
    amount = fields.Monetary(
        readonly=True,
        help="Taken from the credit, below zero: given back. Of a changed limit: the "
        "difference; of a release: how much the order was above.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, help="Currency of the account."
    )
    order_amount = fields.Monetary(
        "Order amount",
        readonly=True,
        currency_field="order_currency_id",
        help="The same amount in the currency of the order.",
    )
    order_currency_id = fields.Many2one(
        "res.currency", readonly=True, help="Currency of the order."
    )
    order_total = fields.Monetary(
        "Order total",
        readonly=True,
        aggregator=None,
        currency_field="order_currency_id",
        help="Total of the order at that moment, tax included.",
    )
    rate = fields.Float(
        readonly=True,
        digits=0,
        aggregator=None,
        help="Account currency per order currency at the first booking of the order; "
        "kept for all later ones.",
    )
    before = fields.Monetary(
        readonly=True, aggregator=None, help="The limit before it was changed."
    )
    after = fields.Monetary(
        readonly=True, aggregator=None, help="The limit after it was changed."
    )
    permission = fields.Selection(
        [
            ("room", "Room"),
            ("release", "Released"),
            ("warn", "Warned"),
            ("before", "Older"),
            ("prepaid", "Prepaid"),
            ("fact", "Happened"),
            ("unchecked", "Not checked"),
        ],
        required=True,
        readonly=True,
        default="room",
        help="Why it could be booked. Room: the limit sufficed. Released: somebody "
        "decided so. Warned: the account only warns. Older: it was ordered before the "
        "account existed. Prepaid: it is paid in advance. Happened: goods, invoices or "
        "payments moved, nobody ordered more. Not checked: no limit had begun.",
    )
    hold_id = fields.Many2one(
        "b2b.order.hold",
        readonly=True,
        ondelete="restrict",
        help="The decision that allowed to go above the limit.",
    )
    user_id = fields.Many2one(
        "res.users",
        "By",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="Whose action moved the account.",
    )
    note = fields.Char(readonly=True, help="Document of a limit, comment of a release.")

    _order_account = models.Index(
        "(order_id, account_id, id) WHERE order_id IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(self.env._("Credit movements are written by the system only."))

    def write(self, vals):
        raise UserError(
            self.env._("Credit movements never change; change or cancel the order.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Credit movements are never deleted; change or cancel the order."
            )
        )

    @api.model
    def _b2b_append(self, rows):
        """Insert ledger rows (dicts with equal keys) in one statement.

        SQL, because it runs while orders are being recomputed and checked.
        """
        if rows:
            self.env.execute_query(
                SQL("%s RETURNING id", self._b2b_insert(rows, SQL("(SELECT) one")))
            )
            self._b2b_appended()

    @api.model
    def _b2b_insert(self, rows, source):
        """INSERT of rows as often as ``source`` has rows: once or not at all."""
        columns = SQL(", ").join(map(SQL.identifier, rows[0]))
        selects = SQL(" UNION ALL ").join(
            SQL("SELECT %s FROM %s", self._b2b_typed(row), source) for row in rows
        )
        return SQL("INSERT INTO b2b_credit_entry (%s) %s", columns, selects)

    def _b2b_typed(self, row):
        types = {name: SQL(self._fields[name].column_type[1]) for name in row}
        return SQL(", ").join(
            SQL("CAST(%s AS %s)", value, types[name]) for name, value in row.items()
        )

    @api.model
    def _b2b_appended(self):
        self.invalidate_model(flush=False)
        self.env["b2b.credit.account"].invalidate_model(["entry_ids"], flush=False)

    @api.model
    def _b2b_append_limits(self, changes):
        """Note changed limits: (account, before, after, words); None: not checked."""
        rows = []
        for account, before, after, words in changes:
            digits = account._b2b_currency().decimal_places
            difference = (after or 0.0) - (before or 0.0)
            rows.append(
                {
                    **self._b2b_base_row(account),
                    "party_id": account.party_id.id or None,
                    "kind": "limit",
                    "amount": SQL(float_repr(difference, digits)),
                    "before": None
                    if before is None
                    else SQL(float_repr(before, digits)),
                    "after": None if after is None else SQL(float_repr(after, digits)),
                    "permission": "room" if after is not None else "unchecked",
                    "note": words or None,
                }
            )
        self._b2b_append(rows)

    @api.model
    def _b2b_base_row(self, account):
        terms = account._b2b_terms_of(account.id)
        return {
            "date": fields.Datetime.now(),
            "account_id": account.id,
            "company_id": terms.company_id,
            "currency_id": terms.currency_id,
            "user_id": self.env.uid,
        }

    @api.model
    def _b2b_drop_limit_rows(self, accounts):
        """An account that never moved may be deleted; its limits go with it."""
        if accounts:
            self.env.execute_query(
                SQL(
                    """DELETE FROM b2b_credit_entry
                        WHERE account_id IN %s AND order_id IS NULL""",
                    tuple(accounts.ids),
                )
            )
            self.invalidate_model(flush=False)
