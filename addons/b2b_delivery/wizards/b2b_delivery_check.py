from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.slot import Refusal

_DAYS_SHOWN = 14


class DeliveryCheck(models.TransientModel):
    """Schedule checker: when can it be there, and why not on the other days?"""

    _name = "b2b.delivery.check"
    _description = "B2B Delivery Schedule Checker"

    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        ondelete="cascade",
        help="The order a slot is chosen for.",
    )
    schedule_id = fields.Many2one(
        "b2b.delivery.schedule", help="Empty: the schedules of the party."
    )
    party_id = fields.Many2one(
        "res.partner",
        domain="[('parent_id', '=', False)]",
        help="Its schedules and receiving days count.",
    )
    address_id = fields.Many2one(
        "res.partner",
        domain="[('commercial_partner_id', '=', party_id)]",
        help="Where the goods go; empty for the party itself.",
    )
    product_id = fields.Many2one(
        "product.product",
        help="Its availability schedule, or that of its category, counts instead of "
        "the schedules of the party.",
    )
    carrier_id = fields.Many2one(
        "delivery.carrier",
        "Delivery method",
        help="For the days of transit; empty for the receiver's usual method.",
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        domain="[('company_id', '=', company_id)]",
        help="Its closed days count; empty for the company's first warehouse.",
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        required=True,
        help="The company that delivers.",
    )
    ordered_at = fields.Datetime(
        "Ordered",
        required=True,
        default=fields.Datetime.now,
        help="When the order is placed.",
    )
    answer = fields.Char(readonly=True, help="The first possible slot.")
    several_schedules = fields.Boolean(
        readonly=True,
        help="The goods come by several schedules, so each day says whose it is.",
    )
    line_ids = fields.One2many(
        "b2b.delivery.check.line",
        "check_id",
        "Days",
        readonly=True,
        help="What each day answers.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._b2b_check_moment(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._b2b_check_moment(vals)
        return super().write(vals)

    @api.model
    def _b2b_check_moment(self, vals):
        if vals.get("ordered_at"):
            self.env["b2b.delivery.schedule"]._b2b_read_moment(vals["ordered_at"])

    @api.model
    def _b2b_open(self, vals):
        """Make a checker with its answer and open it as a dialog."""
        check = self.create(vals)
        if check.order_id:
            party, address = check.order_id._b2b_slot_receiver()
            check.write(
                {
                    "party_id": party.id,
                    "address_id": address.id,
                    "company_id": check.order_id.company_id.id,
                    "carrier_id": check.order_id.carrier_id.id,
                    "warehouse_id": check.order_id.warehouse_id.id,
                }
            )
        check._b2b_answer()
        return check._b2b_action()

    def _b2b_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delivery slot")
            if self.order_id
            else self.env._("Schedule checker"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_check(self):
        """Answer with the present values."""
        self.ensure_one()
        self._b2b_answer()
        return self._b2b_action()

    def _b2b_facts(self):
        """``(groups, place)`` of the question; None when nothing is promised."""
        if self.order_id:
            return self.order_id._b2b_slot_facts()
        schedules = self.env["b2b.delivery.schedule"]
        receiver = self.party_id, self.address_id
        way = self.warehouse_id, self.carrier_id, self.company_id
        if self.schedule_id:
            return [self.schedule_id], schedules._b2b_place(*receiver, *way)
        return schedules._b2b_gather(
            *receiver,
            warehouse=self.warehouse_id,
            company=self.company_id,
            carrier=self.carrier_id,
            products=self.product_id,
        )

    def _b2b_answer(self):
        Schedule = self.env["b2b.delivery.schedule"]
        groups, place = self._b2b_facts() or ([Schedule], {})
        schedules = Schedule.union(*groups)
        answers = Schedule._b2b_days_together(groups, self.ordered_at, place)
        self.line_ids.unlink()
        first = next((day for _s, day in answers if day.slots), None)
        last = answers[0][1].day if answers else None
        lines = []
        for schedule, day in answers:
            in_first_weeks = (day.day - last).days < _DAYS_SHOWN
            if in_first_weeks or (first and day.day <= first.day):
                lines += self._b2b_line_vals(schedule, day, len(schedules) > 1)
        self.line_ids = [fields.Command.create(vals) for vals in lines]
        self.several_schedules = len(schedules) > 1
        self.answer = self._b2b_answer_text(schedules, first, answers)

    def _b2b_answer_text(self, schedules, first, answers):
        if not schedules:
            return self.env._(
                "No schedule delivers here, so nothing is promised. Give the party a "
                "schedule or set a default one."
            )
        if not first:
            reasons = tuple(reason for _s, day in answers for reason in day.reasons)
            return self.env._(
                "No slot within 13 weeks (%s); the days below say more.",
                schedules._b2b_why_text(Refusal(reasons)),
            )
        slot = first.slots[0]
        return self.env._(
            "First possible: %(slot)s, ordered by %(until)s",
            slot=schedules._b2b_slot_text(slot.start, slot.end, slot.tz),
            until=schedules._b2b_moment_text(slot.cutoff_at, slot.tz),
        )

    def _b2b_line_vals(self, schedule, day, several):
        base = {
            "date": day.day,
            "day_text": schedule._b2b_day_text(day.day),
            "schedule_id": schedule.id,
        }
        if not day.slots:
            text = schedule._b2b_refusal_text(day.reasons)
            return [{**base, "mark": "✕", "text": text}]
        return [
            {
                **base,
                "possible": True,
                "mark": "✓",
                "hours": schedule._b2b_slot_hours_text(slot.start, slot.end, slot.tz),
                "slot_start": slot.start,
                "text": self.env._(
                    "when ordered by %s",
                    schedule._b2b_moment_text(slot.cutoff_at, slot.tz),
                ),
            }
            for slot in day.slots
        ]


class DeliveryCheckLine(models.TransientModel):
    """One day, or one slot of a day."""

    _name = "b2b.delivery.check.line"
    _description = "B2B Delivery Schedule Checker Day"
    _order = "date, possible desc, slot_start, id"

    check_id = fields.Many2one(
        "b2b.delivery.check", required=True, ondelete="cascade", help="The question."
    )
    date = fields.Date(help="Day in the schedule's zone.")
    day_text = fields.Char("Day", help="Day in the schedule's zone.")
    schedule_id = fields.Many2one("b2b.delivery.schedule", help="Who delivers.")
    possible = fields.Boolean(help="Whether there is a slot.")
    mark = fields.Char(help="✓ for a possible slot, ✕ for a refused day.")
    hours = fields.Char("Slot", help="Hours of the slot in the schedule's zone.")
    slot_start = fields.Datetime(help="Start of the slot.")
    text = fields.Char("Answer", help="The slot, or why the day is refused.")

    def action_take(self):
        """Give this slot to the order."""
        self.ensure_one()
        order = self.check_id.order_id
        if not order or not self.possible:
            raise UserError(self.env._("Choose a possible slot of an order."))
        order.check_access("write")
        order._b2b_set_slot(self.slot_start)
        return {"type": "ir.actions.act_window_close"}
