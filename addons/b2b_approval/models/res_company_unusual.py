from odoo import fields, models

from ..rules.unusual import Limits


class ResCompany(models.Model):
    """What this company calls unusual in an order (DECISIONS 7)."""

    _inherit = "res.company"

    b2b_unusual_lines = fields.Boolean(
        "Unusual quantities",
        default=True,
        help="Compare each article's quantity with what the customer usually orders.",
    )
    b2b_unusual_totals = fields.Boolean(
        "Unusually large orders",
        default=True,
        help="Compare the order's total with the customer's usual order.",
    )
    b2b_unusual_repeats = fields.Boolean(
        "The same order again",
        default=True,
        help="Ask when the same articles and quantities were ordered a short time ago.",
    )
    b2b_unusual_first = fields.Boolean(
        "First orders", default=True, help="Ask at the first order of a customer."
    )
    b2b_unusual_places = fields.Boolean(
        "New delivery addresses",
        default=True,
        help="Ask at the first delivery to an address.",
    )
    b2b_unusual_factor = fields.Float(
        "Unusual above",
        default=5.0,
        help="Above so many times the usual the orderer has to confirm.",
    )
    b2b_unusual_desk_factor = fields.Float(
        "Order desk above",
        default=20.0,
        help="Above so many times the usual the order desk has to release the order.",
    )
    b2b_unusual_minimum = fields.Integer(
        "Orders for a usual figure",
        default=3,
        help="Of fewer orders in twelve months nothing is concluded.",
    )
    b2b_unusual_hours = fields.Integer(
        "Same order again within",
        default=48,
        help="Hours in which the same lines are taken for a mistake.",
    )

    _b2b_unusual_factors = models.Constraint(
        "CHECK(b2b_unusual_factor > 1 AND b2b_unusual_desk_factor >= "
        "b2b_unusual_factor)",
        "Unusual starts above 1 time the usual, and the order desk is asked above "
        "that, not below.",
    )
    _b2b_unusual_counts = models.Constraint(
        "CHECK(b2b_unusual_minimum >= 1 AND b2b_unusual_hours >= 1)",
        "A usual figure needs at least 1 order, and a repetition at least 1 hour.",
    )

    def _b2b_unusual_limits(self):
        """The thresholds as plain values."""
        self.ensure_one()
        return Limits(
            factor=self.b2b_unusual_factor,
            desk_factor=self.b2b_unusual_desk_factor,
            minimum=self.b2b_unusual_minimum,
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_unusual_lines = fields.Boolean(
        related="company_id.b2b_unusual_lines", readonly=False
    )
    b2b_unusual_totals = fields.Boolean(
        related="company_id.b2b_unusual_totals", readonly=False
    )
    b2b_unusual_repeats = fields.Boolean(
        related="company_id.b2b_unusual_repeats", readonly=False
    )
    b2b_unusual_first = fields.Boolean(
        related="company_id.b2b_unusual_first", readonly=False
    )
    b2b_unusual_places = fields.Boolean(
        related="company_id.b2b_unusual_places", readonly=False
    )
    b2b_unusual_factor = fields.Float(
        related="company_id.b2b_unusual_factor", readonly=False
    )
    b2b_unusual_desk_factor = fields.Float(
        related="company_id.b2b_unusual_desk_factor", readonly=False
    )
    b2b_unusual_minimum = fields.Integer(
        related="company_id.b2b_unusual_minimum", readonly=False
    )
    b2b_unusual_hours = fields.Integer(
        related="company_id.b2b_unusual_hours", readonly=False
    )
