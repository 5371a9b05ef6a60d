from odoo import api, fields, models

SALES = ("out_invoice", "out_refund", "out_receipt")
# What moves the draft bucket of an account.
AMOUNTS = {
    "state",
    "line_ids",
    "invoice_line_ids",
    "partner_id",
    "currency_id",
    "company_id",
    "invoice_date",
    "invoice_date_due",
    "invoice_payment_term_id",
    "b2b_disputed",
}
LINE_AMOUNTS = {"price_unit", "quantity", "discount", "tax_ids", "amount_currency"}


class AccountMove(models.Model):
    """Whatever a customer owes moves together with the row of his credit account.

    So a posting or a payment and a confirmation at the same instant come one after
    the other.
    """

    _inherit = "account.move"

    b2b_disputed = fields.Boolean(
        "Disputed",
        copy=False,
        tracking=True,
        help="The customer contests it: it stays owed, but does not count as overdue "
        "when he orders.",
    )

    def _b2b_touch_credit(self):
        """Make confirmations on the accounts of these moves wait."""
        parties_by_company = {}
        for move in self.sudo():
            found = parties_by_company.setdefault(
                move.company_id, self.env["res.partner"].sudo()
            )
            if move.move_type in SALES:
                found |= move.partner_id.commercial_partner_id
            elif move.move_type == "entry":
                lines = move.line_ids.filtered(
                    lambda line: line.account_id.account_type == "asset_receivable"
                )
                found |= lines.partner_id.commercial_partner_id
            parties_by_company[move.company_id] = found
        for company, parties in parties_by_company.items():
            accounts = self.env["b2b.credit.account"].sudo()
            accounts._b2b_accounts_of_parties(company, parties)._b2b_touch_rows()

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves.filtered(lambda move: move.move_type in SALES)._b2b_touch_credit()
        return moves

    def write(self, vals):
        if not self:
            # Who cancels an order without invoices needs no right to invoices.
            return super().write(vals)
        # Odoo looks into the values before it asks for the right.
        self.check_access("write")
        if not AMOUNTS & vals.keys():
            return super().write(vals)
        self._b2b_touch_credit()
        result = super().write(vals)
        if {"partner_id", "company_id", "line_ids"} & vals.keys():
            # And those whom they belong to now.
            self._b2b_touch_credit()
        return result

    def unlink(self):
        self._b2b_touch_credit()
        return super().unlink()

    def _post(self, soft=True):
        self._b2b_touch_credit()
        posted = super()._post(soft)
        self._b2b_forget_credit()
        return posted

    def _b2b_forget_credit(self):
        """Figures that this transaction read before are read again."""
        accounts = self.env["b2b.credit.account"]
        accounts.invalidate_model(accounts._b2b_cached_fields(), flush=False)


class AccountMoveLine(models.Model):
    """A line of a draft may be changed without its invoice."""

    _inherit = "account.move.line"

    def write(self, vals):
        self.check_access("write")
        if LINE_AMOUNTS & vals.keys():
            drafts = self.move_id.filtered(
                lambda move: move.state == "draft" and move.move_type in SALES
            )
            drafts._b2b_touch_credit()
        return super().write(vals)
