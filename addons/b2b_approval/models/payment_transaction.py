from odoo import api, models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        # Odoo looks into the values before it asks for the right.
        self.browse().check_access("create")
        transactions = super().create(vals_list)
        transactions.sale_order_ids._b2b_check_payable()
        return transactions

    def _b2b_is_allowed(self):
        """Whether the customer may pay in this way; addons say more."""
        self.ensure_one()
        return True

    def _post_process(self):
        # Cash on delivery confirms a draft whatever was paid and whoever offers it; a
        # trade order is at most offered by a payment that is still to come.
        pending = self.filtered(lambda transaction: transaction.state == "pending")
        drafts = pending.sale_order_ids.filtered(
            lambda order: order.b2b_is_trade and order.state == "draft"
        )
        drafts.with_context(tracking_disable=True).action_quotation_sent()
        return super()._post_process()

    def _check_amount_and_confirm_order(self):
        # Nobody is there to read an error while a payment is processed: what would
        # block becomes a hold, the payment stays booked and the order waits.
        late = self.filtered(lambda payment: payment.sale_order_ids._b2b_has_ended())
        for payment in late:
            payment.sale_order_ids._b2b_tell_paid_late(payment)
        in_time = self - late
        waited = in_time.sale_order_ids.filtered(_waits)
        with self.env["sale.order"]._b2b_unattended():
            for payment in in_time:
                payment._b2b_settle_prepayment()
            orders = super(
                PaymentTransaction, in_time
            )._check_amount_and_confirm_order()
        held = orders.filtered(_waits)
        for order in held - waited:
            order._b2b_tell_paid()
        # Odoo confirms the payment by mail for orders that are not confirmed.
        return orders - held

    def _b2b_settle_prepayment(self):
        """Money that covers the share of a waiting order lets it go on."""
        order = self.sale_order_ids
        if len(order) != 1 or not order._b2b_prepayment_hold():
            return
        system = self.env.ref("base.user_root")
        comment = self.env._("Payment %s", self.reference)
        order._b2b_settle_prepayment(system, comment)


def _waits(order):
    return order.b2b_submit_state == "waiting"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_tell_paid(self):
        """Customer and team read that the money is here and the order waits."""
        self.ensure_one()
        order = self.sudo()
        order._b2b_tell_orderer("_b2b_paid_text")
        team = order.user_id or order.b2b_party_id.user_id
        if team:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=team.id,
                summary=self.env._("Paid, but held"),
                note=order.b2b_hold_summary or "",
            )

    def _b2b_paid_text(self):
        return self.env._(
            "Your payment for %s is booked. The order is not confirmed yet, it waits "
            "for a decision; we tell you when it goes on.",
            self.name,
        )

    # -- too late ----------------------------------------------------------------

    def _b2b_has_ended(self):
        """Whether this one order was cancelled or came back: no money revives it.

        What it cost is over; who orders again does so at the prices of that day.
        """
        return (
            len(self) == 1
            and self.b2b_is_trade
            and (self.state == "cancel" or self.b2b_submit_state == "failed")
        )

    def _send_payment_succeeded_for_order_mail(self):
        """Who paid too late reads that, and not Odoo's thanks for his payment.

        Where nobody of the customer was told, the plain mail goes out all the same.
        """
        told = self.filtered(
            lambda order: (
                order._b2b_has_ended()
                and order.b2b_orderer_id.active
                and order.b2b_orderer_id.share
            )
        )
        others = self - told
        # Odoo's mail knows online payments only and asks for the whole total.
        template = self.env.ref("b2b_approval.mail_template_prepayment_booked", False)
        own = template and others.filtered(
            lambda order: order.b2b_is_trade and order._b2b_prepayment_due()
        )
        for order in own or ():
            order._send_order_notification_mail(template)
        rest = others - own if own else others
        return super(SaleOrder, rest)._send_payment_succeeded_for_order_mail()

    def _b2b_tell_paid_late(self, payment):
        """Customer and team read that money came for an order that has ended."""
        order = self.sudo()
        order._b2b_tell_orderer("_b2b_paid_late_text")
        team = order.user_id or order.b2b_party_id.user_id
        if team:
            reader = order.with_context(lang=team.lang or self.env.lang)
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=team.id,
                summary=reader.env._("Paid, but the order had ended"),
                note=reader.env._(
                    "Payment %(reference)s of %(amount)s came after %(order)s had "
                    "ended. It is credit on account of %(party)s: use it for a new "
                    "order, or pay it back.",
                    reference=payment.reference,
                    amount=reader._b2b_money(payment.amount, payment.currency_id),
                    order=order.name,
                    party=order.b2b_party_id.name,
                ),
            )

    def _b2b_paid_late_text(self):
        return self.env._(
            "Your payment for %s came after the order had ended. The order is not "
            "confirmed; the money is credit on your account. Order again, or ask us to "
            "pay it back.",
            self.name,
        )
