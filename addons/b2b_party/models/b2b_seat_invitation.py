from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools import email_normalize

from ..rules.invitation import is_address


class Seat(models.Model):
    """Invitations: a person is asked, accounts are never taken over.

    Somebody new gets a mail to choose a password and accepts by signing in.
    Somebody who signs in for another party already gets one more seat, accepts it
    in the portal and keeps the login.
    """

    _inherit = "b2b.seat"

    contact_made = fields.Boolean(
        readonly=True,
        copy=False,
        help="The contact was made by the invitation and goes with it when it is "
        "withdrawn.",
    )

    @api.model
    def _b2b_invite(self, party, name, email, role, contact=None, **values):
        """Invite a person to a party; called with all rights after a check.

        :param party: res.partner, a trade party
        :param str name: of the person
        :param str email: where the invitation goes; identifies the person
        :param role: b2b.seat.role
        :param contact: res.partner, a contact of the party that is to be registered
        :param values: more fields of the seat: supervisor_id, order_limit,
            approve_limit, limit_currency_id, default_delivery_id, ...
        :return: b2b.seat in state ``invited``
        :raise UserError: one sentence that says what stands against it
        """
        party.ensure_one()
        name, email = (name or "").strip(), (email or "").strip()
        self._b2b_check_invitation(party, name, email, contact)
        email = email_normalize(email)
        self._b2b_count_invitation(party, email)
        person = self.env["b2b.person"]._b2b_find_or_create(name, email)
        user = self._b2b_own_portal_user(party, email, person)
        made = False
        if not user:
            contact = contact or self._b2b_free_contact(party, email)
            made = not contact
            contact = contact or contact.create(
                {"name": name, "email": email, "parent_id": party.id, "type": "contact"}
            )
            user = self._b2b_make_user(person, party, contact)
        elif not person.login_user_id:
            person.login_user_id = user
        if person.login_user_id != user:
            # Nobody gets in before the person has said yes.
            user.active = False
        seat = self.create(
            {
                "person_id": person.id,
                "party_id": party.id,
                "user_id": user.id,
                "role_id": role.id,
                "state": "invited",
                "invited_at": fields.Datetime.now(),
                "invited_by_id": self.env.uid,
                "contact_made": made,
                **values,
            }
        )
        seat._b2b_rescue_login()
        seat._b2b_mail_invitation()
        return seat

    def _b2b_rescue_login(self):
        """Let somebody sign in again whose other seats are all gone."""
        if not self.person_id._b2b_can_sign_in():
            self._b2b_inherit_login()

    # -- what stands against an invitation -------------------------------------

    @api.model
    def _b2b_check_invitation(self, party, name, email, contact=None):
        """Refuse what cannot be invited.

        :raise UserError: for the caller's own input: party, name, address, seat
        :raise AccessError: for an address whose account is none of this party's
            business; the portal says the same sentence for all of these
        """
        _ = self.env._
        if party != party.commercial_partner_id or party.b2b_customer_type != "trade":
            raise UserError(
                _("Seats belong to a trade company; %s is none.", party.display_name)
            )
        if not name:
            raise UserError(_("Enter the name of the person to invite."))
        self._b2b_check_lengths(name, email)
        if not is_address(email) or not email_normalize(email):
            raise UserError(
                _(
                    "“%(email)s” is not an e-mail address; enter one for %(name)s.",
                    email=email,
                    name=name,
                )
            )
        if contact and contact.commercial_partner_id != party:
            raise UserError(
                _(
                    "%(contact)s is not a contact of %(party)s.",
                    contact=contact.display_name,
                    party=party.name,
                )
            )
        person = self.env["b2b.person"]._b2b_find(email)
        self._b2b_check_known_person(party, person)
        self._b2b_check_accounts(party, email, person)

    @api.model
    def _b2b_check_known_person(self, party, person):
        _ = self.env._
        seats = person.with_context(active_test=False).seat_ids
        seat = seats.filtered(lambda s: s.party_id == party)
        if seat:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                _(
                    "%(name)s already has a seat in %(party)s; it is %(state)s.",
                    name=person.name,
                    party=party.name,
                    state=states[seat.state].lower(),
                )
            )
        if person and not person.active:
            raise AccessError(
                _("%s was archived; restore the person first.", person.name)
            )

    @api.model
    def _b2b_check_accounts(self, party, email, person):
        """An equal address never opens somebody's account."""
        _ = self.env._
        for user in self._b2b_accounts(email, person):
            if not user.share:
                raise AccessError(
                    _(
                        "%s belongs to one of our own people, who cannot hold a seat; "
                        "enter another address.",
                        email,
                    )
                )
            if user._b2b_party() != party:
                raise AccessError(
                    _(
                        "%(email)s belongs to an account of %(other)s that is no seat; "
                        "enter another address or clear that account first.",
                        email=email,
                        other=user._b2b_party().name,
                    )
                )
            if not user.active:
                raise AccessError(
                    _("%s belongs to an archived account; restore it first.", email)
                )

    @api.model
    def _b2b_accounts(self, email, person):
        """Users who sign in with this address and are not seats of the person.

        Portal users enter the address of their contact themselves: it is no proof,
        else anybody could keep a person from being invited by writing that person's
        address into his own contact. The address of one of our own people is.
        """
        key = email_normalize(email) or email
        users = (
            self.env["res.users"]
            .with_context(active_test=False)
            .search(
                [
                    "|",
                    ("login", "=ilike", _like(key)),
                    "&",
                    ("share", "=", False),
                    ("email_normalized", "=", key),
                ]
            )
        )
        mine = person.with_context(active_test=False).seat_ids.user_id
        return users - mine - person.login_user_id

    @api.model
    def _b2b_own_portal_user(self, party, email, person):
        """The portal user of a contact of this very party with the same address.

        He becomes the seat as he is: nothing but the group of buyers is added.
        """
        if person.login_user_id:
            return self.env["res.users"]
        user = self._b2b_accounts(email, person).filtered(
            lambda u: u.active and u._is_portal() and u._b2b_party() == party
        )[:1]
        if user:
            user.write({"group_ids": [(4, self.env.ref("b2b_party.group_buyer").id)]})
        return user

    @api.model
    def _b2b_free_contact(self, party, email):
        """A contact of the party with this address and without a user, or none."""
        contacts = self.env["res.partner"].search(
            [
                ("parent_id", "=", party.id),
                ("type", "=", "contact"),
                ("is_company", "=", False),
                ("email_normalized", "=", email),
            ]
        )
        free = contacts.filtered(
            lambda c: not c.with_context(active_test=False).user_ids
        )
        return free[:1]

    # -- mail ------------------------------------------------------------------

    def _b2b_mail_invitation(self):
        """Ask the person by mail, in the language of the contact."""
        for seat in self.sudo():
            new = seat.person_id.login_user_id == seat.user_id
            name = "mail_template_invite_new" if new else "mail_template_invite_seat"
            template = self.env.ref(f"b2b_party.{name}").sudo()
            link = seat._b2b_invitation_link(new)
            template.with_context(b2b_link=link).send_mail(
                seat.id,
                email_layout_xmlid="b2b_party.mail_layout",
                email_values={"email_to": seat.person_id.email},
            )

    def _b2b_invitation_link(self, new):
        contact = self.user_id.partner_id
        if not new:
            return f"{contact.get_base_url()}/trade/team/invitations"
        has_password = self.user_id.login_date
        contact.signup_prepare(signup_type="reset" if has_password else "signup")
        urls = contact.with_context(
            create_user=True, signup_valid=True
        )._get_signup_url_for_action()
        return urls[contact.id]

    def action_resend_invitation(self):
        """Send the invitation again."""
        self.check_access("write")
        self.sudo()._b2b_resend()
        return True

    def _b2b_resend(self):
        for seat in self:
            if seat.state != "invited":
                raise UserError(
                    self.env._(
                        "%s has accepted already; there is nothing to send again.",
                        seat.person_id.name,
                    )
                )
            seat._b2b_count_invitation(seat.party_id, seat.person_id.email)
        self.write({"invited_at": fields.Datetime.now()})
        self._b2b_mail_invitation()

    def action_withdraw_invitation(self):
        """Take an invitation back; nothing of it remains."""
        self.check_access("write")
        self.sudo()._b2b_withdraw()
        return {
            "type": "ir.actions.act_window",
            "res_model": "b2b.seat",
            "name": self.env._("Seats"),
            "views": [(False, "list"), (False, "form")],
        }

    def _b2b_withdraw(self):
        for seat in self:
            if seat.state != "invited":
                raise UserError(
                    self.env._(
                        "%s has accepted already; suspend the seat instead.",
                        seat.person_id.name,
                    )
                )
            seat._b2b_move_login()
            person, user, made = seat.person_id, seat.user_id, seat.contact_made
            contact = user.partner_id
            was_there = user.login_date or user.create_date < seat.create_date
            seat.unlink()
            if was_there:
                # An account that was there before keeps what it had.
                user.group_ids -= self.env.ref("b2b_party.group_buyer")
            else:
                contact.signup_cancel()
                user.unlink()
                if made and contact._b2b_is_unused():
                    contact.unlink()
            if not person.with_context(active_test=False).seat_ids:
                person.unlink()

    # -- the answer of a person who has a seat elsewhere -----------------------

    def _b2b_accept(self):
        """Accept an invitation in the person's own session; sudo after the check."""
        seat = self._b2b_check_asked()
        seat.state = "active"
        return seat

    def _b2b_decline(self):
        """Decline an invitation in the person's own session."""
        seat = self._b2b_check_asked()
        seat.party_id.message_post(
            body=self.env._("%s declined the invitation.", seat.person_id.name)
        )
        seat._b2b_withdraw()

    def _b2b_check_asked(self):
        """This invitation, with all rights, if it is for whoever is signed in.

        :raise MissingError: for a foreign, answered or withdrawn one, in the same
            words
        """
        mine = self.env.user._b2b_open_invitations()
        if len(self) != 1 or self.id not in mine.ids:
            raise MissingError(self.env._("There is no such invitation."))
        return mine.browse(self.id)


def _like(text):
    """``text`` as a literal pattern of LIKE."""
    return text.replace("\\", r"\\").replace("_", r"\_").replace("%", r"\%")
