from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    b2b_keep_days_buyer = fields.Integer(
        "Orders wait for the customer's approval",
        default=3,
        help="Working days for which prices, budget and stock of an order are kept "
        "while the customer decides.",
    )
    b2b_keep_days_seller = fields.Integer(
        "Orders wait for our decision",
        default=5,
        help="Working days for which prices, budget and stock of an order are kept "
        "while we decide.",
    )
    b2b_release_tolerance = fields.Float(
        "Release stands up to a higher total of",
        default=0.0,
        help="Share by which the total may rise after a release, 0.02 is 2 %.",
    )

    b2b_keep_days_prepayment = fields.Integer(
        "Orders wait for their prepayment",
        default=5,
        help="Working days for which an order waits for the money, from the pro-forma.",
    )
    b2b_prepayment_tolerance = fields.Monetary(
        "Prepayment may be less by",
        default=0.0,
        help="Up to so much less is taken as paid, for instance bank charges.",
    )
    b2b_rest_days = fields.Integer(
        "Rest of orders is closed after",
        default=0,
        help="Days after the last delivery after which what is left of an order is "
        "closed; 0: never. A party may have its own rule.",
    )

    _b2b_prepayment_positive = models.Constraint(
        "CHECK(b2b_keep_days_prepayment >= 0 AND b2b_prepayment_tolerance >= 0)",
        "Days and tolerance of prepayments cannot be below zero.",
    )
    _b2b_rest_days_positive = models.Constraint(
        "CHECK(b2b_rest_days >= 0)",
        "The rest is closed some days after the last delivery; 0 is never.",
    )
    _b2b_keep_days_positive = models.Constraint(
        "CHECK(b2b_keep_days_buyer >= 0 AND b2b_keep_days_seller >= 0)",
        "Waiting times are working days and cannot be below zero.",
    )
    _b2b_release_tolerance_share = models.Constraint(
        "CHECK(b2b_release_tolerance >= 0 AND b2b_release_tolerance <= 1)",
        "The tolerance is a share between 0 and 1; 0.02 is 2 %.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_keep_days_buyer = fields.Integer(
        related="company_id.b2b_keep_days_buyer", readonly=False
    )
    b2b_keep_days_seller = fields.Integer(
        related="company_id.b2b_keep_days_seller", readonly=False
    )
    b2b_release_tolerance = fields.Float(
        related="company_id.b2b_release_tolerance", readonly=False
    )
    b2b_rest_days = fields.Integer(related="company_id.b2b_rest_days", readonly=False)
    b2b_keep_days_prepayment = fields.Integer(
        related="company_id.b2b_keep_days_prepayment", readonly=False
    )
    b2b_company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency (B2B)"
    )
    b2b_prepayment_tolerance = fields.Monetary(
        related="company_id.b2b_prepayment_tolerance",
        readonly=False,
        currency_field="b2b_company_currency_id",
    )
