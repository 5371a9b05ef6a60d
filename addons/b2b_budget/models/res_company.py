from odoo import fields, models


class ResCompany(models.Model):
    """What a new credit account begins with."""

    _inherit = "res.company"

    b2b_credit_action = fields.Selection(
        [("block", "Block"), ("hold", "Hold"), ("warn", "Warn")],
        "Orders above the credit limit",
        required=True,
        default="hold",
        help="What new credit accounts do with an order above the limit.",
    )
    b2b_credit_overdue_action = fields.Selection(
        [("none", "Nothing"), ("warn", "Warn"), ("hold", "Hold"), ("block", "Block")],
        "Orders of parties that are overdue",
        required=True,
        default="hold",
        help="What new credit accounts do with an order while invoices are overdue.",
    )
    b2b_credit_overdue_days = fields.Integer(
        "Days of grace",
        default=14,
        help="Days after the due date before an invoice counts as overdue.",
    )
    b2b_credit_overdue_ignored = fields.Monetary(
        "Overdue sums ignored up to",
        help="Overdue sums up to this amount stop nothing.",
    )

    _b2b_credit_defaults = models.Constraint(
        "CHECK(b2b_credit_overdue_days >= 0 AND b2b_credit_overdue_ignored >= 0)",
        "Days of grace and the ignored sum cannot be below zero.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_credit_action = fields.Selection(
        related="company_id.b2b_credit_action", readonly=False
    )
    b2b_credit_overdue_action = fields.Selection(
        related="company_id.b2b_credit_overdue_action", readonly=False
    )
    b2b_credit_overdue_days = fields.Integer(
        related="company_id.b2b_credit_overdue_days", readonly=False
    )
    b2b_credit_overdue_ignored = fields.Monetary(
        related="company_id.b2b_credit_overdue_ignored",
        readonly=False,
        currency_field="currency_id",
    )
