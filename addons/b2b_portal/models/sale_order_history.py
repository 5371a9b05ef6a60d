from odoo import api, models
from odoo.exceptions import MissingError, UserError
from odoo.tools import groupby

#: Pictures of the timeline.
TIMELINE = {
    "refused": "fa-times",
    "asked_back": "fa-reply",
    "written": "fa-file-text-o",
    "not_acknowledged": "fa-exclamation-triangle",
}

#: Rows of one kind and minute that stand one by one.
TOGETHER = 3


class SaleOrder(models.Model):
    """What happened to an order before it was confirmed, and what comes back."""

    _inherit = "sale.order"

    def _b2b_history_rows(self):
        """Everything that was asked and decided, the earliest first.

        Many of one kind at one time, as 45 warnings ticked at once, are one row with
        the others in ``more``.
        """
        rows = [
            {"when": self._b2b_when(when), "text": text, "comment": said, "icon": icon}
            for when, _number, text, said, icon in sorted(
                self._b2b_history_facts(), key=lambda row: row[:2]
            )
        ]
        found = []
        for _key, alike in groupby(rows, lambda row: (row["when"], row["icon"])):
            if len(alike) <= TOGETHER or any(row["comment"] for row in alike):
                found += alike
                continue
            more = [row["text"] for row in alike[1:]]
            words = self.env._("and %s more", len(more))
            found.append({**alike[0], "more": more, "more_text": words})
        return found

    def _b2b_history_facts(self):
        """``[(moment, number within it, text, comment, icon)]`` in any order.

        The customer reads what its own people decided by name, what we decided by our
        house, and our reasons only in the words that are meant for it.
        """
        self.ensure_one()
        rows = []
        for hold in self.b2b_hold_ids:
            if hold.severity != "warn":
                waits = self.env._("Waits: %s", hold._b2b_history_text())
                rows.append((hold.create_date, 0, waits, "", "fa-hourglass-half"))
        # sudo: whoever sees the order may know that it was paid, not by what means.
        for payment in self.sudo().transaction_ids:
            if payment.state == "done" and payment.amount > 0:
                paid = self.env._("Your payment was received")
                when = payment.last_state_change or payment.create_date
                rows.append((when, payment.id, paid, "", "fa-credit-card"))
        rows_told = self.b2b_decision_ids.filtered(lambda row: row._b2b_is_told())
        for row in rows_told.with_env(self.env):
            icon = TIMELINE.get(row.verdict, "fa-check")
            said = row.comment if row._b2b_comment_is_for_buyer() else ""
            rows.append((row.decided_at, row.id, row._b2b_timeline_text(), said, icon))
        return rows

    def _b2b_written_approvals(self):
        """Documents by which the customer approved in writing, each once."""
        self.ensure_one()
        return self.b2b_decision_ids.attachment_id

    # -- given back ----------------------------------------------------------------

    def _b2b_may_edit_again(self):
        """Whether the order was given back and waits for its buyer."""
        return (
            self.state == "draft"
            and self.b2b_submit_state == "failed"
            and self.b2b_gate_state == "asked_back"
            and not self.b2b_is_cart
        )

    def _b2b_edit_again(self, ctx):
        """Make an order that was given back a cart again, at today's prices.

        Other carts stay beside it.

        :raise MissingError: for an order of somebody else
        :raise UserError: when it cannot be edited, or there is no room for a cart
        """
        self.ensure_one()
        if self.b2b_orderer_id != ctx.user or self.b2b_seat_id != ctx.seat:
            raise MissingError(self.env._("There is no such order."))
        self._b2b_touch()
        if not self._b2b_may_edit_again():
            raise UserError(
                self.env._("%s was not given back to you; it stays.", self.name)
            )
        main = ctx.carts.filtered(lambda cart: not cart.b2b_cart_name)
        if main and not main._b2b_holds_something():
            # Nothing is lost with it, and the order need not be told from it.
            main.unlink()
        self._b2b_cart_again(ctx)
        self._b2b_cart_reprice()

    def _b2b_holds_something(self):
        """Whether a cart has articles, files, or words that somebody typed."""
        self.ensure_one()
        return bool(
            self._b2b_cart_quantities()
            or self.b2b_file_number
            or self.client_order_ref
            or self.b2b_warehouse_note
            or self.b2b_reason
        )


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {
            **super()._b2b_reasons(),
            "address": self.env._("Address"),
            "payment": self.env._("Payment"),
        }

    def _b2b_history_text(self):
        """Why the order waited, as it is told afterwards."""
        return self._b2b_told("buyer_message") or self.reason

    def _b2b_acting_names(self, user):
        """In whose place a user decides about these holds, as text."""
        others = self.env["res.users"]
        for hold in self:
            others |= hold._b2b_acting_for(user) - user
        return ", ".join(others.mapped("name"))


class OrderHoldDecision(models.Model):
    _inherit = "b2b.order.hold.decision"

    def _b2b_is_told(self):
        """Whether the customer reads about it in what happened."""
        # A warning that nobody could close is of our files, like the warning itself.
        return self.verdict != "not_acknowledged"

    def _b2b_comment_is_for_buyer(self):
        """Our own remarks on a release stay with us; what goes to the buyer shows."""
        if self.verdict == "not_acknowledged":
            return False
        return self.hold_id.side == "buyer" or self.verdict == "refused"

    def _b2b_timeline_text(self):
        """``Marcus Feld for Priya Nair approved``, for the customer's page."""
        _ = self.env._
        who = self._b2b_who_for_buyer()
        hold = self.hold_id
        # What our own people took note of is told in the words meant for the customer.
        what = hold._b2b_told("buyer_message") or (hold.side == "buyer" and hold.reason)
        if self.verdict == "acknowledged" and what:
            return _("%(who)s took note: %(what)s", who=who, what=what)
        return {
            "released": _("%s approved", who),
            "refused": _("%s refused", who),
            "asked_back": _("%s gave it back", who),
            "written": _("Approved in writing, recorded by %s", self.company_id.name),
            "acknowledged": _("%s took note", who),
            "not_acknowledged": _("Nobody was there to take note of a warning"),
        }[self.verdict]
