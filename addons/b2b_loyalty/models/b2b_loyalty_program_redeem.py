from odoo import fields, models

from ..rules import points as rules
from ..rules import redeem

#: A point may be worth less than the smallest coin.
VALUE_DIGITS = 6


class LoyaltyProgram(models.Model):
    """What points of a program pay for, and how long they can be used."""

    _inherit = "b2b.loyalty.program"

    point_value = fields.Float(
        "Value of a point",
        digits=(16, VALUE_DIGITS),
        min_display_digits=2,
        tracking=True,
        help="What one point is worth in the currency, also a part of its smallest "
        "coin: 0.005 makes 100 points 0.50. The liability is valued by it.",
    )
    redeem_minimum = fields.Integer(
        "At least",
        default=0,
        tracking=True,
        help="Fewest points that can be used on one order; 0: any number.",
    )
    redeem_percent = fields.Float(
        "At most",
        default=100.0,
        digits=(5, 2),
        tracking=True,
        help="Share of the goods that points can pay, in percent of their net amount "
        "after all discounts. Delivery and charges are never paid by points.",
    )
    redeem_to = fields.Date(
        "Usable until",
        tracking=True,
        help="Last day on which points can be used on orders; empty: as long as they "
        "are valid, also after the program has ended.",
    )
    valid_months = fields.Integer(
        "Valid for months",
        default=0,
        tracking=True,
        help="Points end so many months after the day they were granted, the oldest "
        "are used first; 0: they never end.",
    )

    _redeem_bounds = models.Constraint(
        "CHECK(redeem_minimum BETWEEN 0 AND 1000000000 AND valid_months BETWEEN 0 AND "
        "1200 AND redeem_percent >= 0 AND redeem_percent <= 100)",
        "Points pay 0 to 100 % of an order; their fewest number is zero or more, and "
        "they are valid for 0 to 1,200 months.",
    )
    _point_value_bounds = models.Constraint(
        "CHECK(point_value BETWEEN 0 AND 1000000)",
        "A point is worth zero or more, up to 1,000,000.",
    )
    _redeem_dates = models.Constraint(
        "CHECK(redeem_to IS NULL OR date_from IS NULL OR date_from <= redeem_to)",
        "Points can be used after the program has started; choose a later last day.",
    )

    def _b2b_redeem_terms(self):
        """What this program says about redeeming, for the rules."""
        self.ensure_one()
        return redeem.Terms(
            value=rules.decimal(self.point_value, VALUE_DIGITS),
            minimum=self.redeem_minimum,
            percent=rules.decimal(self.redeem_percent, 2),
            date_from=self.date_from or None,
            date_to=self.redeem_to or None,
            active=self.active,
        )
