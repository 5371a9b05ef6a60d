import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.transit import compact


class DeliveryMethodZone(models.Model):
    """A place a delivery method goes to, and on which days."""

    _name = "b2b.delivery.method.zone"
    _description = "B2B Delivery Method Zone"
    _inherit = ["b2b.delivery.plan.part"]
    _order = "carrier_id, country_id, state_id, zip_prefix, id"

    carrier_id = fields.Many2one(
        "delivery.carrier", "Delivery method", required=True, ondelete="cascade"
    )
    country_id = fields.Many2one(
        "res.country", required=True, help="The country it goes to."
    )
    state_id = fields.Many2one(
        "res.country.state",
        domain="[('country_id', '=', country_id)]",
        help="Empty: the whole country.",
    )
    zip_prefix = fields.Char(
        "Postcode begins with",
        help="First characters of the postcodes, e.g. SW1; blanks and case do not "
        "matter. Empty: all. The longest one that fits counts.",
    )
    weekdays = fields.Char(
        "Goes there on",
        help="Weekdays on which goods are brought there. None marked: every day of the "
        "schedule.",
    )
    company_id = fields.Many2one(
        related="carrier_id.company_id", store=True, index=True
    )

    @api.depends("country_id", "state_id", "zip_prefix")
    def _compute_display_name(self):
        for zone in self:
            parts = [zone.country_id.name, zone.state_id.name, zone.zip_prefix]
            zone.display_name = " ".join(filter(None, parts))

    @api.constrains("weekdays")
    def _check_weekdays(self):
        for zone in self:
            if zone.weekdays and not re.fullmatch("[0-6]+", zone.weekdays):
                raise ValidationError(
                    self.env._(
                        "“%(days)s” of %(name)s are not weekdays; use the digits 0 "
                        "(Monday) to 6 (Sunday).",
                        days=zone.weekdays,
                        name=zone.display_name,
                    )
                )

    @api.constrains("country_id", "state_id")
    def _check_state(self):
        for zone in self:
            if zone.state_id and zone.state_id.country_id != zone.country_id:
                raise ValidationError(
                    self.env._(
                        "%(state)s is not in %(country)s.",
                        state=zone.state_id.name,
                        country=zone.country_id.name,
                    )
                )

    @api.constrains("carrier_id", "country_id", "state_id", "zip_prefix")
    def _check_once(self):
        for zone in self:
            same = zone.carrier_id.b2b_zone_ids.filtered(
                lambda other, zone=zone: other._b2b_key() == zone._b2b_key()
            )
            if len(same) > 1:
                raise ValidationError(
                    self.env._(
                        "%(method)s has the zone %(zone)s twice.",
                        method=zone.carrier_id.name,
                        zone=zone.display_name,
                    )
                )

    def _b2b_key(self):
        return self.country_id, self.state_id, compact(self.zip_prefix)
