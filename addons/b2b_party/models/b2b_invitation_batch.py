import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..rules.invitation import read_rows

MOST_ROWS = 5000
CHUNK = 20


class InvitationBatch(models.Model):
    """Many invitations at once: read, check, run in the background, mend, run again."""

    _name = "b2b.invitation.batch"
    _description = "B2B Invitation Batch"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True, help="Party and day.")
    party_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        help="Everybody in this list will act for it.",
    )
    company_id = fields.Many2one(
        related="party_id.company_id", store=True, help="Company of the party."
    )
    role_id = fields.Many2one(
        "b2b.seat.role",
        "Role unless the row says another",
        required=True,
        domain="['|', ('party_id', '=', False), ('party_id', '=', party_id)]",
        default=lambda self: self.env.ref("b2b_party.role_buyer", False),
        help="For rows without a role.",
    )
    source = fields.Text(
        "List",
        help="One person a line: name; e-mail; role; e-mail of the supervisor. "
        "Separated by tab, semicolon or comma; the last two may be left out.",
    )
    file = fields.Binary("CSV file", attachment=False, help="The same columns.")
    filename = fields.Char(help="Name of the file.")
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        help="Nothing is sent in a draft.",
    )
    line_ids = fields.One2many(
        "b2b.invitation.line", "batch_id", "Rows", help="One person each."
    )
    line_count = fields.Integer(
        "Rows in total", compute="_compute_counts", help="How many people."
    )
    wrong_count = fields.Integer(
        "To be mended", compute="_compute_counts", help="Rows that cannot be sent."
    )
    done_count = fields.Integer(
        "Invited", compute="_compute_counts", help="People who got a mail."
    )
    known_count = fields.Integer(
        "Have a seat",
        compute="_compute_counts",
        help="People who had a seat in the party before; nothing is sent to them.",
    )
    left_count = fields.Integer(
        "Left", compute="_compute_counts", help="Rows that are still to be sent."
    )
    progress = fields.Float(compute="_compute_counts", help="Share of the rows.")

    @api.depends("party_id.name", "create_date")
    def _compute_name(self):
        for batch in self:
            day = fields.Date.to_string(batch.create_date or fields.Date.today())
            batch.name = " · ".join(filter(None, [batch.party_id.name, day]))

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["b2b.invitation.line"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
        )
        counts = {}
        for batch, state, count in groups:
            counts.setdefault(batch.id, {})[state] = count
        for batch in self:
            mine = counts.get(batch.id, {})
            batch.line_count = sum(mine.values())
            batch.wrong_count = mine.get("wrong", 0) + mine.get("failed", 0)
            batch.done_count = mine.get("done", 0)
            batch.known_count = mine.get("known", 0)
            batch.left_count = mine.get("ready", 0)
            over = batch.done_count + batch.known_count + mine.get("failed", 0)
            total = over + batch.left_count
            batch.progress = 100.0 * over / total if total else 0.0

    @api.constrains("role_id", "party_id")
    def _check_role(self):
        for batch in self:
            if batch.role_id.party_id not in (self.env["res.partner"], batch.party_id):
                raise ValidationError(
                    self.env._(
                        "Role %(role)s belongs to another party; choose one of "
                        "%(party)s.",
                        role=batch.role_id.name,
                        party=batch.party_id.name,
                    )
                )

    def _creation_message(self):
        return self.env._("List made")

    # -- reading and checking ------------------------------------------------------

    def action_read(self):
        """Read the pasted list or the file into rows and check them."""
        self.ensure_one()
        self._b2b_check_right()
        rows = read_rows(self._b2b_text())
        if not rows:
            raise UserError(
                self.env._(
                    "The list is empty; paste one person a line or choose a file."
                )
            )
        if len(rows) > MOST_ROWS:
            raise UserError(
                self.env._(
                    "The list has %(count)s rows; split it into parts of %(most)s.",
                    count=len(rows),
                    most=MOST_ROWS,
                )
            )
        self.line_ids.filtered(lambda line: line.state != "done").unlink()
        self.env["b2b.invitation.line"].create(
            [
                {
                    "batch_id": self.id,
                    "number": row.number,
                    "name": row.name,
                    "email": row.email,
                    "role": row.role,
                    "supervisor": row.supervisor,
                }
                for row in rows
            ]
        )
        self.write({"source": False, "file": False, "filename": False})
        return self.action_check()

    def _b2b_text(self):
        if not self.file:
            return self.source or ""
        data = base64.b64decode(self.file)
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise UserError(
            self.env._("The file cannot be read; save it as CSV with UTF-8 signs.")
        )

    def action_check(self):
        """Check every row that is not done; nothing is sent."""
        self._b2b_check_right()
        for batch in self:
            batch.line_ids._b2b_check()
        return True

    # -- running -------------------------------------------------------------------

    def action_start(self):
        """Send the invitations of all rows that are in order, in the background."""
        self._b2b_check_right()
        for batch in self:
            batch.line_ids._b2b_check()
            if not batch.line_ids.filtered(lambda line: line.state == "ready"):
                raise UserError(
                    self.env._("No row of %s can be sent; mend one first.", batch.name)
                )
            batch.state = "running"
        # sudo: staff may start the job, not change it
        self.env.ref("b2b_party.cron_invitations").sudo()._trigger()
        return True

    @api.model
    def _cron_b2b_invite(self):
        """Send what is left of all running batches, a chunk a transaction."""
        lines = self.env["b2b.invitation.line"]
        waiting = [("batch_id.state", "=", "running"), ("state", "=", "ready")]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=lines.search_count(waiting))
        while chunk := lines.search(waiting, limit=CHUNK):
            for line in chunk:
                line._b2b_invite_row()
            self._b2b_finish(chunk.batch_id)
            if not cron._commit_progress(len(chunk)):
                break

    def _b2b_finish(self, batches):
        for batch in batches:
            # asked of the database: rows of the chunk were written just now
            if batch.line_ids.search_count(
                [("batch_id", "=", batch.id), ("state", "=", "ready")], limit=1
            ):
                continue
            batch.line_ids._b2b_link_supervisors()
            batch.state = "done"
            batch.message_post(
                body=self.env._(
                    "Invited: %(done)s. Rows to be mended: %(wrong)s.",
                    done=batch.done_count,
                    wrong=batch.wrong_count,
                ),
                partner_ids=batch.create_uid.partner_id.ids,
            )

    def _b2b_check_right(self):
        self.check_access("write")
        for party in self.party_id:
            party.check_access("write")
        if any(batch.state == "running" for batch in self):
            raise UserError(self.env._("This list is running; wait until it is done."))
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Lists of people are invited by our staff."))
