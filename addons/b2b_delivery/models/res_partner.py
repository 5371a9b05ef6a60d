import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

STAFF = "base.group_user"


class ResPartner(models.Model):
    """By which schedules an address is delivered, and when it takes goods in."""

    _inherit = "res.partner"

    b2b_schedule_ids = fields.Many2many(
        "b2b.delivery.schedule",
        "b2b_partner_schedule_rel",
        "partner_id",
        "schedule_id",
        "Delivery schedules",
        groups=STAFF,
        copy=False,
        help="An address without one uses its party's, a party without one the "
        "company's default. With several, the earliest slot of any counts.",
    )
    b2b_delivery_weekdays = fields.Char(
        "Goods received on",
        groups=STAFF,
        help="Weekdays on which somebody is there to take goods in. None marked: "
        "every day. An address without any uses its party's.",
    )

    b2b_receive_from = fields.Float(
        "Received from",
        groups=STAFF,
        help="Time of day from which goods are taken in, on the clock of the schedule "
        "that delivers: one of London counts in London time wherever the address is. "
        "0:00 to 0:00: all day; an address then uses its party's.",
    )
    b2b_receive_to = fields.Float(
        "Received until", groups=STAFF, help="Time of day; 24:00 is midnight."
    )
    b2b_split_delivery = fields.Selection(
        [("allowed", "Buyers may choose"), ("refused", "One delivery only")],
        "Delivery in parts",
        groups=STAFF,
        copy=False,
        help="Whether the party's buyers may have lines delivered as each part is "
        "ready. Empty: as set for the company. Our own people may always choose it on "
        "an order.",
    )
    b2b_closure_ids = fields.One2many(
        "b2b.delivery.closure",
        "partner_id",
        "Closed days",
        groups=STAFF,
        help="Days on which nobody takes goods in. Those of a party hold for all its "
        "addresses.",
    )

    def _b2b_may_split(self, company):
        """Whether buyers of this party may have an order delivered in parts."""
        # sudo: an answer about terms that the buyer is to know.
        own = self.sudo().commercial_partner_id.b2b_split_delivery
        return own == "allowed" if own else company.sudo().b2b_split_delivery

    def _b2b_schedules(self):
        """Schedules of these partners, rights lifted, archived ones among them.

        Leaving those out would read the schedules; whoever asks has their plans.
        """
        partners = self.sudo()
        found = partners.with_context(active_test=False).b2b_schedule_ids
        return found.with_env(partners.env)

    @api.constrains("b2b_delivery_weekdays")
    def _check_b2b_delivery_weekdays(self):
        for partner in self.sudo():
            days = partner.b2b_delivery_weekdays
            if days and not re.fullmatch("[0-6]+", days):
                raise ValidationError(
                    self.env._(
                        "“%(days)s” of %(name)s are not weekdays; use the digits 0 "
                        "(Monday) to 6 (Sunday).",
                        days=days,
                        name=partner.display_name,
                    )
                )

    @api.constrains("b2b_receive_from", "b2b_receive_to")
    def _check_b2b_receiving_hours(self):
        for partner in self.sudo():
            hours = partner.b2b_receive_from, partner.b2b_receive_to
            if hours != (0, 0) and not 0 <= hours[0] < hours[1] <= 24:
                raise ValidationError(
                    self.env._(
                        "%s receives goods until an hour before it starts; enter hours "
                        "of one day, up to 24:00.",
                        partner.display_name,
                    )
                )
