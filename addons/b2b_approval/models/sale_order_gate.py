from textwrap import shorten

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.b2b_party.exceptions import GateBlocked, LimitExceeded
from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BLOCK, WARN, split

from ..rules import deadline, snapshot

#: Subjects of mails are no longer.
SUBJECT_MOST = 90

#: Decisions after which the order is its buyer's again.
RETURNED = ("refused", "asked_back")


class WarningsToAsk(Exception):
    """Somebody at the screen is asked first; carries the findings."""

    def __init__(self, findings):
        super().__init__("warnings")
        self.findings = findings


class SaleOrder(models.Model):
    """The gate with holds: pass only clear orders on, let the others wait."""

    _inherit = "sale.order"

    def _b2b_run_gate(self, confirm):
        trade = self.filtered("b2b_is_trade")
        retail = self - trade
        result = super(SaleOrder, retail)._b2b_run_gate(confirm) if retail else True
        for order in trade:
            if order == self and self.env.context.get("b2b_ask"):
                return order._b2b_ask_and_pass(confirm)
            outcome = order._b2b_pass_gate(confirm)
            if order == self:
                return outcome
        return result

    def _b2b_ask_and_pass(self, confirm):
        """The same for somebody at the screen: warnings are asked in a dialog first.

        Sending the key of the context without a screen only gets the dialog back.
        """
        try:
            with self.env.cr.savepoint():
                return self._b2b_pass_gate(confirm)
        except WarningsToAsk as asked:
            return self.env["b2b.order.acknowledge"]._b2b_dialog(self, asked.findings)

    def _b2b_pass_gate(self, confirm):
        """Confirm one trade order when nothing stops it, else hold it.

        :param confirm: function of a recordset: the original confirmation
        :return: what ``confirm`` returned, or True for an order that now waits
        :raise GateBlocked: for somebody who can read it, with what blocks
        """
        if self.state not in ("draft", "sent"):
            return confirm(self)
        if self._b2b_time_is_over():
            # The job that ends it may still come; its old prices count no more.
            self._b2b_end_waiting()
        frozen = self.b2b_submit_state == "waiting"
        notes = self._b2b_price_anew()
        # Written first: both reach the row in one statement. A waiting order that
        # somebody else decides meanwhile makes that statement fail all the same.
        self._b2b_begin_submission()
        self._b2b_touch()
        if not frozen:
            self._b2b_settle_lines()
        groups = split(self._b2b_open_findings() + notes)
        if groups[BLOCK] and not self._b2b_is_unattended():
            raise GateBlocked(groups[BLOCK])
        self._b2b_settle_warnings(groups[WARN])
        stops = groups[BLOCK] + groups[AUTHORIZE]
        if stops:
            self._b2b_wait(stops)
            return True
        return self._b2b_confirm_clear(confirm)

    def _b2b_wait(self, findings):
        """Hold the order; what it reserves meanwhile may be refused as well.

        A waiting order reserves its amount in budgets that did not object. When such
        a counter refuses (somebody was quicker), that becomes one more hold.
        """
        seen = set()
        while True:
            try:
                with self.env.cr.savepoint():
                    return self._b2b_hold(findings)
            except LimitExceeded as refusal:
                if refusal.finding.identity in seen:
                    raise
                seen.add(refusal.finding.identity)
                findings = [*findings, refusal.finding]

    def _b2b_confirm_clear(self, confirm):
        """Confirm; a counter that refuses at the last moment makes a hold.

        Only our own refusal is caught. Serialization failures must go up, so that
        the request is repeated on a fresh snapshot.
        """
        try:
            with self.env.cr.savepoint(), self._b2b_inside_gate():
                self.sudo().write(
                    {"b2b_gate_pass": self._b2b_snapshot(), "b2b_gate_state": "clear"}
                )
                result = confirm(self)
                # With the rest in one statement, and undone with it.
                self._b2b_end_submission("done", "clear")
                self.env.flush_all()
        except LimitExceeded as refusal:
            self._b2b_wait([refusal.finding])
            return True
        return result

    def _b2b_open_findings(self):
        """Findings that no release covers."""
        self.ensure_one()
        return [
            finding
            for finding in self._b2b_findings()
            if not self._b2b_released(finding.code, finding.key)
        ]

    def _b2b_released(self, code, key=""):
        """The released hold about this subject that still covers the order.

        :return: b2b.order.hold, empty when there is none or the order grew since
        """
        self.ensure_one()
        holds = self.sudo().b2b_hold_ids.filtered(
            lambda hold: (
                hold.state == "released"
                and hold.code == code
                and (hold.key or "") == key
            )
        )
        if not holds:
            return holds
        now, tolerance = self._b2b_snapshot(), self.company_id.b2b_release_tolerance
        return holds.filtered(
            lambda hold: snapshot.covers(hold.snapshot, now, tolerance)
        )[:1]

    def _b2b_hold(self, findings):
        """Let the order wait for decisions about these findings.

        Open holds whose reason is gone become void; others are not doubled.
        """
        self.ensure_one()
        order = self.sudo()
        wanted = {finding.identity: finding for finding in findings}
        now = order._b2b_snapshot()
        for hold in order.b2b_open_hold_ids:
            identity = (hold.code, hold.key or "")
            if identity in wanted and snapshot.covers(hold.snapshot, now):
                del wanted[identity]
            else:
                hold._b2b_void()
        holds = order.env["b2b.order.hold"]._b2b_open(order, list(wanted.values()))
        open_holds = order.b2b_hold_ids.filtered(lambda hold: hold.state == "open")
        order.write(
            {
                "b2b_submit_state": "waiting",
                "b2b_gate_state": "held",
                "b2b_keep_until": max(open_holds.mapped("keep_until")),
            }
        )
        holds._b2b_announce()
        return holds

    def _b2b_keep_until_for(self, side):
        days = (
            self.company_id.b2b_keep_days_buyer
            if side == "buyer"
            else self.company_id.b2b_keep_days_seller
        )
        return deadline.add_working_days(fields.Datetime.now(), days)

    def _b2b_settle_warnings(self, findings):
        """Ask whoever sits at the screen, else keep that nobody took note.

        :param findings: list of Finding with severity ``warn``
        :raise WarningsToAsk: to be asked in a dialog; everything is rolled back
        """
        if not findings:
            return
        if self.env.context.get("b2b_ask") and not self._b2b_is_unattended():
            raise WarningsToAsk(findings)
        channel = self.sudo().b2b_channel_id.name or self.env._("no channel")
        comment = self.env._(
            "Nobody was there to take note of it. Sales channel: %s", channel
        )
        for finding in findings:
            self._b2b_record_warning(
                finding, "not_acknowledged", self.env.user, comment
            )

    def _b2b_record_acknowledged(self, finding):
        """Keep that the orderer took note of a warning, and when."""
        user = self.b2b_orderer_id or self.env.user
        self._b2b_record_warning(finding, "acknowledged", user)

    def _b2b_record_warning(self, finding, verdict, user, comment=""):
        order = self.sudo()
        holds = order.env["b2b.order.hold"]._b2b_open(order, [finding])
        holds._b2b_close("released", verdict, user, comment)
        if verdict == "acknowledged":
            self._b2b_note_taken(finding)

    def _b2b_after_decision(self, state):
        """Go on after a decision: confirm, return, or keep waiting.

        :param str state: ``released``, ``refused`` or ``asked_back``, as just decided
        """
        for order in self.sudo():
            if order.b2b_submit_state != "waiting":
                continue
            if state in RETURNED:
                order._b2b_end_submission("failed", state)
                order._b2b_tell_orderer("_b2b_returned_text")
            elif not order.b2b_hold_ids.filtered(lambda hold: hold.state == "open"):
                with order._b2b_unattended():
                    order.action_confirm()
                order._b2b_tell_orderer("_b2b_released_text")

    def _b2b_returned_text(self):
        """What the orderer reads when the order comes back, in his language."""
        decision = self.b2b_hold_ids.decision_ids.sorted("id")[-1:]
        values = {
            "order": self.name,
            "name": decision._b2b_who_for_buyer(),
            "comment": decision.comment or "",
        }
        if decision.verdict == "asked_back":
            return self.env._(
                "%(order)s came back from %(name)s: %(comment)s You can change it and "
                "send it again.",
                **values,
            )
        return self.env._("%(order)s was refused by %(name)s: %(comment)s", **values)

    def _b2b_released_text(self):
        """What the orderer reads when nothing waits any more; empty when it does."""
        # What nobody took note of was decided by nobody, and is of our files.
        decided = self.b2b_hold_ids.decision_ids.filtered(
            lambda row: row.verdict != "not_acknowledged"
        )
        decision = decided.sorted("id")[-1:]
        if self.state != "sale" or not decision:
            return ""
        text = self.env._(
            "%(order)s was approved by %(name)s and is confirmed.",
            order=self.name,
            name=decision._b2b_who_for_buyer(),
        )
        return f"{text} {decision.comment}" if decision.comment else text

    def _b2b_tell_orderer(self, text):
        """Tell the person who ordered, and keep the message on the order.

        :param str text: name of the method that makes the text, asked in the language
            of who ordered; nothing is sent for an empty one
        """
        self.ensure_one()
        orderer = self.b2b_orderer_id
        reader = self.with_context(lang=orderer.lang or self.env.lang)
        body = getattr(reader, text)()
        if not body:
            return
        # Mails only to who still has a seat; our own people read the order.
        partner = orderer.partner_id if orderer.active else orderer.partner_id.browse()
        self.message_post(
            body=body,
            subject=shorten(body, SUBJECT_MOST, placeholder="…"),
            partner_ids=partner.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def action_b2b_check_again(self):
        """Staff button: evaluate the waiting order once more.

        Whoever decides about one of its holds may ask for it as well as those who may
        change the order: what is answered is the same.
        """
        self.check_access("read" if self.env.user._is_internal() else "write")
        for order in self:
            if order.b2b_submit_state != "waiting":
                raise UserError(self.env._("%s does not wait any more.", order.name))
        # The job that ends them may still come; what was kept is free already.
        over = self.filtered(lambda order: order._b2b_time_is_over())
        over.sudo()._b2b_expire()
        going_on = self - over
        if going_on.has_access("write"):
            return going_on.action_confirm() if going_on else True
        for order in going_on:
            if not order._b2b_decidable_holds(self.env.user):
                raise AccessError(
                    self.env._("You decide about nothing of %s.", order.name)
                )
            # sudo: who decides need not have the right to change orders.
            with order._b2b_unattended():
                order.sudo().action_confirm()
        return True
