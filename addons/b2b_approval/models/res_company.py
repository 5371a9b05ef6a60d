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

    b2b_rest_days = fields.Integer(
        "Rest of orders is closed after",
        default=0,
        help="Days after the last delivery after which what is left of an order is "
        "closed; 0: never. A party may have its own rule.",
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
