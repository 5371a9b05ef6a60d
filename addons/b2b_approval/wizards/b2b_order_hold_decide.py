from odoo import api, fields, models


class OrderHoldDecide(models.TransientModel):
    """Dialog: release, refuse, ask back or correct a hold of our side."""

    _name = "b2b.order.hold.decide"
    _description = "B2B Hold Decision Dialog"

    hold_id = fields.Many2one("b2b.order.hold", required=True, readonly=True)
    message = fields.Text(related="hold_id.message", help="Why the order waits.")
    usual_quantity = fields.Float(
        compute="_compute_usual_quantity",
        digits="Product Unit",
        help="What the customer usually orders of the article, as it can be ordered.",
    )
    comment = fields.Text(help="Kept with the decision; a refusal needs one.")

    @api.depends("hold_id")
    def _compute_usual_quantity(self):
        for wizard in self:
            wizard.usual_quantity = wizard.hold_id._b2b_usual_quantity()

    def action_release(self):
        """Release the hold with the comment."""
        self.ensure_one()
        return self.hold_id.action_release(self.comment or "")

    def action_refuse(self):
        """Refuse the hold with the comment."""
        self.ensure_one()
        return self.hold_id.action_refuse(self.comment or "")

    def action_ask_back(self):
        """Give the order back to the buyer with the comment as a question."""
        self.ensure_one()
        return self.hold_id.action_ask_back(self.comment or "")

    def action_correct(self):
        """Set the unusual quantity to the usual one, with the comment."""
        self.ensure_one()
        return self.hold_id.action_correct(self.comment or "")
