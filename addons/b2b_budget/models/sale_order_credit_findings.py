from odoo import models

from odoo.addons.b2b_party.rules.finding import (
    AUTHORIZE,
    BLOCK,
    SELLER,
    WARN,
    Finding,
)

from ..rules.exposure import is_late, settled

SEVERITY = {"block": BLOCK, "hold": AUTHORIZE, "warn": WARN}


class SaleOrder(models.Model):
    """What an order does to credit, and the words about it for both sides."""

    _inherit = "sale.order"

    def _b2b_credit_effect(self):
        """What this order does to each credit account that concerns it.

        :return: list of dicts: account, term, exposure (without this order), amount
            (of the order that takes credit, account currency), over, rate, currency
        """
        self.ensure_one()
        order = self.sudo()
        terms = order._b2b_credit_terms()
        if not terms:
            return []
        accounts = self.env["b2b.credit.account"].sudo()
        accounts = accounts.browse([term.id for term in terms])
        exposures = accounts._b2b_exposures()
        # What was never submitted has nothing booked: no query for carts.
        submitted = order.b2b_submitted_at or order._b2b_may_book()
        booked = order._b2b_credit_rows() if submitted else {}
        return [
            order._b2b_one_credit_effect(term, account, exposures[account.id], booked)
            for term, account in zip(terms, accounts, strict=True)
        ]

    def _b2b_one_credit_effect(self, term, account, exposure, booked):
        row, currency = booked.get(term.id), account._b2b_currency()
        rate = row.rate if row else self._b2b_credit_rate(term)
        if row:
            exposure = exposure.without(row.confirmed, row.waiting)
        if self.state == "sale":
            amount = self.b2b_credit_amount
        else:
            amount = self._b2b_credit_share(self.amount_total)
        amount = currency.round(amount * rate)
        return {
            "account": account,
            "term": term,
            "exposure": exposure,
            "amount": amount,
            "over": exposure.over(amount, currency.round),
            "rate": rate,
            "currency": currency,
        }

    # ------------------------------------------------------------------ findings

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        for effect in self.sudo()._b2b_credit_effect():
            if effect["over"]:
                findings.append(self._b2b_credit_finding(effect))
            late = self._b2b_overdue_finding(effect)
            if late:
                findings.append(late)
        return findings

    def _b2b_credit_finding(self, effect):
        """The order is above what is left of a credit limit."""
        money = self._b2b_credit_money(effect)
        exposure, account = effect["exposure"], effect["account"]
        parts = {
            "name": account.display_name,
            "limit": money(exposure.limit),
            "posted": money(exposure.posted),
            "drafted": money(exposure.drafted),
            "confirmed": money(exposure.confirmed),
            "waiting": money(exposure.waiting),
            "amount": money(effect["amount"]),
            "over": money(effect["over"]),
        }
        if exposure.prepaid_only:
            message = self.env._(
                "%(name)s orders prepaid only; this order of %(amount)s lacks a "
                "payment of %(over)s.",
                **parts,
            )
        else:
            message = self.env._(
                "Credit of %(name)s is %(limit)s: %(posted)s open invoices, "
                "%(drafted)s drafts, %(confirmed)s confirmed, %(waiting)s waiting; "
                "with this order of %(amount)s it is %(over)s too much.",
                **parts,
            )
        solve = self.env._("A payment of %(over)s or a higher limit helps.", **parts)
        return Finding(
            code="credit",
            severity=SEVERITY[account.action],
            side=SELLER,
            message=f"{message} {solve}",
            buyer_message=self._b2b_credit_words(effect, account.action),
            amount=self.currency_id.round(effect["over"] / (effect["rate"] or 1.0)),
            solve=self.env._("Pay %s or wait for our credit team", parts["over"])
            if self._b2b_seat_sees(effect)
            else self.env._("Our credit team looks at it"),
            key=str(account.id),
        )

    def _b2b_overdue_finding(self, effect):
        """Invoices are overdue for longer than the account allows."""
        exposure, term = effect["exposure"], effect["term"]
        if term.overdue_action == "none" or not is_late(exposure, term.overdue_ignored):
            return None
        money = self._b2b_credit_money(effect)
        late = money(settled(exposure.late, exposure.unused))
        message = self.env._(
            "%(late)s of %(name)s are overdue for more than %(days)s days; their "
            "payment solves it.",
            late=late,
            name=effect["account"].display_name,
            days=term.overdue_days,
        )
        if self._b2b_seat_sees(effect):
            words = self.env._("Invoices of %s are overdue; pay them first.", late)
        else:
            words = self.env._("Open invoices are checked before this order goes on.")
        return Finding(
            code="overdue",
            severity=SEVERITY[term.overdue_action],
            side=SELLER,
            message=message,
            buyer_message=f"{words} {self._b2b_credit_next(term.overdue_action)}",
            amount=self.amount_total,
            solve=self.env._("Pay what is overdue"),
            key=str(term.id),
        )

    def _b2b_credit_money(self, effect):
        return lambda amount: self._b2b_money(amount, effect["currency"])

    def _b2b_seat_sees(self, effect):
        """Whether the figures of an account may be told to the seat of this order."""
        seat = self.sudo().b2b_seat_id
        own = effect["account"].party_id == self.sudo().b2b_party_id
        return bool(own and seat and seat.role_id.see_credit)

    def _b2b_credit_words(self, effect, action):
        """The finding in the buyer's words; figures only for who may see them."""
        money = self._b2b_credit_money(effect)
        if not self._b2b_seat_sees(effect):
            words = self.env._("Credit is checked when you order.")
        elif effect["exposure"].prepaid_only:
            words = self.env._(
                "Your company pays in advance; %s are missing.", money(effect["over"])
            )
        else:
            words = self.env._(
                "This order is %(over)s above your credit: %(left)s of %(limit)s are "
                "left.",
                over=money(effect["over"]),
                left=money(max(effect["exposure"].available, 0.0)),
                limit=money(effect["exposure"].limit),
            )
        return f"{words} {self._b2b_credit_next(action)}"

    def _b2b_credit_next(self, action):
        return {
            "block": self.env._("Our credit team can tell you what to do."),
            "hold": self.env._("Our credit team looks at it."),
            "warn": self.env._("You can order all the same; it is noted."),
        }[action]
