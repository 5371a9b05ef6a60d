from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.segment import percent_done

JOB = "b2b_party.cron_refresh_segments"


class PartySegment(models.Model):
    """When segments are refreshed: every night, and on demand in the background."""

    _inherit = "b2b.party.segment"

    refresh_state = fields.Selection(
        [
            ("new", "Not refreshed yet"),
            ("changed", "Changed since"),
            ("waiting", "Refreshing"),
            ("done", "Up to date"),
        ],
        "Refresh",
        required=True,
        default="new",
        readonly=True,
        copy=False,
        help="Whether the parties in it follow the conditions as they are now.",
    )
    refreshed_at = fields.Datetime(
        "Last refresh",
        readonly=True,
        copy=False,
        help="When it was last written down who is in the segment.",
    )
    last_added = fields.Integer(
        "Came in", readonly=True, copy=False, help="By the last refresh."
    )
    last_removed = fields.Integer(
        "Went out", readonly=True, copy=False, help="By the last refresh."
    )
    refresh_asked_id = fields.Many2one(
        "res.users",
        "Asked by",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who asked for the refresh that runs, and is told when it is done.",
    )
    refresh_progress = fields.Char(
        compute="_compute_refresh_progress",
        help="What the refresh in the background is doing.",
    )
    refresh_percent = fields.Integer(
        "Progress",
        compute="_compute_refresh_progress",
        help="How far the refresh in the background is, in percent.",
    )

    @api.depends("refresh_state")
    def _compute_refresh_progress(self):
        busy = self.filtered(lambda s: s.refresh_state == "waiting")
        (self - busy).update({"refresh_progress": False, "refresh_percent": 100})
        if not busy:
            return
        counts = dict(
            self.env["b2b.party.segment"]._read_group(
                [("active", "=", True)], ["refresh_state"], ["__count"]
            )
        )
        total = sum(counts.values())
        done = total - counts.get("waiting", 0)
        begun, figures = self._b2b_job_progress()
        text = self.env._("it begins in a moment")
        if done or figures:
            text = self.env._("segments: %(done)s of %(total)s", done=done, total=total)
        elif begun:
            text = self.env._("sales figures of all parties are computed")
        percent = percent_done(done or figures, done, total)
        busy.update({"refresh_progress": text, "refresh_percent": percent})

    @api.model
    def _b2b_job_progress(self):
        """Of the job that runs: ``(whether it began, whether figures are done)``."""
        job = self.env.ref(JOB, raise_if_not_found=False)
        if not job:
            return False, False
        # sudo: jobs are the system's; only two facts come out.
        latest = (
            self.env["ir.cron.progress"]
            .sudo()
            .search([("cron_id", "=", job.id)], order="id desc", limit=1)
        )
        # Nothing remaining: that was an earlier run, or this one has not begun.
        begun = bool(latest.remaining)
        return begun, begun and latest.done > 0

    def _b2b_mark_changed(self):
        """Conditions were changed: who is in it follows at the next refresh."""
        for segment in self:
            if segment.refresh_state == "done":
                segment.refresh_state = "changed"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"match", "company_id", "active"}:
            self._b2b_mark_changed()
        if vals.get("active") is False:
            # Nobody may keep a price or a manager by a segment that was given up.
            self._b2b_refresh()
        return result

    def action_refresh(self):
        """Refresh all figures and segments in the background, at once."""
        self.check_access("write")
        if not self.env["b2b.party.segment"].search_count([], limit=1):
            raise UserError(self.env._("There is no segment yet; create one first."))
        # sudo: the job belongs to the system; asking for it needs the right above.
        segments = self.sudo().search([])  # pylint: disable=no-search-all
        segments.write(
            {"refresh_state": "waiting", "refresh_asked_id": self.env.user.id}
        )
        self.env.ref(JOB).sudo()._trigger()
        return True

    @api.model
    def _b2b_refresh_job(self):
        """Job: figures first, then segment by segment, each step kept at once."""
        job = self.env["ir.cron"]
        segments = self.search([])  # pylint: disable=no-search-all
        segments.refresh_state = "waiting"
        job._commit_progress(remaining=len(segments) + 1)
        self.env["res.partner"]._b2b_refresh_figures()
        job._commit_progress(1)
        for segment in segments:
            segment._b2b_refresh_step()
            job._commit_progress(1)
        segments._b2b_tell_done()
        job._commit_progress()

    def _b2b_tell_done(self):
        """Tell who asked for the refresh, on whatever page he is by now."""
        self.invalidate_recordset(["refresh_state", "refresh_asked_id"])
        if "waiting" in self.mapped("refresh_state"):
            # Somebody asked again meanwhile: the next run tells.
            return
        asking = self.filtered("refresh_asked_id")
        asked = asking.refresh_asked_id
        asking.refresh_asked_id = False
        for user in asked:
            words = self.with_context(lang=user.lang).env
            user._bus_send(
                "simple_notification",
                {
                    "type": "success",
                    "title": words._("Segments are up to date"),
                    "message": words._(
                        "Refreshed: %(count)s. Came in: %(added)s, went out: %(gone)s.",
                        count=len(self),
                        added=sum(self.mapped("last_added")),
                        gone=sum(self.mapped("last_removed")),
                    ),
                },
            )

    def _b2b_refresh_step(self):
        """One segment of the job."""
        self.ensure_one()
        added, removed = self._b2b_refresh()
        self.write(
            {
                "refresh_state": "done",
                "refreshed_at": fields.Datetime.now(),
                "last_added": added,
                "last_removed": removed,
            }
        )

    @api.model
    def _b2b_refresh_all(self):
        """All figures and segments in this transaction; for demo data and tests."""
        self.env["res.partner"]._b2b_refresh_figures()
        for segment in self.search([]):  # pylint: disable=no-search-all
            segment._b2b_refresh_step()
