from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Posting, undoing and cancelling all write the state; nothing else does."""
        result = super().write(vals)
        if "state" in vals:
            # sudo: whoever posts a credit note need not read budgets.
            sold = self.sudo().filtered(lambda m: m.is_sale_document())
            lines = sold.invoice_line_ids.sale_line_ids
            if any(move.move_type == "out_refund" for move in sold) or (
                lines and lines._b2b_have_credit()
            ):
                lines.order_id._b2b_book_returns()
        return result
