from odoo import api, models


class PaymentLinkWizard(models.TransientModel):
    """A link for a prepaid order asks for the missing sum, when money is taken."""

    _inherit = "payment.link.wizard"

    @api.depends("res_model", "res_id")
    def _compute_warning_message(self):
        super()._compute_warning_message()
        for wizard in self.filtered(lambda w: w.res_model == "sale.order"):
            order = wizard.env["sale.order"].browse(wizard.res_id)
            text = order.b2b_is_trade and wizard._b2b_warning(order)
            if text:
                wizard.warning_message = text

    def _b2b_warning(self, order):
        """Why such a link could not be paid; empty when it can."""
        if order.state not in ("draft", "sent"):
            return ""
        if order._b2b_awaits_prepayment():
            missing = order._b2b_prepayment_missing()
            if not order.currency_id.compare_amounts(self.amount, missing):
                return ""
            return self.env._(
                "%s Only the missing sum can be paid.", order._b2b_prepayment_words()
            )
        if not order._b2b_is_unoffered():
            return ""
        if order._b2b_waits_for_buyer_side():
            return self.env._(
                "%s waits for the customer's approval; no payment is taken before.",
                order.name,
            )
        return self.env._(
            "%s is not open for payment: nothing in advance is asked for.", order.name
        )

    @api.depends("amount")
    def _compute_confirmation_message(self):
        super()._compute_confirmation_message()
        for wizard in self.filtered(lambda w: w.res_model == "sale.order"):
            order = wizard.env["sale.order"].browse(wizard.res_id)
            if order.b2b_is_trade and order._b2b_awaits_prepayment():
                wizard.confirmation_message = self.env._(
                    "When it is paid, the order goes on by itself."
                )
