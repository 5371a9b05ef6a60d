from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL


class ResUsers(models.Model):
    """Signing in: one user of a person has the password, the others have none."""

    _inherit = "res.users"

    b2b_person_ids = fields.One2many(
        "b2b.person",
        "login_user_id",
        "Person",
        groups="base.group_user",
        help="The person who signs in with this user.",
    )

    def _b2b_carrier(self):
        """The user that this user's person signs in with, itself for all others."""
        self.ensure_one()
        # sudo: portal users read neither seats nor persons, but may know their own
        person = self.sudo().with_context(active_test=False).b2b_seat_ids.person_id
        return person.login_user_id or self

    def _b2b_is_sibling(self):
        """Whether somebody reaches this user by switching only."""
        return self._b2b_carrier() != self

    def _b2b_drop_keys(self):
        """Remove API keys and remembered devices of these users."""
        for name in ("res.users.apikeys", "auth_totp.device"):
            if name in self.env:
                keys = self.env[name].sudo().search([("user_id", "in", self.ids)])
                keys.unlink()

    # -- sessions --------------------------------------------------------------

    def _get_session_token_query_params(self):
        """All seats of a person stand and fall with the one that has the password.

        A new password, second factor or login of the person ends the sessions of all
        seats, also of those that were reached by switching; so does archiving the
        person. A suspended seat loses its own for good: giving it back opens no
        session of before.
        """
        params = super()._get_session_token_query_params()
        names = ["login", "password", "active"]
        if "totp_secret" in self._fields:
            names.append("totp_secret")
        secrets = SQL(", ").join(SQL.identifier("carrier", name) for name in names)
        params["select"] = SQL(
            """%s,
            (SELECT concat_ws('|', %s, person.active,
                              seat.state = 'suspended', seat.active,
                              seat.suspended_at)
               FROM b2b_seat seat
               JOIN b2b_person person ON person.id = seat.person_id
          LEFT JOIN res_users carrier ON carrier.id = person.login_user_id
              WHERE seat.user_id = res_users.id
              LIMIT 1) AS b2b_carrier""",
            params["select"],
            secrets,
        )
        return params

    def _check_credentials(self, credential, env):
        """Siblings and suspended seats never sign in, by whatever means."""
        user = self.env.user
        seat = user.sudo().with_context(active_test=False).b2b_seat_ids
        if seat and (seat.state == "suspended" or user._b2b_is_sibling()):
            raise AccessDenied()
        return super()._check_credentials(credential, env)

    @api.model
    def _update_last_login(self):
        super()._update_last_login()
        self.env.user._b2b_first_sign_in()

    def _b2b_first_sign_in(self):
        """Choosing a password and signing in is how a new person accepts."""
        # sudo: portal users write no seats; this one is the own seat
        seat = self.sudo().b2b_seat_ids
        if seat.state == "invited" and seat.user_id == seat.person_id.login_user_id:
            seat.state = "active"

    # -- passwords -------------------------------------------------------------

    def _set_password(self):
        for user in self:
            if user._b2b_is_sibling():
                raise UserError(user._b2b_sibling_text())
        return super()._set_password()

    def _b2b_sibling_text(self):
        carrier = self._b2b_carrier()
        return self.env._(
            "%(name)s signs in with another seat (login %(login)s); change the "
            "password there.",
            name=self.name,
            login=carrier.login,
        )

    @api.model
    def _get_email_domain(self, email):
        """Seats of one person share the address: only the one that signs in counts."""
        sign_in = Domain("b2b_seat_ids", "=", False) | Domain(
            "b2b_person_ids", "!=", False
        )
        return Domain(super()._get_email_domain(email)) & sign_in

    def _action_reset_password(self, signup_type="reset"):
        carriers = self.browse(user._b2b_carrier().id for user in self)
        return super(ResUsers, carriers)._action_reset_password(signup_type=signup_type)

    # -- users that are archived or deleted by hand ----------------------------

    def write(self, vals):
        if "active" in vals:
            self._b2b_follow_active(vals["active"])
        return super().write(vals)

    def _b2b_follow_active(self, active):
        """Keep the seat in line when somebody archives or restores its user.

        :raise UserError: for a restored user of a suspended seat
        """
        seats = self.sudo().with_context(active_test=False).b2b_seat_ids
        if not active:
            seats.filtered(
                lambda s: s.state != "suspended" and s.user_id.active
            ).action_suspend()
            return
        closed = seats.filtered(
            lambda s: s.state == "suspended" and not s.user_id.active
        )
        if closed:
            raise UserError(
                self.env._(
                    "%s belongs to a suspended seat; activate the seat instead.",
                    closed[0].user_id.name,
                )
            )

    def _deactivate_portal_user(self, **post):
        """Who deletes the own account leaves all seats, unless he must stay."""
        users = self.sudo().with_context(active_test=False)
        persons = users.b2b_seat_ids.person_id | users.b2b_person_ids
        persons.seat_ids.filtered(lambda s: s.state != "suspended").write(
            {"state": "suspended"}
        )
        return super()._deactivate_portal_user(**post)


class ResUsersApikeys(models.Model):
    _inherit = "res.users.apikeys"

    def _generate(self, scope, name, expiration_date):
        if self.env.user._b2b_is_sibling():
            raise AccessError(
                self.env._(
                    "Keys belong to the login of a person, not to further seats."
                )
            )
        return super()._generate(scope, name, expiration_date)
