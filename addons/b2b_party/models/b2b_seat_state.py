from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules.people import keeps_administrator, seat_may_become


class Seat(models.Model):
    """States of a seat, and what follows from them at once."""

    _inherit = "b2b.seat"

    invited_at = fields.Datetime(
        "Invited on",
        readonly=True,
        copy=False,
        help="When the last invitation was sent.",
    )
    invited_by_id = fields.Many2one(
        "res.users",
        "Invited by",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who asked this person to join.",
    )
    suspended_at = fields.Datetime(
        "Suspended on",
        readonly=True,
        copy=False,
        help="When the access was last taken away. Sessions from before stay closed "
        "when it is given back.",
    )
    last_seen = fields.Datetime(
        "Last seen",
        compute="_compute_last_seen",
        help="When the person last signed in to this seat or switched to it.",
    )

    @api.depends("user_id.log_ids")
    def _compute_last_seen(self):
        # sudo: sign-ins are for system administrators; here it is one date
        latest = dict(
            self.env["res.users.log"]
            .sudo()
            ._read_group(
                [("create_uid", "in", self.sudo().user_id.ids)],
                ["create_uid"],
                ["create_date:max"],
            )
        )
        for seat in self:
            seat.last_seen = latest.get(seat.sudo().user_id)

    @api.model_create_multi
    def create(self, vals_list):
        seats = super().create(vals_list)
        self.env.registry.clear_cache()
        return seats

    def write(self, vals):
        self._b2b_check_move(vals.get("state"))
        before = {seat: (seat.state, seat.active) for seat in self.sudo()}
        with self.sudo()._b2b_keep_administrators():
            result = super().write(vals)
        # Permissions and record rules are cached per user.
        self.env.registry.clear_cache()
        if vals.keys() & {"state", "active"}:
            for seat, was in before.items():
                seat._b2b_follow_state(*was)
        return result

    def unlink(self):
        with self.sudo()._b2b_keep_administrators():
            result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _b2b_check_move(self, wanted):
        if not wanted:
            return
        states = dict(self._fields["state"]._description_selection(self.env))
        for seat in self.sudo():
            if wanted in states and not seat_may_become(seat.state, wanted):
                raise UserError(
                    self.env._(
                        "The seat of %(name)s is %(state)s and cannot become "
                        "%(wanted)s.",
                        name=seat.person_id.name,
                        state=states[seat.state].lower(),
                        wanted=states[wanted].lower(),
                    )
                )

    def _b2b_note_visit(self):
        """Keep that the person uses this seat now; signing in does it by itself."""
        self.ensure_one()
        log = self.env["res.users.log"].with_user(self.user_id).sudo()
        log.create({})

    # -- what a state brings about ---------------------------------------------

    def _b2b_follow_state(self, state, active):
        """Bring user, login and links of the seat in line with its state.

        :param str state: before the change
        :param bool active: whether the seat was not archived before the change
        """
        self.ensure_one()
        open_before = active and state == "active"
        open_now = self.active and self.state == "active"
        if open_now and not open_before:
            self.user_id.active = True
            self._b2b_take_login()
        elif not open_now and (self.state == "suspended" or not self.active):
            self._b2b_move_login()
            # Archiving ends the sessions at once: Odoo checks the user each time.
            self.user_id.active = False
            self.suspended_at = fields.Datetime.now()
            if open_before:
                self.party_id._b2b_rotate_links()

    def action_suspend(self):
        """Take the access away; the person's other seats are not touched."""
        self.check_access("write")
        self.write({"state": "suspended"})
        return True

    def action_activate(self):
        """Give the access back."""
        self.check_access("write")
        self.filtered(lambda s: s.sudo().person_id.active)._b2b_activate()
        return True

    def _b2b_activate(self):
        """Active again, or invited again when the person never accepted."""
        for seat in self:
            seat.state = "active"

    # -- the last administrator ------------------------------------------------

    @contextmanager
    def _b2b_keep_administrators(self):
        """Refuse what would leave a party without anybody who manages its people.

        :raise UserError: in all paths, for staff as well unless no active seat is
            left: a whole party is closed by blocking it, or by taking all seats away
        """
        parties = self.party_id
        before = parties._b2b_managing_flags()
        yield
        self.env.flush_all()
        after = parties._b2b_managing_flags()
        if after != before:
            self._b2b_touch_parties(parties)
        by_staff = not self.env.user.share
        for party in parties:
            if not keeps_administrator(before[party], after[party], by_staff):
                raise UserError(
                    self.env._(
                        "Nobody of %s could manage its people any more; give another "
                        "seat a role with “Manage people” first.",
                        party.name,
                    )
                )

    @api.model
    def _b2b_touch_parties(self, parties):
        """Let one of several changes of a team at the same instant try again.

        Each of them alone leaves an administrator, or no circle of supervisors;
        together they would not. Writing the party's row makes all but the first fail
        and start over with what the first one left; a lock alone would not show it
        to them.
        """
        if not parties:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET b2b_state = b2b_state WHERE id IN %s",
                tuple(parties.ids),
            )
        )
