from odoo import api, models

from odoo.addons.b2b_party.rules.finding import BUYER, WARN, Finding

from ..rules import approval, substitute


class OrderHold(models.Model):
    """Who is asked about a hold, step by step."""

    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_plan(self, order, finding):
        """The steps in which a finding is decided.

        :return: list of :class:`~..rules.approval.Step` that ask res.users; a single
            one that asks nobody by name for warnings and for holds of our side
        """
        if finding.side == BUYER and finding.severity != WARN:
            return order._b2b_steps_for(finding)
        return [approval.Step(approval.ONE)]

    @api.model
    def _b2b_step_values(self, steps):
        return [
            {
                "sequence": number,
                "mode": step.mode,
                "limited": step.limited,
                "candidate_ids": [(6, 0, [user.id for user in step.asked])],
            }
            for number, step in enumerate(steps, 1)
        ]

    # -- where the decision stands -----------------------------------------------

    def _b2b_steps(self):
        """The steps as plain values; they ask the ids of users."""
        self.ensure_one()
        return [
            approval.Step(step.mode, tuple(step.candidate_ids.ids), step.limited)
            for step in self.step_ids
        ]

    def _b2b_given(self):
        """The yeses that were given, each in somebody's place."""
        self.ensure_one()
        number = {step: index for index, step in enumerate(self.step_ids)}
        return [
            approval.Yes(number[row.step_id], (row.acting_for_id or row.user_id).id)
            for row in self.decision_ids
            if row.step_id in number and row.verdict == "released"
        ]

    def _b2b_open_step(self):
        """The step that waits, an empty record when none does."""
        self.ensure_one()
        index = approval.open_step(self._b2b_steps(), self._b2b_given())
        return self.step_ids[index] if index is not None else self.step_ids.browse()

    @api.depends("state", "step_number", "step_count")
    def _compute_step_text(self):
        for hold in self.sudo():
            hold.step_text = hold.state == "open" and hold.step_count > 1
            if hold.step_text:
                hold.step_text = self.env._(
                    "%(number)s of %(count)s",
                    number=hold.step_number,
                    count=hold.step_count,
                )

    def _b2b_asked_now(self):
        """Whom the open step asks today: those who were asked and still may answer.

        When none of them may any more (left, another role, a lower limit), those are
        asked who would be asked if the order was submitted now.

        :return: res.users with all rights lifted
        """
        self.ensure_one()
        return self.decider_ids.filtered(self._b2b_user_fits) or self._b2b_asked_anew()

    def _b2b_user_fits(self, user):
        """Whether a user may still say yes in the open step."""
        seat = user._b2b_seat()
        if not seat:
            return False
        if self.limited:
            return self.order_id._b2b_seat_may_decide(seat)
        return self.order_id._b2b_seat_may_say_yes(seat)

    def _b2b_asked_anew(self):
        users, step = self.env["res.users"].sudo(), self._b2b_open_step()
        if not step:
            return users
        plan = self.order_id._b2b_steps_for(self._b2b_as_finding())
        if len(plan) == len(self.step_ids):
            given = {yes.who for yes in self._b2b_given()}
            asked = plan[self.step_ids.ids.index(step.id)].asked
            users = users.union(*(user for user in asked if user.id not in given))
        fits = users.filtered(self._b2b_user_fits)
        return fits or self.order_id._b2b_standard_deciders()

    def _b2b_turn(self):
        """Whose turn it is in the open step: those who have not answered yet.

        :return: values of ``decider_ids``, ``limited`` and ``step_number``
        """
        self.ensure_one()
        step, given = self._b2b_open_step(), self._b2b_given()
        number = self.step_ids.ids.index(step.id)
        answered = {yes.who for yes in given if yes.step == number}
        users = step.candidate_ids.filtered(lambda user: user.id not in answered)
        return {
            "decider_ids": [(6, 0, users.ids)],
            "limited": step.limited,
            "step_number": number + 1,
        }

    def _b2b_as_finding(self):
        """The finding that this hold was opened for."""
        self.ensure_one()
        return Finding(
            code=self.code,
            severity=self.severity,
            side=self.side,
            message=self.message or "",
            key=self.key or "",
        )

    def _b2b_refresh_deciders(self, tell=True):
        """Write whom the open step asks today, and tell those who are new.

        :param bool tell: False for whoever decides right now
        :return: res.users who were not asked before
        """
        fresh = self.env["res.users"].sudo()
        holds = self.sudo().filtered(
            lambda hold: (
                hold.state == "open" and hold.side == BUYER and hold.severity != WARN
            )
        )
        for hold in holds:
            asked = hold._b2b_asked_now()
            if asked == hold.decider_ids:
                continue
            step = hold._b2b_open_step()
            new = asked - hold.decider_ids
            fresh |= new
            # Those who left are no longer needed where all of them are asked.
            gone = hold.decider_ids - asked
            step.candidate_ids = (step.candidate_ids - gone) | asked
            hold.decider_ids = asked
            if tell:
                hold._b2b_ask(new)
        return fresh

    @api.model
    def _b2b_look_for_deciders(self):
        """Scheduled: ask whoever may decide by now where nobody could.

        A role or limit changed, somebody left or came; both ends are found here, even
        when nobody opens the page.
        """
        domain = [("state", "=", "open"), ("side", "=", BUYER)]
        self.sudo().search(domain, limit=1000)._b2b_refresh_deciders()

    def action_ask_again(self):
        """Staff button: look who may decide now, and ask those who are new."""
        self.check_access("read")
        # sudo: staff may not write holds; this writes whom the rules name, no more.
        self.sudo()._b2b_refresh_deciders()
        return True

    # -- in whose place ----------------------------------------------------------

    def _b2b_acting_for(self, user):
        """In whose place a user decides about this hold of the buyer's side.

        :return: res.users: himself, the one he stands in for, or an empty one
        """
        self.ensure_one()
        nobody = self.env["res.users"].sudo()
        seat = user._b2b_seat()
        if not seat or seat.party_id != self.party_id:
            return nobody
        # Only those are looked at in whose place he could decide: lists of many holds
        # need not know whether somebody else still may.
        stands_in_for = self._b2b_stands_in_for(seat)
        asked = self.decider_ids.filtered(
            lambda u: (u == user or u.id in stands_in_for) and self._b2b_user_fits(u)
        )
        found = substitute.acting_for(user.id, asked.ids, stands_in_for)
        if found:
            return nobody.browse(found)
        # The company's administrator may always step in where the company has not
        # laid down by a rule who decides.
        if (
            seat.role_id.manage_seats
            and not self.rule_id
            and self.order_id._b2b_seat_may_decide(seat)
        ):
            return user.sudo()
        if any(other._b2b_can("approve") for other in self.decider_ids):
            return nobody
        # All of those who were asked are gone.
        return self._b2b_asked_anew() & user.sudo()

    def _b2b_stands_in_for(self, seat):
        """Ids of the users in whose place the person of this seat may decide today."""
        users = seat._b2b_stands_in_for(seat.party_id._b2b_today())
        # Most people stand in for nobody: then there is nothing to look up.
        return users if users and self.order_id._b2b_seat_may_say_yes(seat) else ()
