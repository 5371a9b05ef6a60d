import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

MAX_LEAD_DAYS = 60


class DeliverySchedule(models.Model):
    """When we deliver, how long we pack, and until when an order is still in time."""

    _name = "b2b.delivery.schedule"
    _description = "B2B Delivery Schedule"
    _inherit = ["mail.thread", "b2b.delivery.plan.part"]
    _order = "name, id"

    name = fields.Char(
        required=True,
        tracking=True,
        help="As your planners call it, e.g. a van's tour.",
    )
    company_id = fields.Many2one(
        "res.company",
        tracking=True,
        index=True,
        help="Leave empty to share the schedule between your companies.",
    )
    active = fields.Boolean(
        default=True, help="An archived schedule delivers nothing; promised slots stay."
    )
    tz = fields.Selection(
        _tz_get,
        "Time zone",
        required=True,
        tracking=True,
        default=lambda self: self._default_tz(),
        help="All hours and days of this schedule are those of this zone.",
    )
    lead_days = fields.Integer(
        "Working days to pack",
        default=1,
        tracking=True,
        help="Whole working days between the day an order is accepted and the day it "
        "is delivered. 0: packed at the cut-off, delivered from then on.",
    )
    cutoff_hour = fields.Float(
        "Cut-off",
        default=12.0,
        tracking=True,
        help="An order after this time of day counts as one of the next working day.",
    )
    work_weekdays = fields.Char(
        "Packed on",
        default="01234",
        tracking=True,
        help="Working days of the warehouse. They count for packing; deliveries are "
        "made in the frames, also on other days.",
    )
    frame_ids = fields.One2many(
        "b2b.delivery.frame",
        "schedule_id",
        "Frames",
        copy=True,
        help="The hours of the week at which deliveries are made.",
    )
    exception_ids = fields.One2many(
        "b2b.delivery.exception",
        "schedule_id",
        "Exceptions",
        copy=True,
        help="Dates that differ from their weekday: holidays, extra days.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "b2b_partner_schedule_rel",
        "schedule_id",
        "partner_id",
        "Parties and addresses",
        help="Who is delivered by this schedule.",
    )
    partner_count = fields.Integer(
        "Used by",
        compute="_compute_partner_count",
        help="Parties and addresses with this schedule.",
    )
    is_company_default = fields.Boolean(
        "Default schedule",
        compute="_compute_is_company_default",
        help="Used for everybody of the current company who has no own schedule.",
    )

    def _b2b_frame_at(self, moment):
        """The frame of this schedule that a moment (UTC) lies in; empty outside."""
        local = self and self._b2b_local(moment, self._b2b_zone())
        hour = local and local.hour + local.minute / 60
        return self.frame_ids.filtered(
            lambda frame: (
                frame.weekday == str(local.weekday())
                and frame.hour_from <= hour < frame.hour_to
            )
        )[:1]

    @api.model
    def _default_tz(self):
        return self.env.company.partner_id.tz or self.env.user.tz or "UTC"

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for schedule in self:
            schedule.partner_count = len(schedule.partner_ids)

    @api.depends_context("company")
    @api.depends("name")
    def _compute_is_company_default(self):
        default = self.env.company.sudo().b2b_default_schedule_id
        for schedule in self:
            schedule.is_company_default = schedule == default

    @api.constrains("tz")
    def _check_tz(self):
        known = {name for name, _label in _tz_get(self)}
        for schedule in self:
            # A list of choices that is computed is not checked by the ORM.
            if schedule.tz not in known:
                raise ValidationError(
                    self.env._(
                        "“%(tz)s” of %(name)s is not a known time zone.",
                        tz=schedule.tz,
                        name=schedule.name,
                    )
                )

    @api.constrains("active")
    def _check_pickup(self):
        """Hours in which goods are collected go with their method."""
        # sudo: whoever keeps schedules need not see every method.
        methods = self.env["delivery.carrier"].sudo()
        for schedule in self.filtered(lambda s: not s.active):
            used = methods.search([("b2b_schedule_id", "=", schedule.id)], limit=1)
            if used:
                raise ValidationError(
                    self.env._(
                        "%(name)s are the hours of the method “%(method)s”; give that "
                        "other hours first.",
                        name=schedule.name,
                        method=used.name,
                    )
                )

    @api.constrains("lead_days", "cutoff_hour", "work_weekdays")
    def _check_terms(self):
        for schedule in self:
            if not 0 <= schedule.lead_days <= MAX_LEAD_DAYS:
                raise ValidationError(
                    self.env._(
                        "%(name)s packs %(days)s working days; enter 0 to %(max)s.",
                        name=schedule.name,
                        days=schedule.lead_days,
                        max=MAX_LEAD_DAYS,
                    )
                )
            if not 0 < schedule.cutoff_hour <= 24:
                raise ValidationError(
                    self.env._(
                        "The cut-off of %s is not a time of day; enter up to 24:00.",
                        schedule.name,
                    )
                )
            if not re.fullmatch("[0-6]+", schedule.work_weekdays or ""):
                raise ValidationError(
                    self.env._(
                        "%s has no working day; mark the days on which you pack.",
                        schedule.name,
                    )
                )

    def action_open_partners(self):
        """Open the parties and addresses of this schedule."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delivered by %s", self.name),
            "res_model": "res.partner",
            "view_mode": "list,form",
            "domain": [("b2b_schedule_ids", "in", self.ids)],
        }

    def action_make_default(self):
        """Use this schedule for everybody of the company without an own one."""
        self.ensure_one()
        self.check_access("write")
        # sudo: a planner keeps schedules but has no right on companies; only this
        # one field of the current company is written.
        self.env.company.sudo().b2b_default_schedule_id = self
        return True

    def action_check(self):
        """Open the schedule checker for this schedule."""
        self.ensure_one()
        return self.env["b2b.delivery.check"]._b2b_open({"schedule_id": self.id})
