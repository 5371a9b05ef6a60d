from odoo import models

from odoo.addons.b2b_party.rules.finding import BLOCK, BUYER, Finding

from ..rules.terms import needs_seat


class SaleOrder(models.Model):
    """The words of the findings: what, where, what to do."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if self.b2b_historical:
            return findings
        order = self.sudo()
        terms, days = order._b2b_covering_terms()
        if not terms and not order.b2b_party_id._b2b_demands_pot():
            return findings
        findings += order._b2b_budget_choice_findings(terms, days)
        for effect in order._b2b_budget_effect():
            if effect["over_maximum"]:
                findings.append(order._b2b_maximum_finding(effect))
            if effect["over"]:
                findings.append(order._b2b_budget_finding(effect))
        return findings

    def _b2b_budget_choice_findings(self, terms, days):
        """The order does not say whose, or which, budget it counts in."""
        self.ensure_one()
        party = self.b2b_party_id.name
        if needs_seat(terms, self.b2b_seat_id.id, days):
            return [
                Finding(
                    code="budget_seat",
                    severity=BLOCK,
                    side=BUYER,
                    message=self.env._(
                        "%s has budgets per seat; enter on behalf of which seat this "
                        "order is.",
                        party,
                    ),
                    buyer_message=self.env._(
                        "Your company has budgets per person; this order must name "
                        "the person."
                    ),
                    solve=self.env._("Choose the seat"),
                )
            ]
        finding = self._b2b_pot_finding()
        return [finding] if finding else []

    def _b2b_pot_finding(self):
        """Several pots and none is chosen, or the party demands one and has none."""
        if self.b2b_budget_id:
            return None
        pots, text = self._b2b_available_pots(), ""
        enough = 0 if self._b2b_counts_in_budgets() else 1
        if len(pots) > enough and (enough == 0 or not self._b2b_preset_pot()):
            names = ", ".join(pots.mapped("name"))
            text = self.env._("Choose what this order is for: %s.", names)
        elif not pots and self.b2b_party_id._b2b_demands_pot():
            text = self._b2b_no_pot_text()
        return text and Finding(
            code="budget_pot",
            severity=BLOCK,
            side=BUYER,
            message=text,
            buyer_message=text,
            solve=self.env._("Choose the pot") if pots else self.env._("Ask for a pot"),
        )

    def _b2b_no_pot_text(self):
        """Who keeps the budgets is not told to ask for one."""
        party = self.b2b_party_id.name
        if self.env.user._b2b_can("manage_budgets"):
            return self.env._(
                "Each order of %s names a cost centre or event, and none is open to "
                "it; make one under Budgets.",
                party,
            )
        return self.env._(
            "Each order of %s names a cost centre or event, and none is open to "
            "it; ask the company's administrator for one.",
            party,
        )

    def _b2b_budget_finding(self, effect):
        """The order is above what is left of a budget."""
        budget, currency = effect["budget"], effect["currency"]
        label = self.env._(
            "“%(budget)s, %(period)s”",
            budget=budget.name,
            period=effect["period_label"],
        )
        message = self.env._(
            "Budget %(label)s of %(total)s: %(used)s booked, %(pending)s waiting; with "
            "this order of %(amount)s it is %(over)s too much.",
            label=label,
            total=self._b2b_money(effect["total"], currency),
            used=self._b2b_money(effect["used"], currency),
            pending=self._b2b_money(effect["pending"], currency),
            amount=self._b2b_money(effect["amount"], currency),
            over=self._b2b_money(effect["over"], currency),
        )
        buyer_message = self.env._(
            "This order is %(over)s above what is left of %(label)s (%(left)s).",
            over=self._b2b_money(effect["over"], currency),
            label=label,
            left=self._b2b_money(effect["left_before"], currency),
        )
        return self._b2b_limit_finding(
            "budget", effect, message, buyer_message, effect["over"]
        )

    def _b2b_maximum_finding(self, effect):
        """The order is above the most that one order may come to."""
        budget, currency = effect["budget"], effect["currency"]
        values = {
            "amount": self._b2b_money(effect["amount"], currency),
            "over": self._b2b_money(effect["over_maximum"], currency),
            "budget": budget.name,
            "maximum": self._b2b_money(effect["order_maximum"], currency),
        }
        if budget.tax_basis == "untaxed":
            message = self.env._(
                "This order of %(amount)s is %(over)s above the order maximum of "
                "“%(budget)s” (%(maximum)s excl. tax).",
                **values,
            )
        else:
            message = self.env._(
                "This order of %(amount)s is %(over)s above the order maximum of "
                "“%(budget)s” (%(maximum)s incl. tax).",
                **values,
            )
        return self._b2b_limit_finding(
            "order_maximum", effect, message, message, effect["over_maximum"]
        )

    def _b2b_limit_finding(self, code, effect, message, buyer_message, over):
        """Complete a finding with who decides and what would solve it."""
        plain = Finding(
            code=code,
            severity=effect["action"],
            side=BUYER,
            message=message,
            buyer_message=buyer_message,
            key=str(effect["budget"].id),
            amount=self.currency_id.round(over / effect["rate"]),
        )
        deciders = self._b2b_decider_names(plain)
        names = self.env._(" or ").join(deciders) or self.env._(
            "your company's administrator"
        )
        staff, buyer, solve = {
            "block": (
                self.env._("Only a smaller order or a larger budget helps."),
                self._b2b_larger_text(names, effect["budget"]),
                self.env._("Lower the order"),
            ),
            "authorize": (
                self.env._("%s decides.", names),
                self.env._("%s will be asked.", names),
                self.env._("Ask %s", names),
            ),
            "warn": (
                self.env._("The orderer takes note."),
                self.env._("You can order all the same; it is noted."),
                self.env._("Take note"),
            ),
        }[effect["action"]]
        return Finding(
            code=code,
            severity=plain.severity,
            side=BUYER,
            message=f"{message} {staff}",
            buyer_message=f"{buyer_message} {buyer}",
            amount=plain.amount,
            solve=solve,
            key=plain.key,
            deciders=tuple(deciders),
        )

    def _b2b_larger_text(self, names, budget):
        """What helps the buyer; who keeps budgets asks for those of ours alone."""
        if budget._b2b_fixed_reason():
            names = self.company_id.name
        elif self.env.user._b2b_can("manage_budgets"):
            return self.env._("Lower the order, or enlarge the budget under Budgets.")
        return self.env._("Lower the order, or ask %s for a larger budget.", names)

    def _b2b_decider_names(self, finding):
        users = self._b2b_buyer_deciders(finding)
        # Names alone: reading the users would bring all of them along.
        people = self.env["res.partner"].sudo()
        people = people.search_fetch([("user_ids", "in", users.ids)], ["name"])
        return people.mapped("name")

    def _b2b_buyer_deciders(self, finding):
        """A budget's own supervisors come first (DECISIONS 4)."""
        budget = self._b2b_finding_budget(finding)
        seats = budget._b2b_supervisors()
        users = seats.filtered(self._b2b_seat_may_decide).user_id
        if users:
            return users
        return super()._b2b_buyer_deciders(finding)

    def _b2b_finding_budget(self, finding):
        """The running budget that a finding is about, rights lifted, or empty."""
        order, Budget = self.sudo(), self.env["b2b.budget"].sudo()
        if finding.code not in ("budget", "order_maximum"):
            return Budget
        terms, _days = order._b2b_covering_terms()
        return Budget.browse([t.id for t in terms if str(t.id) == finding.key])
