from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.b2b_party.tools import money


class CreditHistory(models.Model):
    """What happened to a party's credit: our ledger and accounting in one list.

    A view, so that nothing is kept twice: orders, limits and releases come from
    ``b2b.credit.entry``, invoices, credit notes and payments from posted items on
    receivable accounts. Ledger rows have even ids, accounting items odd ones.
    """

    _name = "b2b.credit.history"
    _description = "B2B Credit History"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "name"

    date = fields.Datetime("When", readonly=True, help="When it was booked.")
    company_id = fields.Many2one("res.company", readonly=True, help="Whose books.")
    party_id = fields.Many2one("res.partner", readonly=True, help="Who pays.")
    account_id = fields.Many2one(
        "b2b.credit.account", "Credit account", readonly=True, help="Of our ledger."
    )
    kind = fields.Selection(
        [
            ("confirmed", "Confirmed order"),
            ("waiting", "Waiting order"),
            ("release", "Released"),
            ("limit", "Limit"),
            ("invoice", "Invoice"),
            ("credit_note", "Credit note"),
            ("payment", "Payment or entry"),
        ],
        readonly=True,
        help="What it was.",
    )
    name = fields.Char("Document", readonly=True, help="Order, invoice or payment.")
    order_id = fields.Many2one("sale.order", readonly=True, help="The order.")
    move_id = fields.Many2one(
        "account.move", "Entry", readonly=True, help="In the books."
    )
    amount = fields.Monetary(
        readonly=True,
        help="More owed or ordered above zero, less below. Of an accounting item the "
        "amount in its own currency.",
    )
    before = fields.Monetary(readonly=True, aggregator=None, help="Limit before.")
    after = fields.Monetary(readonly=True, aggregator=None, help="Limit after.")
    limit_change = fields.Char(
        "Limit",
        compute="_compute_limit_change",
        help="A changed limit: before and after.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True, help="Of the amount.")
    user_id = fields.Many2one("res.users", "By", readonly=True, help="Who did it.")
    note = fields.Char(readonly=True, help="Document of a limit, comment of a release.")

    @api.depends("kind", "before", "after")
    def _compute_limit_change(self):
        for row in self:
            sides = [
                money(self.env, value, row.currency_id)
                for value in (row.before, row.after)
            ]
            row.limit_change = " → ".join(sides) if row.kind == "limit" else False

    @property
    def _table_query(self):
        return SQL(
            """SELECT e.id::bigint * 2 AS id, e.date, e.company_id, e.party_id,
                      e.account_id, e.kind, o.name, e.order_id,
                      NULL::integer AS move_id, e.amount, e.before, e.after,
                      e.currency_id, e.user_id, e.note
                 FROM b2b_credit_entry e
            LEFT JOIN sale_order o ON o.id = e.order_id
            UNION ALL
               SELECT l.id::bigint * 2 + 1, l.date::timestamp, l.company_id,
                      p.commercial_partner_id, NULL::integer,
                      CASE m.move_type WHEN 'out_invoice' THEN 'invoice'
                           WHEN 'out_receipt' THEN 'invoice'
                           WHEN 'out_refund' THEN 'credit_note'
                           ELSE 'payment' END,
                      m.name, NULL::integer, m.id, l.amount_currency, NULL::numeric,
                      NULL::numeric, l.currency_id, m.create_uid, m.ref
                 FROM account_move_line l
                 JOIN account_move m ON m.id = l.move_id
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE l.parent_state = 'posted'
                  AND l.account_id IN (SELECT id FROM account_account
                                        WHERE account_type = 'asset_receivable')"""
        )

    def action_open_document(self):
        """Open the order or the entry of this row."""
        self.ensure_one()
        self.check_access("read")
        document = self.order_id or self.move_id or self.account_id
        document.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _b2b_flush_sources(self):
        """What the view reads has to be in the database first."""
        for name in ("account.move", "account.move.line", "sale.order"):
            self.env[name].flush_model()

    @api.model
    def _search(self, *args, **kwargs):
        self._b2b_flush_sources()
        return super()._search(*args, **kwargs)
