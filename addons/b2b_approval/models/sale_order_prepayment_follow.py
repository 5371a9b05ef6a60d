from odoo import api, fields, models

#: What changes the total, or the share that is paid in advance.
FOLLOWED = {
    "order_line",
    "b2b_agreement_id",
    "fiscal_position_id",
    "partner_shipping_id",
    "payment_term_id",
}


class SaleOrder(models.Model):
    """One figure of what is paid, asked and missing, whatever changed meanwhile.

    Order page, pay page, back office, mails and pro-forma read it from here. When the
    total or the terms change under a waiting order, its hold says the new figure, a new
    pro-forma goes out, and an order that is covered now goes on.
    """

    _inherit = "sale.order"

    b2b_prepayment_text = fields.Char(
        "In advance",
        compute="_compute_b2b_prepayment_text",
        groups="base.group_user",
        help="What is paid of the share in advance, and what is missing.",
    )

    @api.depends("amount_total", "b2b_prepayment_received", "transaction_ids.state")
    def _compute_b2b_prepayment_text(self):
        for order in self.sudo():
            waits = bool(
                order.b2b_submit_state == "waiting" and order._b2b_prepayment_hold()
            )
            order.b2b_prepayment_text = waits and " ".join(
                [order._b2b_prepayment_words(), *order._b2b_unagreed_words()]
            )

    def _b2b_prepayment_words(self):
        """``Paid £120.00 of £300.00, missing £180.00.`` for whoever may see prices."""
        due, paid = self._b2b_prepayment_due(), self._b2b_prepayment_paid()
        missing = self._b2b_prepayment_missing()
        values = {
            "paid": self._b2b_money(paid),
            "due": self._b2b_money(due),
            "missing": self._b2b_money(missing),
        }
        if missing:
            return self.env._(
                "Paid %(paid)s of %(due)s, missing %(missing)s.", **values
            )
        return self.env._("Paid %(paid)s of %(due)s, nothing is missing.", **values)

    def _b2b_prepayment_rest_words(self):
        """What of the total is not asked in advance; empty where all of it is."""
        rest = self.currency_id.round(self.amount_total - self._b2b_prepayment_due())
        if rest <= 0:
            return ""
        return self.env._("The other %s come with the invoice.", self._b2b_money(rest))

    def _b2b_unagreed_words(self):
        """What staff do about money that came in another way than agreed."""
        return [
            self.env._(
                "%(amount)s came by %(method)s, which is not agreed: “Payment "
                "received…” makes it count.",
                amount=self._b2b_money(payment.amount, payment.currency_id),
                method=payment.payment_method_id.name,
            )
            for payment in self._b2b_unagreed_payments()
            if self._b2b_prepayment_missing()
        ]

    def _b2b_prepayment_surplus(self):
        """What was paid for this order above its share: credit on account."""
        self.ensure_one()
        more = self._b2b_prepayment_booked() - self._b2b_prepayment_due()
        return max(self.currency_id.round(more), 0.0)

    # -- what Odoo's own payment page and links ask for ----------------------------

    def _get_prepayment_required_amount(self):
        """What is missing of the share, where Odoo asks for the whole share again."""
        if self._b2b_awaits_prepayment():
            return self._b2b_prepayment_missing()
        return super()._get_prepayment_required_amount()

    def _is_confirmation_amount_reached(self):
        # Odoo counts online payments only.
        if self._b2b_awaits_prepayment():
            return False
        return super()._is_confirmation_amount_reached()

    def _get_default_payment_link_values(self):
        values = super()._get_default_payment_link_values()
        if not self.b2b_is_trade:
            return values
        # sudo: what was paid for an order that the user may read.
        paid = self.sudo()._b2b_prepayment_booked()
        left = max(self.currency_id.round(self.amount_total - paid), 0.0)
        if self._b2b_is_unoffered():
            left = 0.0
        elif self._b2b_awaits_prepayment():
            left = self._b2b_prepayment_missing()
        elif self.state != "sale":
            return values
        return {**values, "amount": left, "amount_max": left, "amount_paid": paid}

    # -- what changed meanwhile ----------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if FOLLOWED & vals.keys():
            asked = self.filtered(lambda order: order.b2b_submit_state == "waiting")
            asked._b2b_follow_prepayment()
        return result

    def _b2b_asked_values(self):
        """The share as it is asked for now, also in the fields of Odoo's page."""
        share = min(self._b2b_prepayment_percent() / 100.0, 1.0)
        return {
            "b2b_prepayment_asked": self._b2b_prepayment_due(),
            # Odoo knows no share of nothing.
            "prepayment_percent": share or 1.0,
        }

    def _b2b_follow_prepayment(self):
        """Bring waiting orders in line with their total and terms as they are now."""
        for order in self.sudo():
            waits = order.b2b_submit_state == "waiting"
            if not waits or not order._b2b_prepayment_hold():
                continue
            missing = order._b2b_prepayment_missing()
            if missing:
                order._b2b_refresh_prepayment_hold(missing)
                order._b2b_ask_prepayment_again()
            elif not order._b2b_waits_for_buyer_side():
                order._b2b_go_on_covered()

    def _b2b_say_missing_prepayment(self):
        """Holds of waiting orders say what is missing now; nothing goes on by it."""
        for order in self.sudo():
            waits = order.b2b_submit_state == "waiting"
            missing = (
                waits
                and order._b2b_prepayment_hold()
                and (order._b2b_prepayment_missing())
            )
            if missing:
                order._b2b_refresh_prepayment_hold(missing)

    def _b2b_refresh_prepayment_hold(self, missing):
        """The reason of the hold says what is missing now, not what once was."""
        hold = self._b2b_prepayment_hold()
        finding = self._b2b_prepayment_finding(missing)
        values = {
            "message": finding.message,
            "buyer_message": finding.text_for_buyer,
            "solve": finding.solve,
        }
        if any(hold[name] != value for name, value in values.items()):
            hold.write(values)

    def _b2b_ask_prepayment_again(self):
        """Another share than the pro-forma asked for: a new one takes its place."""
        if not self.b2b_prepayment_requested_at:
            return
        due, asked = self._b2b_prepayment_due(), self.b2b_prepayment_asked
        if not self.currency_id.compare_amounts(due, asked):
            return
        self.write(self._b2b_asked_values())
        # Nothing is kept of what was asked before this field was there.
        if asked and self._b2b_awaits_prepayment():
            self._b2b_mail_prepayment("b2b_approval.mail_template_proforma")

    def _b2b_go_on_covered(self):
        """Nothing is missing any more although no new money came."""
        if not self._b2b_prepayment_due():
            self._b2b_touch()
            self._b2b_prepayment_hold()._b2b_void()
            with self._b2b_unattended():
                self._b2b_after_decision("released")
            return
        paid = self._b2b_money(self._b2b_prepayment_paid())
        self._b2b_book_prepayment(self.env._("Covered by what was paid: %s", paid))

    @api.model
    def _cron_b2b_remind_prepayment(self):
        """Before somebody is reminded: what is covered meanwhile goes on."""
        orders = self.search(
            [
                ("b2b_submit_state", "=", "waiting"),
                ("b2b_prepayment_requested_at", "!=", False),
            ]
        )
        self.env["ir.cron"]._b2b_one_by_one(
            orders, lambda order: order._b2b_follow_prepayment()
        )
        return super()._cron_b2b_remind_prepayment()

    def _b2b_expire(self):
        """Nobody reads that he did not pay in time when the money is here."""
        covered = self.filtered(
            lambda order: (
                order._b2b_lacks_only_money() and not order._b2b_prepayment_missing()
            )
        )
        covered._b2b_follow_prepayment()
        return super(SaleOrder, self - covered)._b2b_expire()

    def _b2b_book_prepayment(self, comment):
        """Money came: waiting orders whose share it covers go on.

        Nobody is there to read an error; what would block becomes a hold.
        """
        system = self.env.ref("base.user_root")
        for order in self.sudo():
            with order._b2b_unattended():
                order._b2b_settle_prepayment(system, comment)

    @api.model
    def _b2b_settle_covered(self, parties):
        """Let orders of these parties go on that money on account covers."""
        if not parties:
            return
        # sudo: whoever books a payment need not see the orders it lets go on.
        orders = self.sudo().search(
            [
                ("b2b_party_id", "in", parties.ids),
                ("b2b_submit_state", "=", "waiting"),
                ("b2b_prepayment_requested_at", "!=", False),
            ],
            order="b2b_submitted_at, id",
        )
        for order in orders:
            if order._b2b_prepayment_hold() and not order._b2b_prepayment_missing():
                order._b2b_follow_prepayment()
