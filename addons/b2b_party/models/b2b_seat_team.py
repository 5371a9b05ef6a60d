from odoo import api, models
from odoo.exceptions import AccessError, MissingError, UserError

from ..rules import amounts
from ..rules.people import lacking, limits_above, own_or_role
from ..rules.permissions import LIMITS


class Seat(models.Model):
    """What a company's administrator does with the people of his company.

    All of these act for whoever is signed in: they look at his own seat, work in his
    own party only, and lift rights after that. None can be called by RPC.
    """

    _inherit = "b2b.seat"

    # -- who acts, on whom -----------------------------------------------------

    @api.model
    def _b2b_team_actor(self):
        """The seat of whoever is signed in, when it manages people; with all rights.

        :raise AccessError: for everybody else
        """
        user = self.env.user
        if not user._b2b_can("manage_seats"):
            raise AccessError(self.env._("Your role does not manage people."))
        return user._b2b_seat()

    @api.model
    def _b2b_team_seat(self, seat_id, actor):
        """A seat of the actor's party that he may change.

        :raise MissingError: for none and a foreign one, in the same words
        :raise UserError: for his own, an agent's, or one with more rights than he has
        """
        seat = actor.search(
            [("id", "=", _as_id(seat_id)), ("party_id", "=", actor.party_id.id)]
        )
        if not seat:
            raise MissingError(self.env._("There is no such person."))
        reason = seat._b2b_team_untouchable(actor)
        if reason:
            raise UserError(reason)
        return seat

    def _b2b_team_untouchable(self, actor):
        """Why the actor may not change this seat, one sentence or nothing."""
        if self == actor:
            return self.env._(
                "You cannot change your own seat; another administrator does that."
            )
        if self._b2b_is_outside():
            return self.env._(
                "%s is an agent and is looked after by us.", self.user_id.name
            )
        role, currency = self.role_id, self.role_id.currency_id
        over = actor._b2b_team_beyond(
            role._b2b_permissions(), self._b2b_limits(currency), currency
        )
        if over:
            return self.env._(
                "%(name)s has rights that you do not have (%(rights)s); somebody who "
                "has them changes this seat.",
                name=self.user_id.name,
                rights=", ".join(over),
            )
        return ""

    def _b2b_is_outside(self):
        """Whether somebody sits here who is no employee of the party."""
        self.ensure_one()
        return self.is_agent

    def _b2b_team_beyond(self, given, limits, currency):
        """Labels of what is to be given and this seat lacks itself.

        :param given: permission names
        :param limits: amounts by name that come with them
        :param currency: res.currency of these amounts
        """
        self.ensure_one()
        own = self.role_id._b2b_permissions()
        names = lacking(own, given)
        names += limits_above(self._b2b_limits(currency), limits, given)
        return self.role_id._b2b_labels(names)

    def _b2b_team_check_parked(self, limits, role):
        """Refuse an own limit above this seat's, whether its right is given or not.

        A limit that waits for its right would count as soon as the right comes.

        :param limits: own limits of a seat, in the currency of its role
        """
        given = set(LIMITS.values())
        wanted = {name: limits.get(name) or 0 for name in LIMITS}
        own = self._b2b_limits(role.currency_id)
        over = [
            name
            for name in limits_above(own, wanted, given)
            if wanted[name]  # 0 is the role's, which has its own check
        ]
        if over:
            raise UserError(
                self.env._(
                    "%(limits)s would be above your own limit; enter less.",
                    limits=", ".join(role._b2b_labels(over)),
                )
            )

    def _b2b_team_check_gift(self, role, limits=None):
        """Refuse a role, or limits with it, that goes beyond this seat.

        :param limits: own limits of the seat that gets the role, in the currency of
            the role; 0 is the role's
        """
        limits = {
            name: own_or_role((limits or {}).get(name, 0), role[name])
            for name in LIMITS
        }
        given = role._b2b_permissions()
        over = self._b2b_team_beyond(given, limits, role.currency_id)
        if over:
            raise UserError(
                self.env._(
                    "Role %(role)s includes what you do not have yourself: %(rights)s.",
                    role=role.name,
                    rights=", ".join(over),
                )
            )

    # -- what is shown ---------------------------------------------------------

    @api.model
    def _b2b_team(self):
        """The people of the actor's party, one dict each, for the team page.

        Keys: ``id, name, email, role_id, role_name, order_limit, approve_limit,
        currency, own_order_limit, own_approve_limit, places_orders, approves,
        supervisor_id, supervisor_name, default_delivery_id, allowed_address_ids,
        state, invited_at, last_seen, is_me, is_agent, may_change, why_not``.
        """
        actor = self._b2b_team_actor()
        seats = actor.search([("party_id", "=", actor.party_id.id)])
        seats.user_id.mapped("name")
        rows = [seat._b2b_team_row(actor) for seat in seats]
        order = {"active": 0, "invited": 1, "suspended": 2}
        return sorted(rows, key=lambda row: (order[row["state"]], row["name"]))

    def _b2b_team_row(self, actor):
        why_not = self._b2b_team_untouchable(actor)
        role = self.role_id
        return {
            "id": self.id,
            "name": self.user_id.name,
            "email": self.person_id.email,
            "role_id": role.id,
            "role_name": role.name,
            "places_orders": role.place_orders,
            "approves": role.approve,
            "order_limit": self._b2b_limit("order_limit"),
            "order_currency": self._b2b_limit_currency("order_limit"),
            "approve_limit": self._b2b_limit("approve_limit"),
            "approve_currency": self._b2b_limit_currency("approve_limit"),
            "own_order_limit": self.order_limit,
            "own_approve_limit": self.approve_limit,
            "supervisor_id": self.supervisor_id.id,
            "supervisor_name": self.supervisor_id.user_id.name or "",
            "default_delivery_id": self.default_delivery_id.id,
            "allowed_address_ids": self.allowed_address_ids.ids,
            "state": self.state,
            "invited_at": self.invited_at,
            "last_seen": self.last_seen,
            "is_me": self == actor,
            "is_agent": self._b2b_is_outside(),
            "may_change": not why_not,
            "why_not": why_not,
        }

    # -- what is done ----------------------------------------------------------

    @api.model
    def _b2b_team_invite(self, name, email, role_id, supervisor_id=None, **values):
        """Invite a colleague.

        :param values: ``order_limit``, ``approve_limit``, ``default_delivery_id``,
            ``allowed_address_ids``, as for :meth:`_b2b_team_update`
        :return: b2b.seat, with all rights
        """
        actor = self._b2b_team_actor()
        role = self._b2b_team_role(role_id, actor)
        values = self._b2b_team_values(values, actor)
        values["limit_currency_id"] = role.currency_id.id
        if supervisor_id:
            boss = self._b2b_team_colleague(supervisor_id, actor)
            values["supervisor_id"] = boss.id
        actor._b2b_team_check_gift(role, values)
        try:
            return actor._b2b_invite(actor.party_id, name, email, role, **values)
        except AccessError:
            # Whether an address has an account elsewhere is nobody's business.
            raise UserError(
                self.env._(
                    "%s cannot be invited here; your account manager can help.", email
                )
            ) from None

    @api.model
    def _b2b_team_set_role(self, seat_id, role_id):
        """Give a colleague another role; his own limits stay when they still fit."""
        actor = self._b2b_team_actor()
        seat = self._b2b_team_seat(seat_id, actor)
        role = self._b2b_team_role(role_id, actor)
        actor._b2b_team_check_gift(role, seat._b2b_own_limits(role.currency_id))
        seat.role_id = role
        return seat

    @api.model
    def _b2b_team_set_limit(self, seat_id, order_limit=None, approve_limit=None):
        """Set a colleague's own limits in the currency of his role.

        :param order_limit: amount; 0 takes the role's, None leaves it
        :param approve_limit: the same
        """
        actor = self._b2b_team_actor()
        seat = self._b2b_team_seat(seat_id, actor)
        given = {"order_limit": order_limit, "approve_limit": approve_limit}
        return self._b2b_team_write(
            seat, {k: v for k, v in given.items() if v is not None}, actor
        )

    @api.model
    def _b2b_team_update(self, seat_id, **values):
        """Change ``supervisor_id``, addresses and limits of a colleague.

        :param values: ``supervisor_id`` (0: nobody), ``default_delivery_id`` (0:
            the party's), ``allowed_address_ids`` (empty: all), limits
        """
        actor = self._b2b_team_actor()
        seat = self._b2b_team_seat(seat_id, actor)
        supervisor = values.pop("supervisor_id", None)
        if supervisor is not None:
            boss = supervisor and self._b2b_team_colleague(supervisor, actor)
            seat.supervisor_id = boss or False
        return self._b2b_team_write(seat, values, actor)

    @api.model
    def _b2b_team_write(self, seat, values, actor):
        values = self._b2b_team_values(values, actor)
        if values.keys() & LIMITS.keys():
            values["limit_currency_id"] = seat.role_id.currency_id.id
            own = seat._b2b_own_limits(seat.role_id.currency_id) | values
            actor._b2b_team_check_gift(seat.role_id, own)
            actor._b2b_team_check_parked(own, seat.role_id)
        if values:
            seat.write(values)
        return seat

    @api.model
    def _b2b_team_suspend(self, seat_id):
        """Take a colleague's access away; his orders stay."""
        seat = self._b2b_team_seat(seat_id, self._b2b_team_actor())
        if seat.state == "invited":
            seat._b2b_withdraw()
            return seat.browse()
        seat.action_suspend()
        return seat

    @api.model
    def _b2b_team_activate(self, seat_id):
        """Give a suspended colleague the access back."""
        seat = self._b2b_team_seat(seat_id, self._b2b_team_actor())
        if seat.state == "invited":
            raise UserError(self.env._("%s has not accepted yet.", seat.user_id.name))
        seat.action_activate()
        return seat

    @api.model
    def _b2b_team_resend(self, seat_id):
        """Send the invitation of a colleague again."""
        seat = self._b2b_team_seat(seat_id, self._b2b_team_actor())
        seat._b2b_resend()
        return seat

    # -- input from the browser ------------------------------------------------

    @api.model
    def _b2b_team_colleague(self, seat_id, actor):
        seat = actor.search(
            [("id", "=", _as_id(seat_id)), ("party_id", "=", actor.party_id.id)]
        )
        if not seat:
            raise MissingError(self.env._("There is no such person."))
        return seat

    @api.model
    def _b2b_team_role(self, role_id, actor):
        """A role that exists for the actor's party."""
        role = actor.role_id.search(
            [
                ("id", "=", _as_id(role_id)),
                ("party_id", "in", (False, actor.party_id.id)),
                ("id", "!=", self.env.ref("b2b_party.role_agent").id),
            ]
        )
        if not role:
            raise MissingError(self.env._("There is no such role."))
        return role

    @api.model
    def _b2b_team_values(self, values, actor):
        """Fields to write for what came from a page; unknown names are refused."""
        result = {}
        for name, value in values.items():
            if name in LIMITS:
                result[name] = self._b2b_amount(value)
            elif name == "default_delivery_id":
                result[name] = self._b2b_team_addresses([value], actor).id
            elif name == "allowed_address_ids":
                result[name] = [(6, 0, self._b2b_team_addresses(value, actor).ids)]
            else:
                raise ValueError(f"{name} is not set by a company's administrator")
        return result

    @api.model
    def _b2b_team_addresses(self, ids, actor):
        wanted = {_as_id(each) for each in ids or () if each}
        found = actor.party_id.search(
            [
                ("id", "in", list(wanted)),
                ("commercial_partner_id", "=", actor.party_id.id),
            ]
        )
        if len(found) != len(wanted):
            raise MissingError(self.env._("There is no such address."))
        return found

    @api.model
    def _b2b_amount(self, value):
        """An amount from a page, as people write it; no letters, not below zero.

        Nothing between 0 and 1 either: rounded to 0 it would be no limit at all.
        """
        amount = amounts.amount(value) if isinstance(value, str) else value or 0.0
        if not isinstance(amount, (int, float)) or not 0 <= amount <= amounts.MOST:
            raise UserError(
                self.env._("“%s” is not an amount; enter a number from 0.", value)
            )
        if 0 < amount < 1:
            raise UserError(
                self.env._("“%s” is too small; enter 0, or an amount from 1.", value)
            )
        return amount


def _as_id(value):
    """An id from a page as a number that may be searched for; 0 finds nothing."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0
