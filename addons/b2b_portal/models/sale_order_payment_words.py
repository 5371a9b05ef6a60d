from odoo import SUPERUSER_ID, models

from odoo.addons.b2b_party.rules.people import party_may_order

from ..rules import order_steps

#: Where an order stands that no money is taken for any more.
OVER = (order_steps.REFUSED, order_steps.ASKED_BACK, order_steps.CANCELLED)


class SaleOrder(models.Model):
    """What a buyer reads of the money of an order in advance, and its step."""

    _inherit = "sale.order"

    # -- facts -------------------------------------------------------------------

    def _b2b_is_covered(self):
        """Whether it waits for its money no longer, although its hold is open."""
        return bool(
            self._b2b_prepayment_hold()
            and not self._b2b_prepayment_missing()
            and party_may_order(self.sudo().b2b_party_id.b2b_state)
        )

    def _b2b_awaited_payment(self):
        """The payment that was begun and is to come: a transfer, or one on its way.

        Only while it is the last one: who pays by card afterwards waits for that.
        """
        self.ensure_one()
        # sudo: whoever sees the order may know that its money is awaited.
        last = self.sudo().transaction_ids.filtered(
            lambda payment: payment.state in ("pending", "authorized", "done")
        )
        last = last.sorted("id")[-1:]
        awaited = last.state == "pending" and last._b2b_is_allowed()
        return last if awaited else last.browse()

    def _b2b_ways_to_pay(self):
        """Names of the methods of *Pay now*; not the one that was chosen already."""
        chosen = self._b2b_awaited_payment().payment_method_id
        return ", ".join((self._b2b_online_methods() - chosen).mapped("name"))

    def _b2b_payment_decision(self):
        """What let the order go on after its payment in advance."""
        holds = self.b2b_hold_ids.filtered(
            lambda hold: hold.code == "prepayment" and hold.state == "released"
        )
        return holds.decision_ids.sorted("id")[-1:]

    # -- sentences ---------------------------------------------------------------

    def _b2b_payment_sentence(self, ctx, where):
        """What is to be done about the money; empty when that is no question.

        Amounts are for who may see prices.
        """
        self.ensure_one()
        see = ctx.can("see_prices")
        if self._b2b_awaits_prepayment():
            text = (
                self._b2b_unagreed_sentence()
                or self._b2b_awaited_sentence()
                or self._b2b_to_pay_sentence()
            )
            return text[0] if see else text[1]
        if where == order_steps.WAITING and self._b2b_is_covered():
            return self.env._(
                "What was asked in advance is paid; nothing is left for you to do."
            )
        if where == order_steps.CONFIRMED and self._b2b_payment_decision():
            return self._b2b_paid_sentence(see)
        return ""

    def _b2b_unagreed_sentence(self):
        """``(with amount, without)``: money is here, in a way that was not agreed."""
        payment = self._b2b_unagreed_payments()[-1:]
        if not payment:
            return None
        _ = self.env._
        plain = _(
            "Your payment is here, by %s, which is not agreed with you. Please do not "
            "pay again: we look at it and tell you.",
            payment.payment_method_id.name,
        )
        with_amount = _(
            "Your payment of %(amount)s is here, by %(method)s, which is not agreed "
            "with you. Please do not pay again: we look at it and tell you.",
            amount=self._b2b_money(payment.amount, payment.currency_id),
            method=payment.payment_method_id.name,
        )
        return with_amount, plain

    def _b2b_awaited_sentence(self):
        """``(with amounts, without)`` while a payment that was begun is awaited."""
        payment = self._b2b_awaited_payment()
        if not payment:
            return None
        values = {
            "amount": self._b2b_awaited_amount(payment),
            "reference": self.b2b_prepayment_reference,
            "until": self._b2b_when(self.b2b_keep_until),
            "method": payment.payment_method_id.name,
        }
        _ = self.env._
        if payment.provider_id.code != "custom":
            return (
                _(
                    "Your payment of %(amount)s by %(method)s is on its way. The order "
                    "goes on by itself when the money is here.",
                    **values,
                ),
                _("A payment is on its way; the order goes on by itself."),
            )
        return (
            _(
                "We wait for your transfer of %(amount)s, reference %(reference)s. "
                "Prices and stock are kept until %(until)s; the order goes on by "
                "itself when the money is here.",
                **values,
            ),
            _(
                "We wait for your transfer, reference %(reference)s. Prices and stock "
                "are kept until %(until)s.",
                **values,
            ),
        )

    def _b2b_awaited_amount(self, payment):
        """What of a payment that was begun is still to come."""
        missing = self._b2b_prepayment_missing()
        if payment.currency_id == self.currency_id and payment.amount > missing:
            return self._b2b_money(missing)
        return self._b2b_money(payment.amount, payment.currency_id)

    def _b2b_to_pay_sentence(self):
        """``(with amounts, without)`` of what is missing, and until when."""
        _ = self.env._
        until = self._b2b_when(self.b2b_keep_until)
        plain = _("It is to be paid in advance, until %s.", until)
        if self._b2b_prepayment_paid():
            words = self._b2b_prepayment_words()
            text = _(
                "%(words)s Please pay the rest until %(until)s; the order goes on by "
                "itself then.",
                words=words,
                until=until,
            )
            return text, plain
        text = _(
            "Please pay %(missing)s in advance until %(until)s; how stands below. The "
            "order goes on by itself when the money is here.",
            missing=self._b2b_money(self._b2b_prepayment_missing()),
            until=until,
        )
        return text, plain

    def _b2b_paid_sentence(self, see):
        """Of a confirmed order: what was paid, and what comes with the invoice."""
        _ = self.env._
        sent = self._b2b_when(self.b2b_submitted_at or self.date_order)
        if not see:
            return self._b2b_with_channel(
                _("Sent %s. What was asked in advance is paid.", sent)
            )
        paid = self._b2b_prepayment_booked()
        more = self._b2b_prepayment_surplus()
        values = {
            "when": sent,
            "paid": self._b2b_money(paid),
            "rest": self._b2b_money(self.amount_total - paid),
        }
        if not paid or self.currency_id.compare_amounts(paid, self.amount_total) >= 0:
            text = _(
                "Sent %s. It is paid in advance; nothing is left for you to do.", sent
            )
        else:
            text = _(
                "Sent %(when)s. %(paid)s is paid in advance, %(rest)s comes with the "
                "invoice.",
                **values,
            )
        return " ".join([text, self._b2b_surplus_text(more)]) if more else text

    def _b2b_waiting_sentence(self):
        if not self._b2b_prepayment_hold() or self._b2b_is_covered():
            return super()._b2b_waiting_sentence()
        return self.env._(
            "You get a mail at the decision. Do not pay yet: it is paid in advance "
            "after that."
        )

    # -- the step ----------------------------------------------------------------

    def _b2b_decided_holds(self):
        holds = super()._b2b_decided_holds()
        return holds.filtered(lambda hold: hold.code != "prepayment")

    def _b2b_steps(self, where):
        payment = self._b2b_payment_state(where)
        if not payment:
            return super()._b2b_steps(where)
        others = self._b2b_decided_holds()
        asked = others and order_steps.DONE
        if others & self._b2b_open_holds():
            asked = order_steps.NOW
        return order_steps.steps_in_advance(where, payment, asked or "")

    def _b2b_payment_state(self, where):
        """State of the step of the payment; empty for an order on account."""
        holds = self.b2b_hold_ids.filtered(lambda hold: hold.code == "prepayment")
        if not holds:
            return ""
        if "released" in holds.mapped("state"):
            return order_steps.DONE
        if where == order_steps.EXPIRED:
            unpaid = self.b2b_gate_state == "unpaid"
            return order_steps.STOPPED if unpaid else order_steps.LATER
        if where in OVER:
            return order_steps.LATER
        if "open" not in holds.mapped("state"):
            return ""
        later = self._b2b_waits_for_buyer_side()
        return order_steps.LATER if later else order_steps.NOW

    def _b2b_step_words(self):
        words = super()._b2b_step_words()
        words[order_steps.PAYMENT] = (self.env._("Payment"), self._b2b_payment_fact())
        return words

    def _b2b_payment_fact(self):
        """Below the step: until when, or when it came and who recorded it."""
        _ = self.env._
        decision = self._b2b_payment_decision()
        if decision:
            when = self._b2b_when(decision.decided_at)
            if decision.user_id.id == SUPERUSER_ID:
                return _("received %s", when)
            return _(
                "recorded by %(who)s, %(when)s",
                who=decision._b2b_who_for_buyer(),
                when=when,
            )
        if self._b2b_is_looked_at():
            return _("here, we look at it")
        if self._b2b_awaits_prepayment():
            until = self._b2b_when(self.b2b_keep_until)
            if self._b2b_awaited_payment():
                return _("on its way, awaited until %s", until)
            return _("to be paid until %s", until)
        if self._b2b_is_covered():
            return _("received")
        return _("not in time") if self.b2b_gate_state == "unpaid" else _("later")

    def _b2b_delivery_fact(self):
        if self._b2b_awaits_prepayment():
            return self.env._("after the payment")
        return super()._b2b_delivery_fact()


class PortalHome(models.AbstractModel):
    _inherit = "b2b.portal.home"

    def _b2b_delivery_word(self, order):
        if order._b2b_awaits_prepayment():
            return self.env._("after the payment")
        return super()._b2b_delivery_word(order)


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    def _b2b_page_text(self, ctx):
        """The reason on the order's page, with the figures of now."""
        if self.code != "prepayment":
            return self._b2b_told("buyer_message")
        _ = self.env._
        if self.order_id._b2b_is_covered():
            return _("What was asked in advance is paid; we look at the order.")
        if self.order_id._b2b_is_looked_at():
            return _("Money is here in a way that is not agreed; we look at it.")
        if not ctx.can("see_prices"):
            return _("It is paid in advance, and goes on when the money is here.")
        missing = self.order_id._b2b_prepayment_missing()
        return self.order_id._b2b_prepayment_finding(missing).text_for_buyer

    def _b2b_history_text(self):
        # What was missing then is told nowhere else, and is not what is missing now.
        if self.code == "prepayment":
            return self.env._("paid in advance")
        return super()._b2b_history_text()


class OrderHoldDecision(models.Model):
    _inherit = "b2b.order.hold.decision"

    def _b2b_timeline_text(self):
        if not self._b2b_is_payment():
            return super()._b2b_timeline_text()
        if self.sudo().user_id.id == SUPERUSER_ID:
            return self.env._("The payment in advance is complete")
        return self.env._(
            "%s recorded the payment in advance", self._b2b_who_for_buyer()
        )


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _get_communication(self):
        """A transfer for a prepaid order carries the reference of its pro-forma."""
        order = self.sale_order_ids
        if len(order) == 1 and order.b2b_prepayment_requested_at:
            return order.b2b_prepayment_reference
        return super()._get_communication()
