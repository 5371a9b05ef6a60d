from odoo import fields, models


class OrderHoldStep(models.Model):
    """One step of a hold: who is asked, one of them or all."""

    _name = "b2b.order.hold.step"
    _description = "B2B Hold Step"
    _order = "hold_id, sequence, id"

    hold_id = fields.Many2one(
        "b2b.order.hold", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="hold_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=1, help="Steps are taken in this order.")
    mode = fields.Selection(
        [("one", "One of them"), ("all", "All of them")],
        required=True,
        default="one",
        help="Whether one of the people is enough.",
    )
    candidate_ids = fields.Many2many(
        "res.users",
        "b2b_hold_step_user_rel",
        "step_id",
        "user_id",
        "Who is asked",
        context={"active_test": False},
    )
    limited = fields.Boolean(
        "Within the own limit",
        default=True,
        help="Whether the approval limit of who decides has to cover the order. Not in "
        "a step that somebody with a higher limit follows.",
    )
    deadline = fields.Datetime(help="Until when the step waits.")
