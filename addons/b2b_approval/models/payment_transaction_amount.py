from odoo import api, models
from odoo.exceptions import ValidationError

#: Above it nobody means an amount.
MOST = 999_999_999
#: The largest id that PostgreSQL knows.
MOST_ID = 2**31 - 1


def _is_amount(value):
    """A finite number; neither its text nor a yes."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    # Neither infinity nor NaN is below it.
    return abs(value) <= MOST


def _is_id(value):
    return isinstance(value, int) and value is not True and 0 < value <= MOST_ID


class PaymentTransaction(models.Model):
    """Odoo takes amount, provider and method from the browser: each is checked."""

    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.user.share:
            return super().create(vals_list)
        for vals in vals_list:
            self._b2b_check_sent(vals)
        transactions = super().create(vals_list)
        for transaction in transactions.sudo():
            transaction._b2b_check_offered()
            transaction._b2b_check_amount()
        return transactions

    @api.model
    def _b2b_check_sent(self, vals):
        """A browser may send what is no number or not there; Odoo stumbles over it.

        :raise ValidationError: with what was wrong, in a sentence
        """
        self._b2b_check_numbers(vals)
        method = self.env["payment.method"].sudo()  # only whether there is such a one
        if not method.browse(vals.get("payment_method_id") or []).exists():
            raise ValidationError(self._b2b_way_text())

    @api.model
    def _b2b_check_numbers(self, vals):
        """Refuse an amount that is none, and ids that are none.

        Before anything is read by them: the database cannot be asked for a word.
        """
        amount = vals.get("amount")
        if amount is not None and not _is_amount(amount):
            raise ValidationError(self._b2b_amount_text())
        for name in ("provider_id", "payment_method_id", "token_id"):
            number = vals.get(name)
            if number is not None and number is not False and not _is_id(number):
                raise ValidationError(self._b2b_way_text())

    @api.model
    def _b2b_way_text(self):
        return self.env._(
            "Nothing was paid: there is no such way of payment. Load the page again."
        )

    @api.model
    def _b2b_amount_text(self):
        return self.env._(
            "Nothing was paid: an amount has to be more than zero. Load the page again."
        )

    def _b2b_check_offered(self):
        """Refuse a way of payment that its page cannot have offered; addons do."""
        self.ensure_one()

    def _b2b_check_amount(self):
        """Refuse an amount that its page cannot have offered.

        :raise ValidationError: with what is to be paid
        """
        self.ensure_one()
        if self.operation in ("validation", "refund") or self.source_transaction_id:
            return
        if not 0 < self.amount <= MOST:
            raise ValidationError(self._b2b_amount_text())
        order = self.sale_order_ids
        if len(order) == 1 and order.b2b_is_trade:
            self._b2b_check_amount_of(order)

    def _b2b_check_amount_of(self, order):
        compare = order.currency_id.compare_amounts
        if order._b2b_awaits_prepayment():
            if compare(self.amount, order._b2b_prepayment_missing()):
                raise ValidationError(
                    self.env._(
                        "Nothing was paid: another amount than the missing one. "
                        "%(words)s Load the page again.",
                        words=order._b2b_prepayment_words(),
                    )
                )
            return
        least = order._get_prepayment_required_amount() - order.amount_paid
        if order.state == "sent" and compare(self.amount, least) < 0:
            raise ValidationError(
                self.env._(
                    "Nothing was paid: at least %s is to be paid for this order. Load "
                    "the page again.",
                    order._b2b_money(least),
                )
            )
