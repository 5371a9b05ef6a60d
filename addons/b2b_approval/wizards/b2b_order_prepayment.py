from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Above it nobody means an amount.
MOST = 999_999_999


class OrderPrepayment(models.TransientModel):
    """Dialog of the credit team: money for an order arrived."""

    _name = "b2b.order.prepayment"
    _description = "B2B Prepayment Dialog"

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
        help="The order that waits for the money.",
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    missing = fields.Monetary(
        compute="_compute_missing", help="What is missing, tax included."
    )
    text = fields.Char(
        "So far",
        compute="_compute_missing",
        help="What is paid of the share in advance, and what is missing.",
    )
    amount = fields.Monetary(
        "Received",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="What arrived. Less than what is missing is kept, and the order waits.",
    )
    reference = fields.Char(
        help="How to find the payment: number of the statement, reference, date."
    )

    @api.depends("order_id")
    def _compute_missing(self):
        for wizard in self:
            order = wizard.order_id
            wizard.missing = order._b2b_prepayment_missing() if order else 0.0
            wizard.text = order and order._b2b_prepayment_words()

    @api.depends("order_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.missing

    def action_record(self):
        """Record what arrived; the order goes on when it covers the share."""
        self.ensure_one()
        order, reference = self.order_id, (self.reference or "").strip()
        order.check_access("read")
        hold = order._b2b_prepayment_hold()
        if not hold:
            raise UserError(
                self.env._(
                    "%s does not wait for a payment any more. Register the money as a "
                    "payment of the customer; it is credit on account.",
                    order.name,
                )
            )
        if not hold._b2b_can_decide(self.env.user):
            raise AccessError(self.env._("Only the credit team records payments."))
        if not reference:
            raise UserError(self.env._("Enter how to find the payment."))
        if not 0 < self.amount <= MOST:
            raise UserError(
                self.env._(
                    "Enter what arrived, more than zero and at most %s.", f"{MOST:,}"
                )
            )
        if order._b2b_waits_for_buyer_side():
            raise UserError(
                self.env._(
                    "%s waits for the customer's approval; no payment is taken before.",
                    order.name,
                )
            )
        # sudo: the credit team writes no orders; who decides was checked above.
        known = order.sudo()
        known._b2b_touch()
        known.b2b_prepayment_parts = [*known._b2b_prepayment_by_hand(), self.amount]
        known.b2b_prepayment_received += self.amount
        comment = self.env._(
            "Payment of %(amount)s received: %(reference)s",
            amount=order._b2b_money(self.amount),
            reference=reference,
        )
        known.message_post(body=comment, subtype_xmlid="mail.mt_note")
        with known._b2b_unattended():
            known._b2b_settle_prepayment(self.env.user, comment)
        return {"type": "ir.actions.act_window_close"}
