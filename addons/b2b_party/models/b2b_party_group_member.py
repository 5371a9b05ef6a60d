from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PartyGroupMember(models.Model):
    """A party, an address or a seat that belongs to a group for some time."""

    _name = "b2b.party.group.member"
    _description = "B2B Party Group Member"
    _order = "group_id, date_from desc, id"
    _check_company_auto = True

    group_id = fields.Many2one(
        "b2b.party.group",
        "Party group",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        help="The group this member belongs to.",
    )
    company_id = fields.Many2one(related="group_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Party or address",
        index=True,
        ondelete="cascade",
        check_company=True,
        help="A party with all its addresses and seats, or a single address.",
    )
    seat_id = fields.Many2one(
        "b2b.seat",
        index=True,
        ondelete="cascade",
        help="One person of a party, without the rest of the party.",
    )
    kind = fields.Selection(
        [("party", "Party"), ("address", "Address"), ("seat", "Seat")],
        compute="_compute_kind",
        store=True,
        index=True,
        help="What belongs to the group.",
    )
    date_from = fields.Date("From", help="First day; empty: since ever.")
    date_to = fields.Date("To", help="Last day; empty: until further notice.")
    is_valid = fields.Boolean(
        "Today", compute="_compute_is_valid", help="Whether it belongs today."
    )

    _one_member = models.Constraint(
        "CHECK((partner_id IS NULL) != (seat_id IS NULL))",
        "A member of a group is either a party or address, or a seat.",
    )
    _dates = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day is before the first one."
    )
    _partner_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(group_id, group_id, '[]') WITH &&, "
        "int4range(partner_id, partner_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&) WHERE (partner_id IS NOT NULL)",
        "This member already belongs to the group on some of these days; change the "
        "dates there.",
    )
    _seat_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(group_id, group_id, '[]') WITH &&, "
        "int4range(seat_id, seat_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&) WHERE (seat_id IS NOT NULL)",
        "This seat already belongs to the group on some of these days; change the "
        "dates there.",
    )

    @api.depends("partner_id.commercial_partner_id", "seat_id")
    def _compute_kind(self):
        for member in self:
            partner = member.partner_id
            if member.seat_id:
                member.kind = "seat"
            elif partner and partner != partner.commercial_partner_id:
                member.kind = "address"
            else:
                member.kind = "party"

    @api.depends("date_from", "date_to")
    def _compute_is_valid(self):
        today = fields.Date.context_today(self)
        for member in self:
            first, last = member.date_from or today, member.date_to or today
            member.is_valid = first <= today <= last

    @api.depends("partner_id", "seat_id")
    def _compute_display_name(self):
        for member in self:
            member.display_name = (member.partner_id or member.seat_id).display_name

    @api.constrains("partner_id", "seat_id")
    def _check_member(self):
        for member in self:
            target = member.partner_id or member.seat_id
            name = target.display_name
            if not target.active:
                raise ValidationError(
                    self.env._("%s is archived and cannot join a group.", name)
                )
            if member.kind == "address" and member.partner_id.type == "contact":
                raise ValidationError(
                    self.env._(
                        "%s is a person; add the seat of this person instead.", name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._b2b_changed()
        return members

    def write(self, vals):
        result = super().write(vals)
        self._b2b_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._b2b_changed()
        return result

    def _b2b_changed(self):
        # sudo: the groups of a party are written by the system.
        self.env["b2b.party.group"].sudo()._b2b_refresh_partners()
