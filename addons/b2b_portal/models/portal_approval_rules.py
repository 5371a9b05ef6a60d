from odoo import models
from odoo.exceptions import MissingError, UserError
from odoo.fields import Command

from odoo.addons.b2b_party.rules import amounts

#: Steps that the form offers.
STEPS = 3
LONGEST_NAME = 60
MOST_LINES = 999_999


class B2bPortalApprovalRules(models.AbstractModel):
    """Approval rules as a company's administrator keeps them.

    Every method works in the context's own party; rules that we made are shown and
    cannot be changed.
    """

    _name = "b2b.portal.approval.rules"
    _description = "Approval rules of the trade portal"

    # -- what is shown ---------------------------------------------------------------

    def _b2b_rules(self, ctx, archived=False):
        """Rules that concern the party's orders and that its people decide."""
        rules = ctx.env["b2b.approval.rule"].with_context(active_test=False)
        found = rules.search(
            [
                ("side", "=", "buyer"),
                ("party_id", "in", [ctx.party.id, False]),
                ("company_id", "in", [ctx.company.id, False]),
                ("active", "in", [True, not archived]),
            ]
        )
        groups = found.party_group_id
        if groups:
            groups = groups._b2b_covers(party=ctx.party)
        return found.filtered(
            lambda r: not r.party_group_id or r.party_group_id in groups
        )

    def _b2b_rows(self, ctx):
        return [
            {
                "rule": rule,
                "condition": rule.with_env(self.env).sudo()._b2b_condition_text(),
                "who": rule._b2b_people_text(),
                "steps": rule.with_env(self.env).sudo()._b2b_steps_text(),
                "own": self._b2b_is_own(ctx, rule),
            }
            for rule in self._b2b_rules(ctx)
        ]

    def _b2b_is_own(self, ctx, rule):
        return rule.party_id == ctx.party and rule.kept_by == "party"

    def _b2b_rule(self, ctx, rule_id):
        """An own rule; foreign, missing and ours are the same.

        :raise MissingError: otherwise
        """
        rules = ctx.env["b2b.approval.rule"].with_context(active_test=False)
        rule = rules.search(
            [
                ("id", "=", rule_id),
                ("party_id", "=", ctx.party.id),
                ("kept_by", "=", "party"),
                ("side", "=", "buyer"),
            ]
        )
        if not rule:
            raise MissingError(self.env._("There is no such rule."))
        return rule

    def _b2b_choices(self, ctx):
        """People, roles and categories to choose from."""
        env = ctx.env
        seats = env["b2b.seat"].search(
            [("party_id", "=", ctx.party.id), ("state", "!=", "suspended")]
        )
        roles = env["b2b.seat.role"].search([("party_id", "in", [ctx.party.id, False])])
        seats = seats.filtered(lambda seat: not seat.is_agent)
        return {
            "seats": seats,
            "roles": roles,
            "able_seats": seats.filtered("role_id.approve"),
            "able_roles": roles.filtered("approve"),
            "categories": self._b2b_categories(ctx),
            "steps": range(1, STEPS + 1),
            "currency": self._b2b_currency(ctx),
            "basis": env["b2b.approval.rule"].new({"party_id": ctx.party.id}).basis,
        }

    def _b2b_categories(self, ctx):
        """Categories of what the party may order."""
        products = ctx.env["product.product"]
        rows = products._read_group(ctx.catalog_domain, ["categ_id"])
        return (
            ctx.env["product.category"].union(*(row[0] for row in rows)).sorted("name")
        )

    def _b2b_currency(self, ctx):
        return ctx.party.b2b_currency_id or ctx.company.currency_id

    def _b2b_typed(self, rule):
        """A rule as the form shows it: texts and sets of texts by input."""
        decimals = rule.currency_id.decimal_places
        typed = {
            "name": rule.name or "",
            "always": "1" if rule.always else "",
            "min_amount": amounts.typed(rule.min_amount, decimals),
            "min_lines": str(rule.min_lines or ""),
            "min_delivery": amounts.typed(rule.min_delivery, decimals),
            "categories": {str(i) for i in rule.category_ids.ids},
            "for": {f"seat-{i}" for i in rule.seat_ids.ids}
            | {f"role-{i}" for i in rule.role_ids.ids},
        }
        for number, step in enumerate(rule.step_ids[:STEPS], 1):
            typed[f"step{number}"] = {f"seat-{i}" for i in step.seat_ids.ids} | {
                f"role-{i}" for i in step.role_ids.ids
            }
            typed[f"mode{number}"] = step.mode
            typed[f"from{number}"] = amounts.typed(step.min_amount, decimals)
        return typed

    # -- what is saved ---------------------------------------------------------------

    def _b2b_save(self, ctx, rule, typed):
        """Make or change a rule of the own party.

        :param rule: b2b.approval.rule, empty for a new one
        :param dict typed: as :meth:`_b2b_typed` answers, out of the browser
        :return: ``(rule, errors)``, sentences by the name of the input
        """
        values, errors = self._b2b_read(ctx, typed)
        if errors:
            return rule, errors
        try:
            with self.env.cr.savepoint():
                if rule:
                    rule.write({**values, "step_ids": self._b2b_swap(rule, values)})
                else:
                    rule = rule.create(
                        {
                            **values,
                            "side": "buyer",
                            "kept_by": "party",
                            "party_id": ctx.party.id,
                            "company_id": ctx.party.company_id.id,
                            "currency_id": self._b2b_currency(ctx).id,
                        }
                    )
                self.env.flush_all()
        except UserError as refusal:
            return rule, {"": refusal.args[0]}
        return rule, {}

    def _b2b_swap(self, rule, values):
        """The steps of a form over those the rule has: changed, added, dropped."""
        wanted, steps = values["step_ids"], rule.step_ids
        commands = [
            Command.update(step.id, command[2])
            for step, command in zip(steps, wanted, strict=False)
        ]
        commands += wanted[len(steps) :]
        return commands + [Command.delete(i) for i in steps.ids[len(wanted) :]]

    def _b2b_read(self, ctx, typed):
        """``(values, errors)`` of what was typed; ids are those of the own party."""
        _ = self.env._
        errors, choices = {}, self._b2b_choices(ctx)
        name = str(typed.get("name") or "").strip()
        if not name:
            errors["name"] = _("Give the rule a name; buyers read it as the reason.")
        elif len(name) > LONGEST_NAME:
            errors["name"] = _("Shorten the name to %s signs.", LONGEST_NAME)
        numbers = {
            key: self._b2b_number(typed.get(key), key, choices, errors)
            for key in ("min_amount", "min_lines", "min_delivery")
        }
        categories = choices["categories"].filtered(
            lambda c: str(c.id) in typed.get("categories", ())
        )
        always = bool(typed.get("always"))
        if not (always or categories or any(numbers.values())) and not errors:
            errors["always"] = _("Choose a condition, or “Any order”.")
        seats, roles = self._b2b_people(
            typed.get("for", ()), choices["seats"], choices["roles"]
        )
        values = {
            "name": name,
            "always": always,
            **numbers,
            "min_lines": int(numbers["min_lines"]),
            "category_ids": [Command.set(categories.ids)],
            "seat_ids": [Command.set(seats.ids)],
            "role_ids": [Command.set(roles.ids)],
            "step_ids": self._b2b_read_steps(typed, choices, errors),
        }
        return values, errors

    def _b2b_read_steps(self, typed, choices, errors):
        commands = []
        for number in choices["steps"]:
            seats, roles = self._b2b_people(
                typed.get(f"step{number}", ()),
                choices["able_seats"],
                choices["able_roles"],
            )
            amount = self._b2b_number(
                typed.get(f"from{number}"), f"from{number}", choices, errors
            )
            if not seats and not roles:
                continue
            commands.append(
                Command.create(
                    {
                        "sequence": number,
                        "seat_ids": [Command.set(seats.ids)],
                        "role_ids": [Command.set(roles.ids)],
                        "mode": "all" if typed.get(f"mode{number}") == "all" else "one",
                        "min_amount": amount,
                    }
                )
            )
        if not commands:
            errors.setdefault(
                "step1", self.env._("Name who approves: a person or a role.")
            )
        return commands

    def _b2b_people(self, chosen, seats, roles):
        """Seats and roles out of ``seat-7`` and ``role-3``; others are left out."""
        return (
            seats.filtered(lambda seat: f"seat-{seat.id}" in chosen),
            roles.filtered(lambda role: f"role-{role.id}" in chosen),
        )

    def _b2b_number(self, text, key, choices, errors):
        """A number as people type it; a sentence in ``errors`` when it is none."""
        text = str(text or "").strip()
        if key == "min_lines":
            number = amounts.amount(text, most=MOST_LINES)
        else:
            decimals = choices["currency"].decimal_places
            number = amounts.amount(text, decimals=decimals)
        if number is None:
            errors[key] = (
                self.env._("A rule starts at zero or above.")
                if text.startswith(("-", "\N{MINUS SIGN}"))
                else self.env._("“%s” is not a number.", text[:20])
            )
            return 0.0
        if key == "min_lines" and number != int(number):
            errors[key] = self.env._("Lines are counted whole; enter a whole number.")
        return number

    def _b2b_archive(self, ctx, rule_id, active=False):
        """Switch an own rule off, or on again."""
        rule = self._b2b_rule(ctx, rule_id)
        rule.active = active
        return rule
