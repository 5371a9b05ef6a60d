from odoo import api, fields, models


class OrderConditionStep(models.Model):
    """From which net amount of goods which discount is given on the order."""

    _name = "b2b.order.condition.step"
    _description = "B2B Order Discount Step"
    _order = "condition_id, amount_from"

    condition_id = fields.Many2one(
        "b2b.order.condition",
        required=True,
        index=True,
        ondelete="cascade",
        help="The order discount to which the step belongs.",
    )
    company_id = fields.Many2one(
        related="condition_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="condition_id.currency_id")
    amount_from = fields.Monetary(
        "From net amount", help="Net of the goods from which this step counts."
    )
    percent = fields.Float(
        "Discount (%)", digits="Discount", help="Of the net of the goods."
    )

    @api.depends("amount_from", "percent")
    def _compute_display_name(self):
        for step in self:
            currency = step.currency_id or self.env.company.currency_id
            step.display_name = self.env._(
                "%(percent)s %% from %(amount)s",
                percent=f"{step.percent:g}",
                amount=currency.format(step.amount_from),
            )

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.condition_id._b2b_steps_changed()
        return steps

    def write(self, vals):
        result = super().write(vals)
        self.condition_id._b2b_steps_changed()
        return result

    def unlink(self):
        conditions = self.condition_id
        conditions._b2b_check_frozen()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
