from odoo import api, models

from ..rules.permissions import LIMITS


class ResCompany(models.Model):
    """Standard roles without an amount are in the currency of the company."""

    _inherit = "res.company"

    def write(self, vals):
        before = self.currency_id if vals.get("currency_id") else None
        result = super().write(vals)
        if before:
            self._b2b_move_role_currency(before, vals["currency_id"])
        return result

    def _b2b_move_role_currency(self, before, currency_id):
        """Take standard roles and their seats along, where no amount is kept.

        :param before: res.currency that the companies had
        :param int currency_id: the new one
        """
        # sudo: roles follow whoever may change the company's currency.
        env = self.env(su=True, context={**self.env.context, "active_test": False})
        roles = env["b2b.seat.role"].search(
            [("party_id", "=", False), ("currency_id", "in", before.ids)]
        )
        roles = roles.filtered(self._b2b_keeps_no_amount)
        roles.currency_id = currency_id
        seats = env["b2b.seat"].search([("role_id", "in", roles.ids)])
        seats.filtered(self._b2b_keeps_no_amount).limit_currency_id = currency_id

    @api.model
    def _b2b_keeps_no_amount(self, record):
        return not any(record[limit] for limit in LIMITS)
