from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize


class Person(models.Model):
    """A human being who signs in once and may hold seats in several parties."""

    _name = "b2b.person"
    _description = "B2B Person"
    _order = "name"

    name = fields.Char(required=True, help="Name of the person, as on a business card.")
    email = fields.Char(
        "E-mail",
        required=True,
        help="Where the person signs in and gets mail; used once only.",
    )
    login_user_id = fields.Many2one(
        "res.users",
        "Login",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The user that carries the password. The other seats have none.",
    )
    seat_ids = fields.One2many(
        "b2b.seat", "person_id", "Seats", help="The parties this person acts for."
    )
    seat_count = fields.Integer(
        "Number of seats",
        compute="_compute_seat_count",
        help="In how many parties the person has a seat.",
    )
    active = fields.Boolean(
        default=True, help="Archiving a person suspends all seats at once."
    )

    _email_unique = models.UniqueIndex(
        "(lower(email))", "There is already a person with this e-mail address."
    )

    @api.depends("seat_ids")
    def _compute_seat_count(self):
        counts = dict(
            self.env["b2b.seat"]._read_group(
                [("person_id", "in", self.ids)], ["person_id"], ["__count"]
            )
        )
        for person in self:
            person.seat_count = counts.get(person, 0)

    @api.constrains("email")
    def _check_email(self):
        for person in self:
            if not email_normalize(person.email):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is not an e-mail address; enter one for %(name)s.",
                        email=person.email,
                        name=person.name,
                    )
                )

    @api.constrains("name", "email")
    def _check_lengths(self):
        for person in self:
            self.env["b2b.seat"]._b2b_check_lengths(person.name, person.email)

    def write(self, vals):
        if vals.get("email"):
            for person in self:
                person._b2b_follow_email(vals["email"])
        if "active" in vals and not vals["active"]:
            # sudo: suspending archives portal users, which staff may not
            seats = self.sudo().seat_ids
            seats.filtered(lambda s: s.state != "suspended").action_suspend()
        result = super().write(vals)
        # Sessions and permissions of all seats hang on the person.
        self.env.registry.clear_cache()
        return result

    def _b2b_follow_email(self, email):
        """Let login and contacts follow a new address of the person.

        :raise UserError: when somebody else signs in with it
        """
        self.ensure_one()
        person, new = self.sudo(), email_normalize(email)
        old = email_normalize(person.email)
        if not new or new == old:
            return
        if self.env["b2b.seat"].sudo()._b2b_accounts(new, person):
            raise UserError(
                self.env._(
                    "Somebody else signs in with %(email)s; enter another address for "
                    "%(name)s.",
                    email=new,
                    name=person.name,
                )
            )
        users = person.with_context(active_test=False).seat_ids.user_id
        contacts = users.partner_id.filtered(lambda c: c.email_normalized == old)
        contacts.email = new
        carrier = person.login_user_id
        # A login that was chosen on purpose and is no address stays.
        if email_normalize(carrier.login or "") == old:
            carrier.login = new

    def _b2b_can_sign_in(self):
        """Whether a user carries the login that is open: no closed seat has it.

        The login of an external agent belongs to no seat.
        """
        self.ensure_one()
        carrier = self.login_user_id
        seat = self.seat_ids.filtered(lambda s: s.user_id == carrier)
        return bool(carrier.active) and seat.state != "suspended"

    @api.model
    def _b2b_find(self, email):
        """The person with this address, archived ones included, or an empty one."""
        normalized = email_normalize(email) or email
        return self.with_context(active_test=False).search(
            [("email", "=ilike", normalized.replace("_", r"\_").replace("%", r"\%"))],
            limit=1,
        )

    @api.model
    def _b2b_find_or_create(self, name, email):
        """The person with this address, made when there is none.

        :param str name: used for a new person only
        :param str email: compared without regard to case
        """
        normalized = email_normalize(email) or email
        return self._b2b_find(email) or self.create({"name": name, "email": normalized})

    def action_open_seats(self):
        """Open the seats of this person."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Seats of %s", self.name),
            "res_model": "b2b.seat",
            "view_mode": "list,form",
            "domain": [("person_id", "=", self.id)],
        }
