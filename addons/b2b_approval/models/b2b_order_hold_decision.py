from odoo import fields, models
from odoo.exceptions import UserError


class OrderHoldDecision(models.Model):
    """Who decided what about a hold, and when. Rows are never changed."""

    _name = "b2b.order.hold.decision"
    _description = "B2B Hold Decision"
    _order = "id desc"
    _check_company_auto = True

    hold_id = fields.Many2one(
        "b2b.order.hold", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="hold_id.company_id", store=True, index=True)
    order_id = fields.Many2one(
        related="hold_id.order_id",
        store=True,
        index=True,
        help="The order it is about.",
    )
    step_id = fields.Many2one(
        "b2b.order.hold.step",
        readonly=True,
        ondelete="restrict",
        help="The step that was answered, where there are several.",
    )
    step_number = fields.Integer(
        related="step_id.sequence",
        string="Step number",
        help="Which step was answered, 1 is the first.",
    )
    reason = fields.Char(related="hold_id.reason", help="What was decided about.")
    user_id = fields.Many2one(
        "res.users", "Decided by", required=True, readonly=True, ondelete="restrict"
    )
    acting_for_id = fields.Many2one(
        "res.users",
        "Acting for",
        readonly=True,
        ondelete="restrict",
        help="Whose place the substitute took.",
    )
    verdict = fields.Selection(
        [
            ("released", "Released"),
            ("refused", "Refused"),
            ("asked_back", "Asked back"),
            ("written", "Approved in writing"),
            ("corrected", "Corrected to usual"),
            ("lowered", "Lowered to the limit"),
            ("acknowledged", "Taken note"),
            ("not_acknowledged", "Not acknowledged"),
        ],
        required=True,
        readonly=True,
        help="What was decided. Not acknowledged: nobody was there to take note.",
    )
    amount = fields.Monetary(readonly=True, help="Measured amount of the order then.")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    decided_at = fields.Datetime(
        required=True, readonly=True, help="When it was decided."
    )
    comment = fields.Text(readonly=True, help="What was said with it.")
    attachment_id = fields.Many2one(
        "ir.attachment",
        "Document",
        readonly=True,
        ondelete="restrict",
        help="The customer's written approval.",
    )

    def write(self, vals):
        raise UserError(self.env._("Decisions are kept as they were taken."))

    def unlink(self):
        raise UserError(self.env._("Decisions are kept and cannot be deleted."))
