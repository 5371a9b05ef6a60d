from odoo import api, models


class PartialReconcile(models.Model):
    """Reconciling and undoing it changes what is overdue."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._b2b_touch_credit()
        return partials

    def unlink(self):
        self._b2b_touch_credit()
        return super().unlink()

    def _b2b_touch_credit(self):
        moves = (self.debit_move_id | self.credit_move_id).move_id
        moves._b2b_touch_credit()
        moves._b2b_forget_credit()
