from odoo import api, fields, models


class OrderHoldDecide(models.TransientModel):
    """Lower a discount in the dialog of a decision."""

    _inherit = "b2b.order.hold.decide"

    lower_text = fields.Char(related="hold_id.lower_text", help="What it would do.")
    margin_text = fields.Char(
        "Margin",
        compute="_compute_margin_text",
        help="Margin without and with the discount; only for who may see it.",
    )

    @api.depends("hold_id")
    def _compute_margin_text(self):
        for wizard in self:
            hold = wizard.hold_id
            allowed = hold._has_field_access(hold._fields["margin_text"], "read")
            wizard.margin_text = hold.margin_text if allowed else False

    def action_lower(self):
        """Lower the discount to the limit, with the comment."""
        self.ensure_one()
        return self.hold_id.action_lower(self.comment or "")
