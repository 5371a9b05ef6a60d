from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import prepayment

BOOKED = ("in_process", "paid")


class AccountPayment(models.Model):
    """A payment that names a prepaid order counts for it as soon as it is posted."""

    _inherit = "account.payment"

    b2b_order_id = fields.Many2one(
        "sale.order",
        "Paid in advance for",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        tracking=True,
        domain="[('company_id', '=', company_id), ('b2b_submit_state', '=', 'waiting'),"
        " ('b2b_prepayment_requested_at', '!=', False)]",
        help="The order that waits for this money; found by itself when the memo holds "
        "the reference of the pro-forma or the number of the order.",
    )

    @api.constrains("b2b_order_id", "partner_id", "payment_type")
    def _check_b2b_order(self):
        for payment in self.sudo():
            order = payment.b2b_order_id
            if order and not order._b2b_may_be_paid_by(payment.partner_id):
                raise ValidationError(
                    self.env._(
                        "%(order)s is an order of %(party)s; choose one of who pays.",
                        order=order.name,
                        party=order.b2b_party_id.name,
                    )
                )

    def action_post(self):
        result = super().action_post()
        self._b2b_book_prepayments()
        return result

    def write(self, vals):
        named = self.b2b_order_id if {"b2b_order_id", "state"} & vals.keys() else None
        result = super().write(vals)
        if "b2b_order_id" in vals:
            self._b2b_book_prepayments()
        if named:
            # Reset, cancelled or meant for another one: what is missing is said anew.
            named._b2b_follow_prepayment()
        return result

    def _b2b_book_prepayments(self):
        """Let the orders go on that these payments cover; called once posted."""
        received = self.filtered(
            lambda payment: (
                payment.state in BOOKED
                and payment.payment_type == "inbound"
                # Online payments are told by their transaction.
                and not payment.payment_transaction_id
            )
        )
        orders = self.env["sale.order"]
        for payment in received:
            if not payment.b2b_order_id:
                found = orders._b2b_find_prepaid(
                    payment.company_id, payment.memo, payment.partner_id
                )
                if found:
                    payment.b2b_order_id = found  # comes back here
                    continue
            payment.b2b_order_id._b2b_book_prepayment(
                self.env._("Payment %s", payment.name or payment.memo or "")
            )
        loose = received.filtered(lambda payment: not payment.b2b_order_id)
        orders._b2b_settle_covered(loose.partner_id.commercial_partner_id)


class AccountBankStatementLine(models.Model):
    """A line of the bank with the reference of a pro-forma counts at once."""

    _inherit = "account.bank.statement.line"

    b2b_order_id = fields.Many2one(
        "sale.order",
        "Paid in advance for",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('b2b_submit_state', '=', 'waiting'),"
        " ('b2b_prepayment_requested_at', '!=', False)]",
        help="The order that waits for this money; found by itself when the label "
        "holds the reference of the pro-forma.",
    )

    @api.constrains("b2b_order_id", "partner_id")
    def _check_b2b_order(self):
        for line in self.sudo():
            order, partner = line.b2b_order_id, line.partner_id
            if not order:
                continue
            strange = partner and not order._b2b_may_be_paid_by(partner)
            if strange or order.company_id != line.company_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s is an order of %(party)s; choose one of who pays.",
                        order=order.name,
                        party=order.b2b_party_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._b2b_book_prepayments()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"b2b_order_id", "payment_ref", "partner_id", "amount"} & vals.keys():
            self._b2b_book_prepayments()
        return result

    def _b2b_book_prepayments(self):
        orders = self.env["sale.order"]
        for line in self.filtered(lambda line: line.amount > 0):
            if not line.b2b_order_id:
                found = orders._b2b_find_prepaid(
                    line.company_id, line.payment_ref, line.partner_id
                )
                if found:
                    line.b2b_order_id = found  # comes back here
                continue
            line.b2b_order_id._b2b_book_prepayment(
                self.env._("Bank line %s", line.payment_ref or line.name or "")
            )


class SaleOrder(models.Model):
    """Money in the books that names this order."""

    _inherit = "sale.order"

    b2b_payment_ids = fields.One2many(
        "account.payment",
        "b2b_order_id",
        "Payments in advance",
        readonly=True,
        groups="base.group_user",
        help="Payments in the books that were made for this order.",
    )
    b2b_bank_line_ids = fields.One2many(
        "account.bank.statement.line",
        "b2b_order_id",
        "Bank lines in advance",
        readonly=True,
        groups="base.group_user",
        help="Lines of bank statements that name this order.",
    )

    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {
            "b2b_payment_ids",
            "b2b_bank_line_ids",
        }

    def _b2b_may_be_paid_by(self, partner):
        """Whether a payment of this partner may count for the order."""
        self.ensure_one()
        order = self.sudo()
        payers = order.b2b_party_id | order.partner_invoice_id.commercial_partner_id
        return partner.commercial_partner_id in payers

    def _b2b_prepayment_in_books(self):
        """Amounts ``(of payments, of lines of the bank)``, rights lifted."""
        self.ensure_one()
        payments = self.b2b_payment_ids.filtered(
            lambda payment: (
                payment.state in BOOKED
                and payment.payment_type == "inbound"
                and not payment.payment_transaction_id
            )
        )
        paid = [self._b2b_in_own(p.amount, p.currency_id) for p in payments]
        return paid, [self._b2b_bank_amount(line) for line in self.b2b_bank_line_ids]

    def _b2b_bank_amount(self, line):
        """What came with a line of the bank, in the order's currency."""
        if line.state != "posted" or line.amount <= 0:
            return 0.0
        if line.foreign_currency_id == self.currency_id:
            return line.amount_currency
        return self._b2b_in_own(line.amount, line.currency_id)

    def _b2b_in_own(self, amount, currency):
        return currency._convert(
            amount, self.currency_id, self.company_id, fields.Date.today()
        )

    @api.model
    def _b2b_find_prepaid(self, company, text, partner):
        """The waiting order that a payment or a bank line names, else an empty one.

        The reference of the pro-forma is enough; the bare number of the order counts
        only where it is known that its customer pays.
        """
        if not text:
            return self.browse()
        # sudo: whoever books money need not see the orders that wait for it.
        orders = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("b2b_submit_state", "=", "waiting"),
                ("b2b_prepayment_requested_at", "!=", False),
            ]
        )
        found = orders.filtered(lambda order: order._b2b_is_named(text, partner))
        # Of S0043 and S00431 the longer one is meant.
        return found.sorted(lambda order: -len(order.name))[:1].sudo(False)

    def _b2b_is_named(self, text, partner):
        known = bool(partner) and self._b2b_may_be_paid_by(partner)
        if partner and not known:
            return False
        return prepayment.names_reference(text, self.b2b_prepayment_reference) or (
            known and prepayment.names_order(text, self.name)
        )
