import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..rules import transit as rules

MAX_TRANSIT_DAYS = 60


class DeliveryTransit(models.Model):
    """Days on the way, for a delivery method and a zone."""

    _name = "b2b.delivery.transit"
    _description = "B2B Transit Time"
    _inherit = ["b2b.delivery.plan.part"]
    _order = "carrier_id, country_id, state_id, zip_prefix, id"

    carrier_id = fields.Many2one(
        "delivery.carrier",
        "Delivery method",
        index=True,
        ondelete="cascade",
        help="Empty: every method without an own transit time for the place, and "
        "orders without a method.",
    )
    country_id = fields.Many2one(
        "res.country", index=True, help="Empty: everywhere else."
    )
    state_id = fields.Many2one(
        "res.country.state",
        domain="[('country_id', '=?', country_id)]",
        help="Empty: the whole country.",
    )
    zip_prefix = fields.Char(
        "Postcode begins with",
        help="First characters of the postcodes, e.g. IV for Inverness; blanks and "
        "case do not matter. Empty: all.",
    )
    days = fields.Integer(
        "Days of transit",
        required=True,
        default=1,
        help="Working days of the carrier between the day the goods leave and the day "
        "of delivery: 1 is the carrier's next working day, 0 the same day.",
    )
    work_weekdays = fields.Char(
        "Carrier works on",
        required=True,
        default="01234",
        help="Days on which the carrier collects, carries and delivers.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Leave empty for all your companies."
    )

    @api.depends("carrier_id", "country_id", "state_id", "zip_prefix")
    def _compute_display_name(self):
        for transit in self:
            zone = [transit.country_id.name, transit.state_id.name, transit.zip_prefix]
            transit.display_name = " · ".join(
                [
                    transit.carrier_id.name or self.env._("Every method"),
                    " ".join(filter(None, zone)) or self.env._("everywhere"),
                ]
            )

    @api.constrains("days", "work_weekdays")
    def _check_terms(self):
        for transit in self:
            if not 0 <= transit.days <= MAX_TRANSIT_DAYS:
                raise ValidationError(
                    self.env._(
                        "%(name)s: %(days)s days of transit; enter 0 to %(max)s.",
                        name=transit.display_name,
                        days=transit.days,
                        max=MAX_TRANSIT_DAYS,
                    )
                )
            if not re.fullmatch("[0-6]+", transit.work_weekdays or ""):
                raise ValidationError(
                    self.env._(
                        "%s: the carrier has no working day; mark its days.",
                        transit.display_name,
                    )
                )

    @api.constrains("country_id", "state_id", "zip_prefix")
    def _check_zone(self):
        for transit in self:
            if (transit.state_id or transit.zip_prefix) and not transit.country_id:
                raise ValidationError(
                    self.env._(
                        "%s: name the country of the state or postcodes.",
                        transit.display_name,
                    )
                )
            if transit.state_id and transit.state_id.country_id != transit.country_id:
                raise ValidationError(
                    self.env._(
                        "%(state)s is not in %(country)s.",
                        state=transit.state_id.name,
                        country=transit.country_id.name,
                    )
                )

    @api.constrains("carrier_id", "country_id", "state_id", "zip_prefix", "company_id")
    def _check_once(self):
        same_method = [("carrier_id", "in", [False, *self.carrier_id.ids])]
        everyone = self.sudo().search(same_method)
        for transit in self:
            if any(
                other._b2b_key() == transit._b2b_key() for other in everyone - transit
            ):
                raise ValidationError(
                    self.env._(
                        "%s already has a transit time; change that one.",
                        transit.display_name,
                    )
                )

    def _b2b_key(self):
        zone = self.country_id, self.state_id, rules.compact(self.zip_prefix)
        return self.carrier_id, *zone, self.company_id

    @ormcache()
    def _b2b_transits(self):
        """All transit times as plain values, kept until one changes."""
        # sudo: kept for everybody; asked only by the calculation of slots.
        return tuple(
            rules.Transit(
                days=transit.days,
                weekdays=tuple(int(day) for day in transit.work_weekdays),
                carrier_id=transit.carrier_id.id or None,
                country_id=transit.country_id.id or None,
                state_id=transit.state_id.id or None,
                zip_prefix=rules.compact(transit.zip_prefix),
                company_id=transit.company_id.id or None,
            )
            for transit in self.sudo().search([])
        )
