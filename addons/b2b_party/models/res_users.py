from odoo import api, fields, models, tools

from ..rules.permissions import PERMISSIONS


class ResUsers(models.Model):
    _inherit = "res.users"

    b2b_seat_ids = fields.One2many(
        "b2b.seat",
        "user_id",
        "B2B seat",
        groups="base.group_user",
        help="The place of this portal user in a party.",
    )

    def _b2b_seat(self):
        """The active seat of this user, with all rights lifted, or an empty one."""
        self.ensure_one()
        return self.env["b2b.seat"].sudo().browse(self._b2b_seat_id() or [])

    @tools.ormcache("self.id")
    def _b2b_seat_id(self):
        # sudo: a portal user has no access to seats, but may know his own.
        return (
            self.env["b2b.seat"]
            .sudo()
            .search([("user_id", "=", self.id), ("state", "=", "active")], limit=1)
            .id
        )

    def _b2b_open_invitations(self):
        """Seats that this user's person was offered and has not answered.

        A new person accepts by signing in for the first time and is not asked here.
        """
        self.ensure_one()
        # sudo: portal users read no persons, but may know what they were offered
        person = self._b2b_seat().person_id or self.sudo().b2b_person_ids[:1]
        return person.seat_ids.filtered(
            lambda s: s.state == "invited" and s.user_id != person.login_user_id
        )

    def _b2b_seat_in(self, party):
        """The active seat of this user's person in a party, for mails and links."""
        self.ensure_one()
        seats = self._b2b_seat().person_id.seat_ids
        return seats.filtered(lambda s: s.party_id == party and s.state == "active")

    @tools.ormcache("self.id")
    def _b2b_permissions(self):
        """The permission names of this user's seat, as a frozenset.

        Cached until a seat or role changes: after the first question in a request
        no other one costs a query.
        """
        seat = self._b2b_seat()
        return seat.role_id._b2b_permissions() if seat else frozenset()

    def _b2b_can(self, name):
        """Whether the seat of this user has a permission.

        :param str name: one of ``rules.permissions.PERMISSIONS``
        :raise ValueError: for a name that does not exist, so that a typing mistake
            never reads as "no"
        """
        if name not in PERMISSIONS:
            raise ValueError(f"unknown permission {name!r}")
        self.ensure_one()
        return name in self._b2b_permissions()

    def _b2b_party(self):
        """The party this user acts for, with all rights lifted."""
        self.ensure_one()
        return self.sudo().partner_id.commercial_partner_id

    def _b2b_party_ids(self):
        """Ids of the parties whose records this user may see, for record rules."""
        self.ensure_one()
        return [self._b2b_party().id]

    def _b2b_order_domain(self, prefix=""):
        """What a user may see of the orders of his parties, for record rules.

        Staff are not narrowed here. A portal user with a seat sees the orders of his
        party as far as the role goes, and never a colleague's draft, whatever other
        addons allow. What a rep entered for him is his own once it was sent.
        Portal users without a seat keep Odoo's own rules.

        :param str prefix: path to the order, ``order_id.`` for lines
        """
        self.ensure_one()
        if not self.share or not self._b2b_seat_id():
            return [(1, "=", 1)]
        submitted = self._b2b_submitted_domain(prefix)
        own = [
            *("|", "|"),
            (f"{prefix}b2b_orderer_id", "=", self.id),
            (f"{prefix}create_uid", "=", self.id),
            *("&", "|"),
            (f"{prefix}partner_id", "=", self.partner_id.id),
            (f"{prefix}b2b_seat_id", "=", self._b2b_seat_id()),
            *submitted,
        ]
        party = [(f"{prefix}b2b_party_id", "in", self._b2b_party_ids())]
        if not self._b2b_can("see_company_orders") and not self._b2b_can("approve"):
            return ["&", *party, *own]
        return ["&", *party, "|", *submitted, *own]

    @api.model
    def _b2b_submitted_domain(self, prefix=""):
        """Orders that are no longer a draft of one person alone."""
        return [(f"{prefix}state", "!=", "draft")]

    @api.model
    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {"partner_id"}
