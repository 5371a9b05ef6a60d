import secrets

from odoo import api, models
from odoo.tools import SQL


class Seat(models.Model):
    """Portal users of seats, and which of them carries the person's login."""

    _inherit = "b2b.seat"

    @api.model
    def _b2b_create_login(self, party, name, email, role, login=None, password=None):
        """Give a person an active seat in a party, with the portal user it needs.

        For imports, set-up and tests. People are invited with :meth:`_b2b_invite`,
        which asks them. A person who is known by the e-mail address gets one more
        seat and keeps the login; nobody ever takes over an existing user by an equal
        address.

        :param party: res.partner, a commercial entity
        :param str name: of the person
        :param str email: identifies the person
        :param role: b2b.seat.role
        :param str login: login of a new person; the e-mail address by default
        :param str password: set for a new person only; none by default
        :return: b2b.seat
        """
        party.ensure_one()
        person = self.env["b2b.person"]._b2b_find_or_create(name, email)
        contact = self.env["res.partner"].create(
            {"name": name, "email": email, "parent_id": party.id, "type": "contact"}
        )
        user = self._b2b_make_user(person, party, contact, login, password)
        return self.create(
            {
                "person_id": person.id,
                "party_id": party.id,
                "user_id": user.id,
                "role_id": role.id,
            }
        )

    @api.model
    def _b2b_make_user(self, person, party, contact, login=None, password=None):
        """The portal user of a new seat; the first of a person carries the login."""
        first = not person.login_user_id
        company = party.company_id or self.env.company
        groups = self.env.ref("base.group_portal") | self.env.ref(
            "b2b_party.group_buyer"
        )
        values = {
            "partner_id": contact.id,
            "login": (login or person.email) if first else self._b2b_hidden_login(),
            "group_ids": [(6, 0, groups.ids)],
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
        }
        if password and first:
            values["password"] = password
        user = self.env["res.users"].with_context(no_reset_password=True).create(values)
        if first:
            person.login_user_id = user
        return user

    def _b2b_move_login(self):
        """Hand login and password to another open seat of the same person.

        A person who loses one seat keeps signing in as before for the others.
        """
        self.ensure_one()
        person = self.sudo().person_id
        if person.login_user_id != self.sudo().user_id:
            return
        others = person.seat_ids - self
        heirs = others.filtered(lambda s: s.state == "active") or others.filtered(
            lambda s: s.state == "invited"
        )
        if heirs:
            heirs[0]._b2b_inherit_login()

    def _b2b_take_login(self):
        """Become the seat that carries the login when no other open one does.

        Somebody whose seats were all suspended signs in again with the same login.
        """
        self.ensure_one()
        if not self.sudo().person_id._b2b_can_sign_in():
            self._b2b_inherit_login()

    def _b2b_inherit_login(self):
        """Take login, password and second factor over from the user that has them.

        The hash is moved as it is: nobody has to choose a new password, and the
        second factor goes along so that this seat is not less protected.
        """
        self.ensure_one()
        heir, person = self.sudo().user_id, self.sudo().person_id
        carrier = person.login_user_id
        if carrier == heir:
            return
        heir.active = True
        if carrier:
            login = carrier.login
            carrier.login = self._b2b_hidden_login()
            carrier.flush_recordset()
            heir.login = login
            heir.flush_recordset()
            self._b2b_move_secrets(carrier, heir)
        else:
            heir.login = person.email
        person.login_user_id = heir
        self.env.registry.clear_cache()

    @api.model
    def _b2b_move_secrets(self, carrier, heir):
        users = carrier | heir
        for column in self._b2b_secret_columns():
            self.env.cr.execute(
                SQL(
                    """UPDATE res_users
                          SET %(column)s = (CASE WHEN id = %(heir)s THEN (
                              SELECT %(column)s FROM res_users WHERE id = %(carrier)s
                          ) END)
                        WHERE id IN (%(heir)s, %(carrier)s)""",
                    column=SQL.identifier(column),
                    heir=heir.id,
                    carrier=carrier.id,
                )
            )
        if "auth.passkey.key" in self.env:
            self.env.cr.execute(
                SQL(
                    "UPDATE auth_passkey_key SET create_uid = %s WHERE create_uid = %s",
                    heir.id,
                    carrier.id,
                )
            )
            self.env["auth.passkey.key"].invalidate_model()
        # Keys and remembered devices of the old user open nothing any more.
        carrier._b2b_drop_keys()
        users.invalidate_recordset()

    @api.model
    def _b2b_secret_columns(self):
        """Columns of res_users that hold what a person signs in with."""
        known = self.env["res.users"]._fields
        return [
            name
            for name in ("password", "totp_secret", "totp_last_counter")
            if name in known
        ]

    @api.model
    def _b2b_hidden_login(self):
        """A login that nobody can guess or receive mail at."""
        return f"seat-{secrets.token_hex(16)}"
