from odoo import fields, models


class LoyaltyProgram(models.Model):
    """Finer terms of what a program gives, and for which orders."""

    _inherit = "b2b.loyalty.program"

    basis = fields.Selection(
        [("net", "Excluding tax"), ("gross", "Including tax")],
        "Amounts",
        default="net",
        required=True,
        tracking=True,
        help="Whether the amount that earns points is that of the goods excluding or "
        "including tax.",
    )
    rounding = fields.Selection(
        [("down", "Down"), ("nearest", "To the nearest")],
        default="down",
        required=True,
        tracking=True,
        help="How the points of an order, invoice or credit note become whole. A "
        "credit note never takes more than its invoice earned.",
    )
    without_method_ids = fields.Many2many(
        "payment.method",
        "b2b_loyalty_program_method_rel",
        "program_id",
        "method_id",
        "Payment methods that earn nothing",
        domain="[('is_primary', '=', True)]",
        help="Orders that were paid, or are being paid, by one of these when they are "
        "confirmed do not take part.",
    )
    imports_earn = fields.Boolean(
        "Imported orders earn",
        default=True,
        tracking=True,
        help="Orders that are imported from a file earn points. The column “Earns no "
        "points” of a file says otherwise for its own orders.",
    )
