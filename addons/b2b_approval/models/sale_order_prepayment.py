from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BUYER, SELLER, WARN, Finding
from odoo.addons.b2b_party.rules.people import party_may_order

from ..rules import deadline, prepayment


class SaleOrder(models.Model):
    """Prepayment: an order that waits for money (DECISIONS 11)."""

    _inherit = "sale.order"

    b2b_prepayment_received = fields.Monetary(
        "Received in advance",
        readonly=True,
        copy=False,
        help="What the credit team recorded as received for this order, tax included; "
        "online payments, and payments and bank lines with its reference, count by "
        "themselves.",
    )
    b2b_prepayment_parts = fields.Json(
        "Received, each transfer",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The amounts behind what was recorded as received in advance.",
    )
    b2b_prepayment_asked = fields.Monetary(
        "Asked in advance",
        readonly=True,
        copy=False,
        help="The share that the last pro-forma asked for, tax included.",
    )
    b2b_prepayment_requested_at = fields.Datetime(
        "Payment asked",
        readonly=True,
        copy=False,
        help="When the pro-forma was sent; the total is frozen since then.",
    )
    b2b_prepayment_reminded = fields.Boolean(
        readonly=True, copy=False, help="Whether the reminder was sent."
    )
    b2b_prepayment_reference = fields.Char(
        "Payment reference",
        compute="_compute_b2b_prepayment_reference",
        help="Structured reference (ISO 11649) of the pro-forma.",
    )

    @api.depends("name")
    def _compute_b2b_prepayment_reference(self):
        for order in self:
            name = "".join(c for c in order.name or "" if c.isascii() and c.isalnum())
            reference = prepayment.creditor_reference(name or f"{order.id}")
            order.b2b_prepayment_reference = prepayment.spaced(reference)

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {
            # A payment counts for the order it was made for.
            "transaction_ids",
            "b2b_prepayment_received",
            "b2b_prepayment_parts",
            "b2b_prepayment_asked",
            "b2b_prepayment_requested_at",
            "b2b_prepayment_reminded",
        }

    # -- how much ----------------------------------------------------------------

    def _b2b_prepayment_percent(self):
        """Share of the total that is paid in advance, 0 to 100; addons say more."""
        self.ensure_one()
        return 0.0

    def _b2b_holds_for_prepayment(self):
        """Whether an order waits for the money it is to be paid with in advance."""
        self.ensure_one()
        return self.b2b_is_trade and not self.b2b_historical

    def _b2b_prepayment_due(self):
        """What is to be paid in advance, tax included, order currency."""
        return prepayment.due(
            self.amount_total,
            self._b2b_prepayment_percent(),
            self.currency_id.round,
        )

    def _b2b_prepayment_paid(self):
        """What counts for the share of this order, order currency; addons say more."""
        return self._b2b_prepayment_booked()

    def _b2b_prepayment_booked(self):
        """What arrived or was authorized for this order by name, order currency."""
        self.ensure_one()
        order = self.sudo()
        online, wired = order._b2b_paid_online()
        return prepayment.booked(
            sum(online),
            order._b2b_prepayment_by_hand(),
            wired,
            *order._b2b_prepayment_in_books(),
            rounded=order.currency_id.round,
        )

    def _b2b_paid_online(self):
        """Amounts ``(online, by transfer)`` of what went through a provider.

        A payment for several orders at once covers none: nobody says which.
        """
        online, wired = [], []
        for payment in self.transaction_ids:
            if payment.state not in ("authorized", "done"):
                continue
            if payment.operation == "validation" or len(payment.sale_order_ids) != 1:
                continue
            if not payment._b2b_is_allowed():
                continue
            amount = payment.currency_id._convert(
                payment.amount, self.currency_id, self.company_id, fields.Date.today()
            )
            if payment.provider_id.code == "custom":
                # The bank tells of the same money once more.
                wired.append(amount)
            else:
                online.append(amount)
        return online, wired

    def _b2b_unagreed_payments(self):
        """Money that is here and came in a way that was not agreed: it counts for
        nothing until the credit team records it, but nobody is to pay twice."""
        self.ensure_one()
        return self.sudo().transaction_ids.filtered(
            lambda payment: (
                payment.state in ("authorized", "done")
                and payment.operation not in ("validation", "refund")
                and payment.amount > 0
                and not payment._b2b_is_allowed()
            )
        )

    def _b2b_check_payable(self):
        for order in self:
            if order._b2b_awaits_prepayment() and order._b2b_unagreed_payments():
                raise ValidationError(
                    self.env._(
                        "Nothing was paid: money for %s is here already; we look at it "
                        "and tell you.",
                        order.name,
                    )
                )
        return super()._b2b_check_payable()

    def _b2b_prepayment_by_hand(self):
        """Amounts that the credit team recorded, each transfer on its own."""
        parts = self.b2b_prepayment_parts or []
        rest = self.currency_id.round(self.b2b_prepayment_received - sum(parts))
        return [*parts, rest]

    def _b2b_prepayment_missing(self):
        """What is missing in advance; 0 when it is covered or none is asked."""
        asked = self._b2b_prepayment_due()
        if not asked:
            return 0.0
        return prepayment.missing(
            asked,
            self._b2b_prepayment_paid(),
            self._b2b_prepayment_tolerance(),
            self.currency_id.round,
        )

    def _b2b_prepayment_tolerance(self):
        company = self.company_id.sudo()
        return company.currency_id._convert(
            company.b2b_prepayment_tolerance,
            self.currency_id,
            company,
            fields.Date.today(),
        )

    # -- the hold ----------------------------------------------------------------

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if not self.b2b_is_trade or self.b2b_historical:
            return findings
        missing = self._b2b_prepayment_missing()
        return findings + ([self._b2b_prepayment_finding(missing)] if missing else [])

    def _b2b_prepayment_finding(self, missing):
        values = {
            "due": self._b2b_money(self._b2b_prepayment_due()),
            "missing": self._b2b_money(missing),
        }
        message = self.env._(
            "Paid in advance: %(due)s, of which %(missing)s are missing.", **values
        )
        return Finding(
            code="prepayment",
            severity=AUTHORIZE,
            side=SELLER,
            message=" ".join([message, *self._b2b_unagreed_words()]),
            buyer_message=self.env._(
                "This order is paid in advance: %(due)s, of which %(missing)s are "
                "missing. It goes on by itself when the money is here.",
                **values,
            ),
            amount=self.amount_total,
            solve=self.env._("Pay %s", values["missing"]),
        )

    def _b2b_prepayment_hold(self):
        """The open hold that waits for the money, rights lifted."""
        self.ensure_one()
        return self.sudo().b2b_hold_ids.filtered(
            lambda hold: hold.code == "prepayment" and hold.state == "open"
        )

    def _b2b_waits_for_buyer_side(self):
        return any(
            hold.state == "open" and hold.side == BUYER and hold.severity != WARN
            for hold in self.sudo().b2b_hold_ids
        )

    def _b2b_awaits_prepayment(self):
        """Whether money is taken now: asked for, and approved by the customer."""
        self.ensure_one()
        return bool(
            self.state in ("draft", "sent")
            and self.b2b_submit_state == "waiting"
            and self.b2b_prepayment_requested_at
            and not self._b2b_waits_for_buyer_side()
            and self._b2b_prepayment_hold()
            and party_may_order(self.sudo().b2b_party_id.b2b_state)
            and self._b2b_prepayment_missing()
        )

    def _b2b_is_unoffered(self):
        unoffered = super()._b2b_is_unoffered()
        # Money that is here in another way than agreed is looked at first.
        asked = self._b2b_awaits_prepayment() and not self._b2b_unagreed_payments()
        return unoffered and not asked

    def _b2b_hold(self, findings):
        holds = super()._b2b_hold(findings)
        self._b2b_request_prepayment()
        return holds

    def _b2b_after_decision(self, state):
        result = super()._b2b_after_decision(state)
        self._b2b_request_prepayment()
        return result

    def _b2b_end_submission(self, submit_state, gate_state):
        result = super()._b2b_end_submission(submit_state, gate_state)
        if submit_state != "done":
            asked = self.sudo().filtered("b2b_prepayment_requested_at")
            asked.write(
                {
                    "b2b_prepayment_requested_at": False,
                    "b2b_prepayment_reminded": False,
                    "require_payment": False,
                }
            )
        return result

    # -- asking for the money ----------------------------------------------------

    def _b2b_request_prepayment(self):
        """Send the pro-forma as soon as nobody of the customer has to decide."""
        for order in self.sudo():
            hold = order._b2b_prepayment_hold()
            waits = order.b2b_submit_state == "waiting"
            if not hold or not waits or order.b2b_prepayment_requested_at:
                continue
            if order._b2b_waits_for_buyer_side():
                continue
            if not order._b2b_prepayment_missing():
                order._b2b_follow_prepayment()
                continue
            now = fields.Datetime.now()
            days = order.company_id.b2b_keep_days_prepayment
            until = deadline.add_working_days(now, days)
            hold.keep_until = until
            order.write(
                {
                    "b2b_prepayment_requested_at": now,
                    "b2b_prepayment_reminded": False,
                    "b2b_keep_until": max(order.b2b_keep_until or until, until),
                    "require_payment": True,
                    **order._b2b_asked_values(),
                }
            )
            order._b2b_mail_prepayment("b2b_approval.mail_template_proforma")

    @api.model
    def _cron_b2b_remind_prepayment(self):
        """A reminder in the last day before an unpaid order ends."""
        now = fields.Datetime.now()
        domain = [
            ("b2b_submit_state", "=", "waiting"),
            ("b2b_prepayment_requested_at", "!=", False),
            ("b2b_prepayment_reminded", "=", False),
            ("b2b_keep_until", ">", now),
            ("b2b_keep_until", "<=", now + timedelta(days=1)),
        ]
        orders = self.search(domain, limit=100)
        for order in orders.try_lock_for_update().filtered_domain(domain):
            if order._b2b_awaits_prepayment():
                order._b2b_remind()
            order.b2b_prepayment_reminded = True
            self.env["ir.cron"]._commit_progress(1)

    def _b2b_remind(self):
        """Mail the reminder; one that cannot be made does not stop those behind it."""
        try:
            with self.env.cr.savepoint():
                self._b2b_mail_prepayment(
                    "b2b_approval.mail_template_proforma_reminder"
                )
        except UserError as error:
            team = self.user_id or self.b2b_party_id.user_id
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=(team or self.env.user).id,
                summary=self.env._("The reminder to pay could not be sent"),
                note=str(error),
            )

    # -- the money is here -------------------------------------------------------

    def _b2b_settle_prepayment(self, user, comment):
        """Let the order go on when the money covers its share, else say what lacks.

        :param user: res.users in whose name it is recorded
        :param str comment: kept with the decision, for instance the reference
        :return: True for an order whose hold was released
        """
        self.ensure_one()
        order = self.sudo()
        order._b2b_touch()
        hold = order._b2b_prepayment_hold()
        if not hold:
            return False
        missing = order._b2b_prepayment_missing()
        if missing:
            order._b2b_refresh_prepayment_hold(missing)
            order.message_post(
                body=self.env._(
                    "%(paid)s of %(due)s arrived, %(missing)s are missing. The order "
                    "waits for the rest.",
                    paid=order._b2b_money(order._b2b_prepayment_paid()),
                    due=order._b2b_money(order._b2b_prepayment_due()),
                    missing=order._b2b_money(missing),
                ),
                subtype_xmlid="mail.mt_comment",
            )
            return False
        hold._b2b_close("released", "released", user, comment)
        order._b2b_after_decision("released")
        return True
