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
            ("acknowledged", "Taken note"),
        ],
        required=True,
        readonly=True,
    )
    amount = fields.Monetary(readonly=True, help="Measured amount of the order then.")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    decided_at = fields.Datetime(required=True, readonly=True)
    comment = fields.Text(readonly=True)

    def write(self, vals):
        raise UserError(self.env._("Decisions are kept as they were taken."))

    def unlink(self):
        raise UserError(self.env._("Decisions are kept and cannot be deleted."))
