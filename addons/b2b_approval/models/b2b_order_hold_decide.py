from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.b2b_party.rules.finding import BLOCK, BUYER, WARN
from odoo.addons.b2b_party.tools import moment

from ..rules import approval


class OrderHold(models.Model):
    """Decisions about holds: yes, no, back to the buyer."""

    _inherit = "b2b.order.hold"

    def _b2b_can_decide(self, user):
        """Whether a user may decide about this hold now.

        :param user: res.users, portal or internal
        """
        self.ensure_one()
        hold = self.sudo()
        if hold.state != "open" or not user.active:
            return False
        if hold.severity == WARN:
            return user == hold.requested_by_id
        if hold.side == BUYER:
            return bool(hold._b2b_acting_for(user))
        caused = hold.requested_by_id | hold.order_id.b2b_orderer_id
        return (
            user._is_internal()
            and hold.company_id in user.company_ids
            and user not in caused
            and user.has_group(hold._b2b_staff_group())
        )

    def _b2b_seat_can_decide(self, user):
        """Whether a user may decide about a hold of the buyer's side, open or not."""
        return bool(self.sudo()._b2b_acting_for(user))

    # -- what people press -------------------------------------------------------

    def action_release(self, comment=""):
        """Say yes to these holds; the order goes on when none is left.

        All open holds of an order that fall to the same person are one decision
        (DECISIONS 4). A hold with several steps stays open until the last one.

        :param str comment: kept with the decision
        :raise AccessError: for somebody who may not decide
        :raise UserError: when somebody else decided in the meantime
        """
        return self._b2b_decide("released", comment)

    def action_refuse(self, comment=""):
        """Refuse these holds; the order goes back to its orderer.

        :param str comment: the reason, told to the orderer; required
        """
        if not (comment or "").strip():
            raise UserError(self.env._("A refusal needs a reason; enter one."))
        return self._b2b_decide("refused", comment)

    def action_ask_back(self, comment=""):
        """Give the order back to whoever ordered, with a question or a remark.

        It can be edited and submitted again; nothing is kept for it meanwhile.

        :param str comment: what the orderer is asked; required
        """
        if not (comment or "").strip():
            raise UserError(
                self.env._("Say what has to change; the comment goes to the orderer.")
            )
        return self._b2b_decide("asked_back", comment)

    def action_acknowledge(self):
        """The orderer takes note of a warning; the order goes on."""
        return self._b2b_decide("released", "", verdict="acknowledged")

    # -- the decision ------------------------------------------------------------

    def _b2b_decide(self, state, comment, verdict=None):
        user = self.env.user
        # sudo: deciders of the customer have no access to holds; each single one is
        # checked for this user right here, before anything is written.
        holds = self.sudo().exists()
        if holds != self or not all(hold._b2b_concerns(user) for hold in holds):
            # The same words for what is not there and what is not theirs.
            raise AccessError(self.env._("You may not decide about this."))
        if not holds:
            return True
        if not user._is_internal():
            holds._b2b_refresh_deciders(tell=False)
        for hold in holds:
            hold._b2b_check_decision(state, user)
        holds |= holds._b2b_same_decision(user)
        orders = holds.order_id
        orders._b2b_touch()
        if state == "released":
            holds._b2b_say_yes(user, comment, verdict)
        else:
            # Asked back, a hold is void: it is neither released nor refused.
            ends = "void" if state == "asked_back" else state
            holds._b2b_close(ends, verdict or state, user, comment)
        orders._b2b_after_decision(state)
        return True

    def _b2b_check_decision(self, state, user):
        """Refuse what this user may not decide, each with its sentence."""
        self.ensure_one()
        if self.state != "open":
            raise UserError(self._b2b_decided_text())
        if state == "released" and self.severity == BLOCK:
            raise UserError(
                self.env._(
                    "%s stops and cannot be released: solve its reason, then check it "
                    "again.",
                    self.order_id.name,
                )
            )
        if self._b2b_can_decide(user):
            if state == "released":
                self._b2b_check_in_time()
            return
        if self._b2b_was_asked(user):
            raise UserError(self._b2b_decided_text())
        raise AccessError(
            self.env._(
                "You may not decide about %(order)s; %(name)s is asked.",
                order=self.order_id.name,
                name=self.waiting_for,
            )
        )

    def _b2b_check_in_time(self):
        """What was kept is free after its time; the job that says so may still come."""
        until = self.order_id.b2b_keep_until
        if until and until < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(order)s was kept until %(date)s; it has to be submitted again, "
                    "at today's prices.",
                    order=self.order_id.name,
                    date=moment(self.env, until),
                )
            )

    def _b2b_was_asked(self, user):
        """Whether this user has answered, or an earlier step asked him and is done."""
        done = self.decision_ids.step_id - self._b2b_open_step()
        return user in self.decision_ids.user_id | done.candidate_ids

    def _b2b_same_decision(self, user):
        """Other open holds of these orders that fall to the same person."""
        holds = self.filtered(lambda h: h.side == BUYER and h.severity != WARN)
        others = holds.order_id.b2b_hold_ids - self
        return others.filtered(
            lambda hold: (
                hold.side == BUYER
                and hold.severity not in (WARN, BLOCK)
                and hold._b2b_can_decide(user)
            )
        )

    def _b2b_say_yes(self, user, comment, verdict=None):
        """Write a yes for each hold; close those that need nobody else."""
        done, going_on = self.browse(), self.browse()
        for hold in self.sorted("id"):
            if hold.side != BUYER or hold.severity == WARN:
                done |= hold
                continue
            hold._b2b_refresh_deciders(tell=False)
            acting = hold._b2b_acting_for(user) or user
            hold._b2b_enter(acting)
            steps, given = hold._b2b_steps(), hold._b2b_given()
            for yes in approval.say_yes(steps, given, acting.id):
                step = hold.step_ids[yes.step]
                hold._b2b_note(
                    "released", user, comment, step=step, acting_for=acting - user
                )
            if hold._b2b_open_step():
                going_on |= hold
            else:
                done |= hold
        plain = done.filtered(lambda hold: not hold.decision_ids)
        (done - plain)._b2b_close("released", None, user, comment)
        plain._b2b_close("released", verdict or "released", user, comment)
        going_on._b2b_next_step()

    def _b2b_enter(self, acting):
        """An administrator who steps in is one of those who are asked."""
        step = self._b2b_open_step()
        if step and acting not in step.candidate_ids:
            step.candidate_ids |= acting

    def _b2b_next_step(self):
        """Ask those whose turn it is now."""
        for hold in self:
            before = hold.decider_ids
            hold.write(hold._b2b_turn())
            asked = hold._b2b_asked_now()
            if asked != hold.decider_ids:
                hold._b2b_open_step().candidate_ids |= asked
                hold.decider_ids = asked
            hold._b2b_ask(asked - before)

    def _b2b_concerns(self, user):
        """Whether a user may know of this hold: staff of the company that sells, and
        people of the party."""
        self.ensure_one()
        if user._is_internal():
            return self.company_id in user.company_ids
        return self.party_id.id in user._b2b_party_ids()

    def _b2b_decided_text(self):
        """``Priya approved S00431 at 10:02``, for who comes second."""
        decision = self.decision_ids[:1]
        if not decision:
            return self.env._("%s does not wait any more.", self.order_id.name)
        return decision._b2b_text()

    def _b2b_close(self, state, verdict, user, comment=""):
        """Write a decision once: of two deciders at once the second is told.

        :param str state: ``released``, ``refused`` or ``void``
        :param str verdict: of the decision row; None when it is written already
        """
        acting = {hold: hold._b2b_other(user) for hold in self} if verdict else {}
        self.flush_recordset()
        for hold in self.sorted("id"):
            self.env.cr.execute(
                SQL(
                    """UPDATE b2b_order_hold SET write_date = write_date
                        WHERE id = %s AND state = 'open' RETURNING id""",
                    hold.id,
                )
            )
            if not self.env.cr.fetchone():
                hold.invalidate_recordset(flush=False)
                raise UserError(hold._b2b_decided_text())
        # Through the ORM, so that counters which listen to a release book now.
        self.write({"state": state})
        for hold, other in acting.items():
            hold._b2b_note(verdict, user, comment, acting_for=other)

    def _b2b_other(self, user):
        """The one in whose place a user decides, empty when in his own name."""
        if self.side != BUYER or self.severity == WARN:
            return self.env["res.users"]
        return self._b2b_acting_for(user) - user

    def _b2b_note(
        self, verdict, user, comment="", *, step=None, acting_for=None, **more
    ):
        """Append one row to the history of this hold."""
        self.ensure_one()
        return (
            self.env["b2b.order.hold.decision"]
            .sudo()
            .create(
                {
                    "hold_id": self.id,
                    "user_id": user.id,
                    "acting_for_id": acting_for.id if acting_for else False,
                    "step_id": step.id if step else False,
                    "verdict": verdict,
                    "amount": self.amount,
                    "currency_id": self.currency_id.id,
                    "decided_at": fields.Datetime.now(),
                    "comment": (comment or "").strip(),
                    **more,
                }
            )
        )

    def _b2b_void(self):
        """Close open holds whose reason is gone."""
        self.filtered(lambda hold: hold.state == "open").sudo().write({"state": "void"})


class OrderHoldDecision(models.Model):
    _inherit = "b2b.order.hold.decision"

    def _b2b_text(self):
        """``Marcus Feld for Priya Nair approved S00431 at 10:02``."""
        self.ensure_one()
        row = self.sudo()
        today = fields.Datetime.context_timestamp(self, fields.Datetime.now()).date()
        local = fields.Datetime.context_timestamp(self, row.decided_at)
        when = moment(self.env, row.decided_at)
        values = {
            "who": row._b2b_who(),
            "order": row.hold_id.order_id.name,
            "when": f"{local:%H:%M}" if local.date() == today else when,
        }
        if row.verdict == "refused":
            return self.env._("%(who)s refused %(order)s at %(when)s.", **values)
        if row.verdict == "asked_back":
            return self.env._("%(who)s gave %(order)s back at %(when)s.", **values)
        if row.verdict in ("acknowledged", "not_acknowledged"):
            return self.env._(
                "%(order)s: a warning was noted at %(when)s, nobody approved it.",
                **values,
            )
        return self.env._("%(who)s approved %(order)s at %(when)s.", **values)

    def _b2b_who(self):
        """Who decided, and in whose place."""
        self.ensure_one()
        if not self.acting_for_id:
            return self.user_id.name
        return self.env._(
            "%(who)s for %(other)s",
            who=self.user_id.name,
            other=self.acting_for_id.name,
        )

    def _b2b_who_for_buyer(self):
        """The same for the customer's side, which knows our house, not our people."""
        self.ensure_one()
        row = self.sudo()
        if row.hold_id.side == "seller" and row.user_id._is_internal():
            return row.company_id.name
        return row._b2b_who()
