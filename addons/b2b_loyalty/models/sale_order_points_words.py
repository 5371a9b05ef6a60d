from odoo import models
from odoo.tools.misc import format_date, formatLang

from odoo.addons.b2b_party.rules.finding import BUYER, WARN, Finding

from ..rules import redeem
from .sale_order_points import OPEN

#: What may have happened since the points were entered, and nobody saw it.
SINCE = (redeem.BALANCE, redeem.CLOSED)


class SaleOrder(models.Model):
    """Points of an order in words, for both sides."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        """Somebody else used the points meanwhile: the orderer takes note first."""
        findings = super()._b2b_findings()
        # sudo: asked in the name of portal users as well.
        finding = self.sudo()._b2b_points_finding()
        return [*findings, finding] if finding else findings

    def _b2b_points_look_again(self):
        """Settle an open order whose points are not what they were; else write nothing.

        A page that is only looked at shall not write.
        """
        if self._b2b_points_mode() != OPEN:
            return
        found = self._b2b_points_open_use()
        shown = (self.b2b_points_used, self.b2b_points_reason or "")
        if shown != (found.points, found.reason or ""):
            self._b2b_points_settle()

    def _b2b_points_finding(self):
        fewer = self.b2b_points_used < self.b2b_points_wanted
        if not fewer or self.b2b_points_reason not in SINCE:
            return None
        if self._b2b_points_mode() != OPEN:
            return None
        text = self._b2b_points_fewer_text()
        solve = self.env._("Enter how many points to use.")
        return Finding("points", WARN, BUYER, text, text, solve=solve)

    def _b2b_points_fewer_text(self):
        """How many of the wanted points are used, and why not all."""
        return self.env._(
            "%(used)s of %(wanted)s points are used. %(reason)s",
            used=formatLang(self.env, self.b2b_points_used, digits=0),
            wanted=formatLang(self.env, self.b2b_points_wanted, digits=0),
            reason=self._b2b_points_reason_text(self.b2b_points_reason),
        )

    def _b2b_points_words(self):
        """``1,500 points take £15.00 off``; empty without points."""
        self.ensure_one()
        if not self.b2b_points_used and not self.b2b_points_reason:
            return ""
        words = self.env._(
            "%(points)s points take %(amount)s off.",
            points=formatLang(self.env, self.b2b_points_used, digits=0),
            amount=self._b2b_money(self.b2b_points_value),
        )
        reason = self.b2b_points_reason
        if reason not in SINCE and self._b2b_points_mode() != OPEN:
            # The goods of an order that is submitted may be others by now.
            reason = ""
        if not self.b2b_points_used:
            return self._b2b_points_reason_text(reason)
        if reason and self.b2b_points_used < self.b2b_points_wanted:
            return f"{words} {self._b2b_points_reason_text(reason)}"
        return words

    def _b2b_points_reason_text(self, reason, account=None):
        """Why it is not as many points as were wanted; empty without a reason."""
        if not reason:
            return ""
        _ = self.env._
        program = (account or self._b2b_points_account()).program_id
        percent = formatLang(self.env, program.redeem_percent, digits=2)
        percent = percent.rstrip("0").rstrip(".,")
        day = program.redeem_to or program.date_from
        texts = {
            redeem.NO_VALUE: lambda: _("Points of this program have no value yet."),
            redeem.CLOSED: lambda: self._b2b_points_closed_text(program, day),
            redeem.BALANCE: lambda: _("There are no more points to use."),
            redeem.MINIMUM: lambda: _(
                "At least %s points are used on an order.",
                formatLang(self.env, program.redeem_minimum, digits=0),
            ),
            redeem.SHARE: lambda: _("Points pay at most %s %% of the goods.", percent),
            redeem.GOODS: lambda: _("Points pay goods only, not more than they cost."),
            redeem.UNIT: lambda: _("So few points are worth nothing on this order."),
        }
        return texts[reason]() if reason in texts else ""

    def _b2b_points_closed_text(self, program, day):
        if not program.active or not day:
            return self.env._("Points of “%s” cannot be used any more.", program.name)
        if program.date_from and program.date_from > self._b2b_points_today():
            return self.env._(
                "Points of “%(program)s” can be used from %(day)s.",
                program=program.name,
                day=format_date(self.env, program.date_from),
            )
        return self.env._(
            "Points of “%(program)s” could be used until %(day)s.",
            program=program.name,
            day=format_date(self.env, day),
        )

    def _b2b_points_tell(self, before, found):
        """Say on an order that it has fewer points than before; a cart shows it."""
        cart = "b2b_is_cart" in self._fields and self.b2b_is_cart
        if not before or found.points >= before or cart:
            return
        if found.points == self.b2b_points_wanted:
            return
        self.message_post(
            body=self.env._(
                "Points lowered from %(before)s to %(after)s. %(reason)s",
                before=f"{before:,}",
                after=f"{found.points:,}",
                reason=self._b2b_points_reason_text(found.reason),
            )
        )
