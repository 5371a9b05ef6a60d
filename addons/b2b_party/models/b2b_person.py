from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize


class Person(models.Model):
    """A human being who signs in once and may hold seats in several parties."""

    _name = "b2b.person"
    _description = "B2B Person"
    _order = "name"

    name = fields.Char(required=True, help="Name of the person, as on a business card.")
    email = fields.Char(
        required=True, help="Where the person signs in and gets mail; used once only."
    )
    login_user_id = fields.Many2one(
        "res.users",
        "Login",
        readonly=True,
        ondelete="set null",
        help="The user that carries the password. The other seats have none.",
    )
    seat_ids = fields.One2many(
        "b2b.seat", "person_id", "Seats", help="The parties this person acts for."
    )
    active = fields.Boolean(default=True)

    _email_unique = models.UniqueIndex(
        "(lower(email))", "There is already a person with this e-mail address."
    )

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

    @api.model
    def _b2b_find_or_create(self, name, email):
        """The person with this address, made when there is none.

        :param str name: used for a new person only
        :param str email: compared without regard to case
        """
        normalized = email_normalize(email) or email
        person = self.with_context(active_test=False).search(
            [("email", "=ilike", normalized.replace("_", r"\_").replace("%", r"\%"))],
            limit=1,
        )
        return person or self.create({"name": name, "email": normalized})
