from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class Person(models.Model):
    """A person asked to be forgotten: the words go, the business records stay."""

    _inherit = "b2b.person"

    def action_b2b_erase(self):
        """Erase name, e-mail and phone of these persons; cannot be undone.

        Their seats are suspended, their contacts and users lose every personal word,
        and so do the log and the chatter. Orders, decisions and the lines of the log
        stay, in the name of "Erased person".

        :raise AccessError: for anybody but an administrator
        """
        if not self.env.user.has_group("b2b_party.group_administrator"):
            raise AccessError(
                self.env._("Only a B2B administrator erases personal data.")
            )
        self.check_access("write")
        # sudo: contacts, users, log and chatter are touched that an administrator
        # need not be able to write; the role was checked above.
        for person in self.sudo():
            person._b2b_erase()
        return True

    def _b2b_erase(self):
        self.ensure_one()
        seats = self.with_context(active_test=False).seat_ids
        users = (seats.user_id | self.login_user_id).filtered("share")
        seats.filtered(lambda seat: seat.state != "suspended").action_suspend()
        word = self.env._("Erased person %s", self.id)
        self._b2b_erase_requests(word)
        contacts = users.partner_id.filtered(lambda c: not c.is_company)
        quiet = {"tracking_disable": True, "mail_notrack": True}
        contacts.with_context(**quiet).write(
            {
                "name": word,
                "email": False,
                "phone": False,
                "function": False,
                "comment": False,
                "image_1920": False,
            }
        )
        users.active = False
        # Not by write(), which would mail about a changed login.
        users.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE res_users SET login = 'erased-' || id WHERE id IN %s",
                tuple(users.ids) or (0,),
            )
        )
        users.invalidate_recordset(["login"])
        self.write(
            {"name": word, "email": f"erased-{self.id}@invalid", "active": False}
        )
        self._b2b_erase_chatter(contacts)
        # Last, because the changes above made lines with the old words.
        self.env["b2b.audit.entry"]._b2b_erase(self)
        self._b2b_audit_note(self.env._("Erased"))

    def _b2b_erase_requests(self, word):
        """What the person typed when asking for access, and rows of invitations."""
        self.env.flush_all()
        gone = f"erased-{self.id}@invalid"
        for table in ("b2b_access_request", "b2b_invitation_line"):
            phone = SQL(", phone = NULL") if table == "b2b_access_request" else SQL()
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET name = %s, email = %s %s WHERE lower(email) = %s",
                    SQL.identifier(table),
                    word,
                    gone,
                    phone,
                    self.email.lower(),
                )
            )
        self.env.cr.execute(
            SQL(
                "DELETE FROM b2b_access_attempt WHERE lower(email) = %s",
                self.email.lower(),
            )
        )
        self.env.invalidate_all()

    def _b2b_erase_chatter(self, contacts):
        """Old names and addresses in notes about the contacts and in their senders."""
        self.env.flush_all()
        ids = tuple(contacts.ids) or (0,)
        self.env.cr.execute(
            SQL(
                """DELETE FROM mail_tracking_value
                    WHERE mail_message_id IN (
                        SELECT id FROM mail_message
                         WHERE model = 'res.partner' AND res_id IN %s)""",
                ids,
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE mail_message SET email_from = NULL, reply_to = NULL
                    WHERE author_id IN %s""",
                ids,
            )
        )
        self.env["mail.message"].invalidate_model(
            ["email_from", "reply_to", "tracking_value_ids"]
        )
