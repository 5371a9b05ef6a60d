from odoo import models
from odoo.exceptions import ValidationError

from ..rules.payment import is_allowed


class PaymentTransaction(models.Model):
    """A method that was not offered is refused, and confirms nothing.

    The list on the page is made by the same rule, but a browser sends what it likes:
    Odoo takes any provider from it, also for one who only holds a link.
    """

    _inherit = "payment.transaction"

    # -- may this be paid so -----------------------------------------------------

    def _b2b_payers(self):
        """``[(party, agreement)]`` of the trade parties whose documents are paid."""
        self.ensure_one()
        orders = self.sale_order_ids.filtered("b2b_is_trade")
        found = [(order.b2b_party_id, order.b2b_agreement_id) for order in orders]
        for move in self.invoice_ids:
            found += move._b2b_payers()
        if not found and not self.sale_order_ids and not self.invoice_ids:
            found = [(self.partner_id.commercial_partner_id, None)]
        return [row for row in found if row[0].b2b_customer_type == "trade"]

    def _b2b_is_allowed(self):
        """Whether all parties concerned may pay with this method and provider."""
        self.ensure_one()
        if self._b2b_is_our_own():
            return super()._b2b_is_allowed()
        method = self.payment_method_id._b2b_primary()
        limits = [
            party._b2b_allowed_method_ids(agreement)
            for party, agreement in self._b2b_payers()
        ]
        limits = [limit for limit in limits if limit is not None]
        if limits and not self._b2b_fits_provider():
            # A method that is allowed, at a provider that does not offer it.
            return False
        return super()._b2b_is_allowed() and all(
            is_allowed(method.id, limit) for limit in limits
        )

    def _b2b_fits_provider(self):
        offered = self.provider_id.with_context(active_test=False).payment_method_ids
        method = self.payment_method_id
        return bool((method | method._b2b_primary()) & offered)

    def _b2b_is_our_own(self):
        """What follows from an earlier payment: a refund, a capture."""
        return bool(self.source_transaction_id) or self.operation == "refund"

    def _b2b_check_offered(self):
        """Refuse a payment in a way that its page cannot have offered.

        :raise ValidationError: with the ways that are open
        """
        super()._b2b_check_offered()
        payers = self._b2b_payers()
        if not payers or self._b2b_is_our_own():
            return
        providers, methods = self._b2b_offered()
        method = self.payment_method_id._b2b_primary()
        if (
            self._b2b_is_allowed()
            and self._b2b_fits_provider()
            and self.provider_id in providers
            and method in methods
        ):
            return
        party = payers[0][0]
        if method in methods and not self._b2b_fits_provider():
            raise ValidationError(
                self.env._(
                    "Nothing was paid: %(provider)s does not take %(method)s. "
                    "%(open)s Load the page again and choose one of them.",
                    provider=self.provider_id.name,
                    method=method.name,
                    open=self._b2b_open_text(methods),
                )
            )
        raise ValidationError(
            self.env._(
                "%(method)s is not open for %(party)s. %(open)s",
                method=method.name or self.env._("This way of payment"),
                party=party.name,
                open=self._b2b_open_text(methods),
            )
        )

    def _b2b_open_text(self, methods):
        names = ", ".join(sorted(set(methods.mapped("name"))))
        if not names:
            return self.env._("Ask your account manager how to pay.")
        return self.env._("You can pay by: %s.", names)

    def _b2b_offered(self):
        """Providers and methods that Odoo offers for this payment, with our limits."""
        order = self.sale_order_ids[:1]
        terms = {
            "currency_id": self.currency_id.id,
            "sale_order_id": order.id or None,
        }
        validation = self.operation == "validation"
        providers = self.provider_id._get_compatible_providers(
            (order.company_id or self.company_id).id,
            self.partner_id.id,
            0.0 if validation else self.amount,
            is_validation=validation,
            **terms,
        )
        methods = self.payment_method_id._get_compatible_payment_methods(
            providers.ids, self.partner_id.id, **terms
        )
        for party, agreement in self._b2b_payers():
            allowed = party._b2b_allowed_method_ids(agreement)
            providers = providers._b2b_filter_allowed(allowed)
            methods = methods._b2b_filter_allowed(allowed)
        return providers, methods

    # -- once more when it is processed --------------------------------------------

    def _post_process(self):
        """A payment to come that is not allowed offers and changes no order."""
        refused = self.filtered(
            lambda t: t.state == "pending" and not t._b2b_is_allowed()
        )
        refused._b2b_tell_refused()
        refused.is_post_processed = True
        return super(PaymentTransaction, self - refused)._post_process()

    def _check_amount_and_confirm_order(self):
        """Money that came in a way nobody agreed to is booked and confirms nothing."""
        refused = self.filtered(lambda transaction: not transaction._b2b_is_allowed())
        refused._b2b_tell_refused()
        allowed = self - refused
        return super(PaymentTransaction, allowed)._check_amount_and_confirm_order()

    def _b2b_tell_refused(self):
        for transaction in self:
            orders = transaction.sale_order_ids.filtered(
                lambda order: order.state in ("draft", "sent")
            )
            for order in orders:
                order.message_post(
                    body=self.env._(
                        "Payment %(reference)s by %(method)s does not confirm this "
                        "order: that way of payment is not agreed with %(party)s.",
                        reference=transaction.reference,
                        method=transaction.payment_method_id.name,
                        party=order.b2b_party_id.name,
                    ),
                    subtype_xmlid="mail.mt_note",
                )
                transaction._b2b_ask_team(order.sudo())

    def _b2b_ask_team(self, order):
        """Somebody of ours looks at money that counts for nothing until he does."""
        if self.state == "pending":
            return  # nothing is here yet
        team = order.user_id or order.b2b_party_id.user_id
        reader = order.with_context(lang=team.lang or self.env.lang)
        if order._b2b_prepayment_hold():
            order._b2b_refresh_prepayment_hold(order._b2b_prepayment_missing())
        if team:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=team.id,
                summary=reader.env._("Paid in a way that is not agreed"),
                note=reader.env._(
                    "Payment %(reference)s of %(amount)s by %(method)s counts for "
                    "nothing yet. The credit team records it with “Payment "
                    "received…”, or pays it back.",
                    reference=self.reference,
                    amount=reader._b2b_money(self.amount, self.currency_id),
                    method=self.payment_method_id.name,
                ),
            )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _b2b_payers(self):
        """``[(party, agreement)]`` under whose terms this invoice is paid."""
        self.ensure_one()
        party = self.commercial_partner_id
        # sudo: whoever pays need not see the orders behind it.
        orders = self.sudo().invoice_line_ids.sale_line_ids.order_id
        agreements = orders.b2b_agreement_id
        return [(party, agreement) for agreement in agreements] or [(party, None)]

    def _b2b_filter_offered(self, values):
        """Take out of the values of a payment form what is not allowed for these."""
        providers = values.get("providers_sudo")
        if providers is None:
            return values
        methods = values["payment_methods_sudo"]
        for move in self.sudo():
            for party, agreement in move._b2b_payers():
                allowed = party._b2b_allowed_method_ids(agreement)
                providers = providers._b2b_filter_allowed(allowed)
                methods = methods._b2b_filter_allowed(allowed)
        tokens = values["tokens_sudo"].filtered(
            lambda token: token.payment_method_id._b2b_primary() in methods
        )
        return {
            **values,
            "providers_sudo": providers,
            "payment_methods_sudo": methods,
            "tokens_sudo": tokens,
        }
