import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


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
        [("active", "Active"), ("suspended", "Suspended")],
        required=True,
        default="active",
        help="A suspended seat cannot sign in; its orders stay.",
    )
    company_id = fields.Many2one(related="party_id.company_id", store=True)
    email = fields.Char(related="person_id.email", help="Where the person gets mail.")
    active = fields.Boolean(default=True)

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

    @api.constrains("party_id", "user_id", "role_id", "supervisor_id")
    def _check_belongs_together(self):
        for seat in self:
            if seat.user_id.partner_id.commercial_partner_id != seat.party_id:
                raise ValidationError(
                    self.env._(
                        "%(user)s is not a contact of %(party)s; a seat needs a "
                        "portal user of its own party.",
                        user=seat.user_id.name,
                        party=seat.party_id.name,
                    )
                )
            if seat.user_id._is_internal():
                raise ValidationError(
                    self.env._(
                        "%s works for us and cannot hold a seat.", seat.user_id.name
                    )
                )
            if seat.role_id.party_id not in (self.env["res.partner"], seat.party_id):
                raise ValidationError(
                    self.env._(
                        "Role %(role)s belongs to another party; choose one of "
                        "%(party)s.",
                        role=seat.role_id.name,
                        party=seat.party_id.name,
                    )
                )
            if seat.supervisor_id and seat.supervisor_id.party_id != seat.party_id:
                raise ValidationError(
                    self.env._(
                        "%(boss)s does not sit in %(party)s and cannot decide for "
                        "%(name)s.",
                        boss=seat.supervisor_id.person_id.name,
                        party=seat.party_id.name,
                        name=seat.person_id.name,
                    )
                )

    @api.constrains("supervisor_id")
    def _check_supervisor_loop(self):
        if self._has_cycle("supervisor_id"):
            raise ValidationError(
                self.env._(
                    "The supervisors form a circle; somebody has to decide in the end."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        seats = super().create(vals_list)
        self.env.registry.clear_cache()
        return seats

    def write(self, vals):
        result = super().write(vals)
        # Permissions and record rules are cached per user.
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def action_suspend(self):
        """Take the access away; the person's other seats are not touched."""
        self.check_access("write")
        for seat in self:
            seat.state = "suspended"
            seat._b2b_move_login()
            # Archiving ends the sessions at once: Odoo checks the user each time.
            seat.sudo().user_id.active = False
        return True

    def action_activate(self):
        """Give the access back."""
        self.check_access("write")
        for seat in self:
            seat.sudo().user_id.active = True
            seat.state = "active"
        return True

    def _b2b_move_login(self):
        """Hand login and password to another active seat of the same person.

        A person who loses one seat keeps signing in as before for the others.
        """
        self.ensure_one()
        person = self.sudo().person_id
        if person.login_user_id != self.sudo().user_id:
            return
        heir = person.seat_ids.filtered(lambda s: s.state == "active" and s != self)[:1]
        if not heir:
            return
        carrier, login = self.sudo().user_id, self.sudo().user_id.login
        carrier.login = self._b2b_hidden_login()
        heir.user_id.login = login
        # The hash is moved as it is: nobody has to choose a new password, and the
        # second factor goes along so that the heir is not less protected.
        users = carrier | heir.user_id
        users.flush_recordset()
        for column in self._b2b_secret_columns():
            self.env.cr.execute(
                SQL(
                    """UPDATE res_users
                          SET %(column)s = (CASE WHEN id = %(heir)s THEN (
                              SELECT %(column)s FROM res_users WHERE id = %(carrier)s
                          ) END)
                        WHERE id IN (%(heir)s, %(carrier)s)""",
                    column=SQL.identifier(column),
                    heir=heir.user_id.id,
                    carrier=carrier.id,
                )
            )
        users.invalidate_recordset()
        self.env.registry.clear_cache()
        person.login_user_id = heir.user_id

    @api.model
    def _b2b_secret_columns(self):
        """Columns of res_users that hold what a person signs in with."""
        names = ["password"]
        if "totp_secret" in self.env["res.users"]._fields:
            names.append("totp_secret")
        return names

    @api.model
    def _b2b_hidden_login(self):
        """A login that nobody can guess or receive mail at."""
        return f"seat-{secrets.token_hex(16)}"

    @api.model
    def _b2b_create_login(self, party, name, email, role, login=None, password=None):
        """Give a person a seat in a party, with the portal user that it needs.

        A person who is known by the e-mail address gets one more seat and keeps the
        login; nobody ever takes over an existing user by an equal address.

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
        first = not person.login_user_id
        contact = self.env["res.partner"].create(
            {"name": name, "email": email, "parent_id": party.id, "type": "contact"}
        )
        values = {
            "partner_id": contact.id,
            "login": (login or email) if first else self._b2b_hidden_login(),
            "group_ids": [
                (
                    6,
                    0,
                    [
                        self.env.ref("base.group_portal").id,
                        self.env.ref("b2b_party.group_buyer").id,
                    ],
                )
            ],
        }
        if password and first:
            values["password"] = password
        company = party.company_id or self.env.company
        values.update(company_id=company.id, company_ids=[(6, 0, [company.id])])
        user = self.env["res.users"].with_context(no_reset_password=True).create(values)
        if first:
            person.login_user_id = user
        return self.create(
            {
                "person_id": person.id,
                "party_id": party.id,
                "user_id": user.id,
                "role_id": role.id,
            }
        )
