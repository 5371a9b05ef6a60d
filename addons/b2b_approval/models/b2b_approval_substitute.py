from datetime import datetime

import pytz

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..rules.substitute import is_valid


class ApprovalSubstitute(models.Model):
    """Somebody decides in the place of a colleague for some days.

    He acts with the limit of the one he stands in for, never about what he caused
    himself, and the decision names both.
    """

    _name = "b2b.approval.substitute"
    _description = "B2B Approval Substitute"
    _inherit = ["b2b.audit.mixin"]
    _order = "date_from desc, id desc"

    seat_id = fields.Many2one(
        "b2b.seat",
        "Who is away",
        required=True,
        index=True,
        ondelete="cascade",
        help="The approver who is away.",
    )
    substitute_id = fields.Many2one(
        "b2b.seat",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('party_id', '=', party_id), ('id', '!=', seat_id)]",
        help="Who decides meanwhile, with the limit of the one who is away.",
    )
    party_id = fields.Many2one(
        related="seat_id.party_id", store=True, index=True, help="Their company."
    )
    company_id = fields.Many2one(related="seat_id.company_id", store=True)
    date_from = fields.Date(
        "From", required=True, default=fields.Date.context_today, help="First day."
    )
    date_to = fields.Date("To", help="Last day; empty: until it is ended.")
    is_valid = fields.Boolean(
        "Today",
        compute="_compute_is_valid",
        help="Whether it counts today, in the company's time zone.",
    )

    _dates = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day is before the first one."
    )
    _overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(seat_id, seat_id, '[]') WITH &&, "
        "int4range(substitute_id, substitute_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&)",
        "This substitute is named for some of these days already.",
    )

    @api.depends("date_from", "date_to", "party_id")
    def _compute_is_valid(self):
        for row in self:
            day = row._b2b_today()
            row.is_valid = bool(row.date_from) and is_valid(
                row.date_from, row.date_to, day
            )

    def _b2b_today(self):
        return self.party_id._b2b_today()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.depends("seat_id", "substitute_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(who)s for %(other)s",
                who=row.substitute_id.person_id.name,
                other=row.seat_id.person_id.name,
            )

    @api.constrains("seat_id", "substitute_id")
    def _check_seats(self):
        for row in self.sudo():
            reason = row._b2b_wrong_substitute()
            if reason:
                raise ValidationError(reason)

    def _b2b_wrong_substitute(self):
        """What is wrong with the two people, one sentence or nothing."""
        away, other = self.seat_id, self.substitute_id
        name = other.person_id.name
        if other.party_id != away.party_id:
            return self.env._(
                "%(name)s does not sit in %(party)s; choose a colleague.",
                name=name,
                party=away.party_id.name,
            )
        if other == away:
            return self.env._("Nobody stands in for himself; choose a colleague.")
        if not away.role_id.approve:
            return self.env._(
                "%s does not approve orders, so nobody has to stand in.",
                away.person_id.name,
            )
        if not other.role_id.approve or other.is_agent:
            return self.env._(
                "%s may not approve orders; choose somebody who does.", name
            )
        return ""

    @api.model
    def _b2b_audited_fields(self):
        return ("seat_id", "substitute_id", "date_from", "date_to")

    def _b2b_audit_party(self):
        return self.party_id

    def _b2b_audit_persons(self):
        return (self.seat_id | self.substitute_id).person_id


class Seat(models.Model):
    _inherit = "b2b.seat"

    b2b_substitute_for_ids = fields.One2many(
        "b2b.approval.substitute",
        "substitute_id",
        "Stands in for",
        help="Colleagues in whose place this person decides, with dates.",
    )
    b2b_substitute_ids = fields.One2many(
        "b2b.approval.substitute",
        "seat_id",
        "Substitutes",
        help="Who decides while this person is away, with dates.",
    )

    @tools.ormcache("self.id", "day")
    def _b2b_stands_in_for(self, day):
        """Ids of the users in whose place this seat decides on a day.

        Cached until a substitution changes: it is asked for every hold of a page.
        """
        self.ensure_one()
        rows = self.sudo().b2b_substitute_for_ids
        return tuple(
            row.seat_id.user_id.id
            for row in rows
            if is_valid(row.date_from, row.date_to, day)
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _b2b_today(self):
        """Today where the company sits."""
        # sudo: the time zone of a party is no secret, and often nobody else's is known
        zone = self.sudo().tz or self.env.company.sudo().partner_id.tz or "UTC"
        return datetime.now(pytz.timezone(zone)).date()
