from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..rules.invitation import ADDRESS_LENGTH, NAME_LENGTH, is_address, repeated

TYPED = frozenset({"name", "email", "role", "supervisor"})


class InvitationLine(models.Model):
    """One person of a list of invitations."""

    _name = "b2b.invitation.line"
    _description = "B2B Invitation Row"
    _order = "batch_id, number, id"

    batch_id = fields.Many2one(
        "b2b.invitation.batch",
        required=True,
        index=True,
        ondelete="cascade",
        help="The list this row belongs to.",
    )
    company_id = fields.Many2one(
        related="batch_id.company_id", store=True, help="Company of the party."
    )
    number = fields.Integer("Row", readonly=True, help="Line of the list.")
    name = fields.Char(help="Name of the person.")
    email = fields.Char("E-mail", help="The invitation goes there.")
    role = fields.Char(help="Name of the role; empty: the role of the list.")
    supervisor = fields.Char(
        help="E-mail of the one who decides: a seat of the party or a row of the list."
    )
    state = fields.Selection(
        [
            ("ready", "In order"),
            ("wrong", "To be mended"),
            ("done", "Invited"),
            ("known", "Has a seat"),
            ("failed", "Failed"),
        ],
        default="ready",
        required=True,
        readonly=True,
        index=True,
        help="Only rows in order are sent; somebody who has a seat already is not "
        "invited again.",
    )
    reason = fields.Char(readonly=True, help="What is wrong with this row.")
    seat_id = fields.Many2one(
        "b2b.seat", readonly=True, ondelete="set null", help="What came of this row."
    )

    def write(self, vals):
        typed = vals.keys() & TYPED
        if typed and self.filtered(lambda line: line.state == "done"):
            raise UserError(
                self.env._("This person is invited already; change the seat instead.")
            )
        result = super().write(vals)
        if typed:
            self._b2b_check()
        return result

    # -- checking ------------------------------------------------------------------

    def _b2b_check(self):
        """Say of each open row whether it can be sent, and why not."""
        for batch in self.batch_id:
            rows = batch.line_ids.sorted(lambda line: (line.number, line.id))
            known = batch._b2b_known()
            again = {
                rows[position].id
                for position in repeated([line.email or "" for line in rows])
            }
            for line in rows.filtered(lambda line: line.state != "done") & self:
                state, reason = line._b2b_verdict(known, line.id in again)
                if (line.state, line.reason or "") != (state, reason):
                    line.write({"state": state, "reason": reason})

    def _b2b_verdict(self, known, again):
        """State and reason of this row.

        :param known: what :meth:`b2b.invitation.batch._b2b_known` found
        :param again: whether the address stood further up already
        """
        _ = self.env._
        email = (self.email or "").strip()
        if not (self.name or "").strip():
            return "wrong", _("The name is missing.")
        if len(self.name.strip()) > NAME_LENGTH or len(email) > ADDRESS_LENGTH:
            return "wrong", _(
                "A name has at most %(name)s signs and an address %(address)s.",
                name=NAME_LENGTH,
                address=ADDRESS_LENGTH,
            )
        if not email:
            return "wrong", _("The e-mail address is missing.")
        if not is_address(email) or not email_normalize(email):
            return "wrong", _("“%s” is not an e-mail address.", email)
        if again:
            return "wrong", _("%s stands further up already.", email)
        if email.lower() in known["seats"]:
            return "known", ""
        if self.role and self.role.strip().casefold() not in known["roles"]:
            return "wrong", _(
                "There is no role “%(role)s”; there are %(roles)s.",
                role=self.role,
                roles=", ".join(role.name for role in known["roles"].values()),
            )
        boss = (self.supervisor or "").strip().lower()
        if boss and boss not in known["seats"] and boss not in known["listed"]:
            return "wrong", _("%s has no seat and stands in no row.", self.supervisor)
        if boss and boss == email.lower():
            return "wrong", _("Nobody decides about the own orders.")
        if email.lower() in known["staff"]:
            return "wrong", _("%s belongs to one of our own people.", email)
        return "ready", ""

    # -- sending -------------------------------------------------------------------

    def _b2b_invite_row(self):
        """Invite one person; what stands against it is written into the row."""
        self.ensure_one()
        batch = self.batch_id
        # sudo: making a portal user needs rights that sales staff do not have; the
        # right to invite for this party was checked when the list was started.
        line = self.with_user(batch.create_uid).sudo()
        try:
            with self.env.cr.savepoint():
                seat = line.env["b2b.seat"]._b2b_invite(
                    batch.party_id.with_env(line.env),
                    self.name,
                    self.email,
                    line._b2b_role(),
                    supervisor_id=line._b2b_supervisor().id,
                )
                self.write({"state": "done", "reason": False, "seat_id": seat.id})
        except UserError as refusal:
            self.write({"state": "failed", "reason": refusal.args[0]})

    def _b2b_role(self):
        if not self.role:
            return self.batch_id.role_id
        roles = self.batch_id._b2b_roles()
        return roles.get(self.role.strip().casefold(), self.batch_id.role_id)

    def _b2b_supervisor(self):
        if not self.supervisor:
            return self.env["b2b.seat"]
        return self.env["b2b.seat"].search(
            [
                ("party_id", "=", self.batch_id.party_id.id),
                ("person_id.email", "=", email_normalize(self.supervisor)),
            ],
            limit=1,
        )

    def _b2b_link_supervisors(self):
        """Supervisors may stand further down in the list than their people."""
        for line in self.sudo().filtered("supervisor"):
            seat, boss = line.seat_id, line._b2b_supervisor()
            if not seat or seat.supervisor_id or not boss:
                continue
            try:
                with self.env.cr.savepoint():
                    seat.supervisor_id = boss
            except UserError as refusal:
                line.reason = refusal.args[0]
