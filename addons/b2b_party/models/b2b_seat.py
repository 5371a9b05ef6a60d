from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.people import own_or_role
from ..rules.permissions import LIMITS
from ..tools import money


class Seat(models.Model):
    """A person's place in a party: one portal user of that party, with a role.

    Each seat is its own portal user, so Odoo's record rules, caches and carts are
    right without patches. One seat of a person carries the login; the others have
    an unguessable login and no password, and are reached by switching.
    """

    _name = "b2b.seat"
    _description = "B2B Seat"
    _order = "party_id, person_id"
    _rec_names_search = ["person_id.name", "party_id.name"]

    person_id = fields.Many2one(
        "b2b.person",
        required=True,
        index=True,
        ondelete="restrict",
        help="Who sits here.",
    )
    party_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        help="The company this person acts for.",
    )
    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The portal user of this seat.",
    )
    role_id = fields.Many2one(
        "b2b.seat.role",
        required=True,
        index=True,
        ondelete="restrict",
        domain="['|', ('party_id', '=', False), ('party_id', '=', party_id)]",
        help="What this seat may do.",
    )
    supervisor_id = fields.Many2one(
        "b2b.seat",
        ondelete="set null",
        domain="[('party_id', '=', party_id), ('id', '!=', id)]",
        help="Who is asked when an order is above the limits of this seat.",
    )
    state = fields.Selection(
        [("invited", "Invited"), ("active", "Active"), ("suspended", "Suspended")],
        required=True,
        default="active",
        index=True,
        help="Invited: the person has not accepted yet. A suspended seat cannot sign "
        "in; its orders stay.",
    )
    limit_currency_id = fields.Many2one(
        "res.currency",
        "Currency of the limits",
        compute="_compute_limit_currency_id",
        store=True,
        readonly=False,
        help="Currency of this seat's own limits.",
    )
    order_limit = fields.Monetary(
        "Order up to",
        currency_field="limit_currency_id",
        help="Set for this seat alone; overrules the role. 0: as the role says.",
    )
    approve_limit = fields.Monetary(
        "Approve up to",
        currency_field="limit_currency_id",
        help="Set for this seat alone; overrules the role. 0: as the role says.",
    )
    company_id = fields.Many2one(related="party_id.company_id", store=True)
    email = fields.Char(
        "E-mail", related="person_id.email", help="Where the person gets mail."
    )
    limits_note = fields.Char(
        "Counts now",
        compute="_compute_limits_note",
        help="The limits that count: the seat's own, else those of the role.",
    )
    active = fields.Boolean(default=True, help="An archived seat is kept for records.")

    _user_unique = models.Constraint(
        "UNIQUE(user_id)", "This user already belongs to another seat."
    )
    _person_party_unique = models.Constraint(
        "UNIQUE(person_id, party_id)", "This person already has a seat in that party."
    )

    @api.depends("person_id.name", "party_id.name")
    def _compute_display_name(self):
        for seat in self:
            seat.display_name = f"{seat.person_id.name} · {seat.party_id.name}"

    @api.depends("role_id")
    def _compute_limit_currency_id(self):
        for seat in self:
            if not seat.limit_currency_id or not any(seat[name] for name in LIMITS):
                seat.limit_currency_id = seat.role_id.currency_id

    @api.depends("role_id", "limit_currency_id", *LIMITS)
    def _compute_limits_note(self):
        for seat in self:
            seat.limits_note = seat.role_id and seat._b2b_limits_text() or False

    def _b2b_limits_text(self):
        """``orders up to £1,500.00 · approves without limit``, one part a right."""
        _, words = self.env._, []
        for right, name, limited, free in (
            ("place_orders", "order_limit", _("orders up to %s"), _("orders freely")),
            ("approve", "approve_limit", _("approves up to %s"), _("approves freely")),
        ):
            if not self.role_id[right]:
                continue
            amount = self._b2b_limit(name)
            text = money(self.env, amount, self._b2b_limit_currency(name))
            words.append(limited % text if amount else free)
        return " · ".join(words) or _("neither orders nor approves")

    @api.constrains("party_id", "user_id", "role_id", "supervisor_id")
    def _check_belongs_together(self):
        for seat in self.sudo():
            reason = (
                seat._b2b_wrong_user()
                or seat._b2b_wrong_role()
                or seat._b2b_wrong_supervisor()
            )
            if reason:
                raise ValidationError(reason)

    def _b2b_wrong_user(self):
        """What is wrong with the user of this seat, one sentence or nothing."""
        if self.user_id.partner_id.commercial_partner_id != self.party_id:
            return self.env._(
                "%(user)s is not a contact of %(party)s; a seat needs a portal user of "
                "its own party.",
                user=self.user_id.name,
                party=self.party_id.name,
            )
        if self.user_id._is_internal():
            return self.env._(
                "%s works for us and cannot hold a seat.", self.user_id.name
            )
        return ""

    def _b2b_wrong_role(self):
        if self.role_id.party_id in (self.env["res.partner"], self.party_id):
            return ""
        return self.env._(
            "Role %(role)s belongs to another party; choose one of %(party)s.",
            role=self.role_id.name,
            party=self.party_id.name,
        )

    def _b2b_wrong_supervisor(self):
        if not self.supervisor_id or self.supervisor_id.party_id == self.party_id:
            return ""
        return self.env._(
            "%(boss)s does not sit in %(party)s and cannot decide for %(name)s.",
            boss=self.supervisor_id.person_id.name,
            party=self.party_id.name,
            name=self.person_id.name,
        )

    @api.constrains("supervisor_id")
    def _check_supervisor_loop(self):
        # Two changes at the same instant may close a circle that neither sees.
        self._b2b_touch_parties(self.filtered("supervisor_id").party_id)
        if self._has_cycle("supervisor_id"):
            seat = self.filtered("supervisor_id")[:1]
            raise ValidationError(
                self.env._(
                    "%(boss)s cannot decide for %(name)s: the supervisors would form a "
                    "circle. Choose somebody about whom %(name)s does not decide.",
                    boss=seat.supervisor_id.person_id.name,
                    name=seat.person_id.name,
                )
            )

    @api.constrains(*LIMITS)
    def _check_limits(self):
        for seat in self:
            for name in LIMITS:
                if seat[name] < 0:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of %(seat)s is below zero; enter 0 for the "
                            "limit of the role.",
                            field=self._fields[name].get_description(self.env)[
                                "string"
                            ],
                            seat=seat.display_name,
                        )
                    )

    # -- limits ----------------------------------------------------------------

    def _b2b_limit(self, name, currency=None):
        """The limit that counts for this seat: its own, else its role's.

        The one place that answers for orders, approvals, the portal and the team.

        :param str name: ``order_limit`` or ``approve_limit``
        :param currency: res.currency of the answer; by default the one in which the
            limit is kept, see :meth:`_b2b_limit_currency`
        :return: amount; 0 means no limit
        """
        self.ensure_one()
        seat = self.sudo()
        amount = own_or_role(seat[name], seat.role_id[name])
        kept = seat._b2b_limit_currency(name)
        return seat._b2b_converted(amount, kept, currency or kept)

    def _b2b_converted(self, amount, kept, currency):
        if not amount or not kept or currency == kept:
            return amount
        company = self.company_id or self.env.company
        today = fields.Date.context_today(self)
        return kept._convert(amount, currency, company, today)

    def _b2b_own_limits(self, currency):
        """The limits set for this seat alone, by name, in a currency."""
        self.ensure_one()
        return {
            name: self._b2b_converted(self[name], self.limit_currency_id, currency)
            for name in LIMITS
        }

    def _b2b_limit_currency(self, name):
        """The currency in which the limit that counts is kept."""
        self.ensure_one()
        seat = self.sudo()
        return seat.limit_currency_id if seat[name] else seat.role_id.currency_id

    def _b2b_limits(self, currency):
        """Both limits by name, in one currency."""
        return {name: self._b2b_limit(name, currency) for name in LIMITS}
