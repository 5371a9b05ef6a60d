from odoo import models

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BUYER, Finding

from ..rules.approval import ALL, ONE, Step, resolve
from ..rules.deciders import climb

RULE = "approval_rule"


class SaleOrder(models.Model):
    """Approval rules as findings of the gate, and whom their steps ask."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if not self.b2b_is_trade:
            return findings
        rules = self.env["b2b.approval.rule"]._b2b_for_order(self)
        return findings + [self._b2b_rule_finding(rule) for rule in rules]

    def _b2b_rule_finding(self, rule):
        """A rule that this order meets.

        :param rule: b2b.approval.rule with all rights lifted
        """
        rule = rule.with_env(self.env).sudo()
        values = {
            "rule": rule.name,
            "condition": rule.condition_text,
            "amount": self._b2b_money(self._b2b_limit_amount()),
        }
        plain = Finding(
            code=RULE,
            severity=AUTHORIZE,
            side=rule.side,
            message=self.env._(
                "“%(rule)s” (%(condition)s) applies; this order is %(amount)s.",
                **values,
            ),
            buyer_message=self.env._("“%s” applies.", rule.name),
            key=str(rule.id),
            amount=self._b2b_limit_amount(),
        )
        if rule.side != BUYER:
            return plain
        names = self._b2b_steps_names(self._b2b_steps_for(plain))
        who = self.env._("%s decides.", names)
        return Finding(
            code=RULE,
            severity=AUTHORIZE,
            side=BUYER,
            message=f"{plain.message} {who}",
            buyer_message=self.env._(
                "“%(rule)s” (%(condition)s) applies. %(names)s will be asked.",
                names=names,
                **values,
            ),
            key=plain.key,
            amount=plain.amount,
            solve=self.env._("Ask %s", names),
        )

    def _b2b_steps_names(self, steps):
        """``Marcus Feld, then Priya Nair``."""
        words = []
        for step in steps:
            names = [user.name for user in step.asked]
            glue = self.env._(" and ") if step.mode == ALL else self.env._(" or ")
            text = glue.join(names) or self.env._("your company's administrator")
            if text not in words[-1:]:
                words.append(text)
        return self.env._(", then ").join(words)

    # -- who is asked ------------------------------------------------------------

    def _b2b_steps_for(self, finding):
        """The steps of a hold of the buyer's side, resolved for this order.

        :param finding: with code and key
        :return: list of :class:`~..rules.approval.Step` that ask res.users
        """
        rule = self._b2b_finding_rule(finding)
        if not rule:
            return [Step(ONE, tuple(self._b2b_buyer_deciders(finding)))]
        order = self.sudo()
        steps = rule.step_ids.filtered(order._b2b_step_counts) or rule.step_ids[-1:]
        named = [order._b2b_step_seats(step) for step in steps]
        plain = [
            Step(
                step.mode,
                tuple(seats.filtered(order._b2b_seat_may_say_yes).user_id),
            )
            for step, seats in zip(steps, named, strict=True)
        ]
        return resolve(
            plain,
            enough=lambda user: order._b2b_seat_may_decide(user._b2b_seat()),
            instead=lambda index, limited: order._b2b_instead_of(
                named[index], limited, finding
            ),
        )

    def _b2b_finding_rule(self, finding):
        """The rule that a finding is about, rights lifted, or an empty one."""
        rules = self.env["b2b.approval.rule"].sudo()
        if finding.code != RULE or not (finding.key or "").isdecimal():
            return rules
        return rules.browse(int(finding.key)).exists()

    def _b2b_step_counts(self, step):
        if not step.min_amount:
            return True
        amount = self._b2b_in_currency(self._b2b_limit_amount(), step.currency_id)
        return amount >= step.min_amount

    def _b2b_step_seats(self, step):
        """Seats of the party that a step names, by person or by role."""
        seats = self.b2b_party_id.b2b_seat_ids
        return seats.filtered(
            lambda seat: seat in step.seat_ids or seat.role_id in step.role_ids
        )

    def _b2b_instead_of(self, seats, limited, finding):
        """Whom to ask when nobody who was named can answer: those above them."""
        fits = self._b2b_seat_may_decide if limited else self._b2b_seat_may_say_yes
        for seat in seats:
            boss = climb(seat, lambda s: s.supervisor_id, fits)
            if boss:
                return boss.user_id
        return self._b2b_standard_deciders()

    def _b2b_buyer_deciders(self, finding):
        """A rule asks the people of its first step (DECISIONS 4)."""
        if not self._b2b_finding_rule(finding):
            return super()._b2b_buyer_deciders(finding)
        users = self.env["res.users"].sudo()
        return users.union(*self._b2b_steps_for(finding)[0].asked)
