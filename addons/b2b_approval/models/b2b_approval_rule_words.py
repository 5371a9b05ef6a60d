from odoo import models

from odoo.addons.b2b_party.tools import money


class ApprovalRule(models.Model):
    """A rule in words."""

    _inherit = "b2b.approval.rule"

    def _b2b_condition_text(self):
        """``£2,000.00 or more excl. tax · Lighting``; all parts have to be met."""
        self.ensure_one()
        _ = self.env._
        rule, parts = self.sudo(), []
        if rule.always:
            parts.append(_("any order"))
        if rule.min_amount:
            parts.append(
                _(
                    "%(amount)s or more %(basis)s",
                    amount=money(self.env, rule.min_amount, rule.currency_id),
                    basis=rule.basis,
                )
            )
        if rule.min_lines:
            parts.append(_("%s lines or more", rule.min_lines))
        if rule.category_ids:
            names = rule.category_ids.mapped("name")
            parts.append(_("with %s", _(" or ").join(names)))
        if rule.min_delivery:
            amount = money(self.env, rule.min_delivery, rule.currency_id)
            parts.append(_("delivery of %s or more", amount))
        return " · ".join(parts)

    def _b2b_people_text(self):
        """Whose orders a rule is about."""
        self.ensure_one()
        rule = self.sudo()
        names = rule.role_ids.mapped("name") + rule.seat_ids.person_id.mapped("name")
        return ", ".join(names) or self.env._("everybody")

    def _b2b_steps_text(self):
        """``Marcus Feld, then Priya Nair``."""
        self.ensure_one()
        words = [step._b2b_text() for step in self.sudo().step_ids]
        return self.env._(", then ").join(words)
