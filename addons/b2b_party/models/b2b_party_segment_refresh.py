from odoo import api, fields, models
from odoo.exceptions import UserError


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
    refresh_progress = fields.Char(
        compute="_compute_refresh_progress",
        help="How far the refresh in the background is.",
    )

    @api.depends("refresh_state")
    def _compute_refresh_progress(self):
        busy = self.filtered(lambda s: s.refresh_state == "waiting")
        (self - busy).refresh_progress = False
        if not busy:
            return
        counts = dict(
            self.env["b2b.party.segment"]._read_group(
                [("active", "=", True)], ["refresh_state"], ["__count"]
            )
        )
        total = sum(counts.values())
        done = total - counts.get("waiting", 0)
        for segment in busy:
            segment.refresh_progress = self.env._(
                "%(done)s of %(total)s segments refreshed", done=done, total=total
            )

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
        segments.refresh_state = "waiting"
        self.env.ref("b2b_party.cron_refresh_segments").sudo()._trigger()
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
