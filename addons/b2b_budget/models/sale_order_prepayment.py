from odoo import models


class SaleOrder(models.Model):
    """A credit limit of 0 means prepaid only (DECISIONS 9)."""

    _inherit = "sale.order"

    def _b2b_prepaid_accounts(self):
        """Credit accounts of this order that have a limit of 0."""
        self.ensure_one()
        terms = self.sudo()._b2b_credit_terms()
        accounts = self.env["b2b.credit.account"].sudo()
        accounts = accounts.browse([term.id for term in terms])
        exposures = accounts._b2b_exposures()
        return accounts.filtered(lambda account: exposures[account.id].prepaid_only)

    def _b2b_prepayment_paid(self):
        """Money on account counts where there is no credit: nothing else uses it.

        What was paid for this order by name is in it already once it is booked, so
        the higher of both counts, never their sum.
        """
        paid = super()._b2b_prepayment_paid()
        prepaid = self._b2b_prepaid_accounts()
        sums = [
            self.currency_id.round(
                effect["exposure"].available / (effect["rate"] or 1.0)
            )
            for effect in self._b2b_credit_effect()
            if effect["account"] in prepaid
        ]
        return max(paid, min(sums)) if sums else paid
