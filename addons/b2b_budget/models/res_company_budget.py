from odoo import fields, models

RETURNS = [
    ("credit_note", "Credit notes"),
    ("goods", "Returned goods"),
    ("no", "Neither"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    b2b_budget_returns = fields.Selection(
        RETURNS,
        "Given back to budgets by",
        required=True,
        default="credit_note",
        help="What gives money back to the budget an order was booked on, at the rate "
        "of that booking: a posted credit note, goods that came back, or nothing but "
        "a changed order. A budget may say otherwise.",
    )

    def write(self, vals):
        changed = "b2b_budget_returns" in vals and self.filtered(
            lambda c: c.b2b_budget_returns != vals["b2b_budget_returns"]
        )
        result = super().write(vals)
        if changed:
            self.env.registry.clear_cache()
            # sudo: the setting is the company's, its budgets follow.
            budgets = self.env["b2b.budget"].sudo()
            budgets.search(
                [("company_id", "in", changed.ids), ("returns", "=", False)]
            )._b2b_count_again()
        return result


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_budget_returns = fields.Selection(
        related="company_id.b2b_budget_returns", readonly=False
    )
