from datetime import timedelta
from heapq import merge

from odoo import api, fields, models

from ..rules import slot as rules
from ..rules import together

# A day before any order is worth looking at, for the exceptions that are read.
_EXCEPTION_PAST = timedelta(days=120)


class DeliverySchedule(models.Model):
    """Gathers the facts and calls the rule."""

    _inherit = "b2b.delivery.schedule"

    # -- facts -----------------------------------------------------------------------

    @api.model
    def _b2b_schedules_for(self, party, address, company):
        """The schedules that deliver to an address: its own, those of the address
        above a delivery point, its party's, default.

        Several of one level are alternatives; the earliest slot of any counts.
        """
        company = (company or self.env.company).sudo()
        owners = self._b2b_levels(party, address)
        # Read for all of them at once: mostly the first ones have none.
        owners._b2b_schedules()
        for owner in owners:
            if usable := owner._b2b_schedules()._b2b_serving(company):
                return usable
        return company.b2b_default_schedule_id._b2b_serving(company)

    def _b2b_serving(self, company):
        """Those of the schedules that deliver for a company."""
        return self.filtered(lambda s: s._b2b_plan().serves(company._origin.id))

    def _b2b_facts(self, ready_at):
        """Arguments of the rule that this schedule contributes."""
        self.ensure_one()
        # The plan is kept for everybody, the right to see it is not.
        self._origin.check_access("read")
        plan = self._b2b_plan()
        first = ready_at.date() - _EXCEPTION_PAST
        exceptions = [e for e in plan.exceptions if e.day >= first]
        terms = {
            "tz": plan.tz,
            "lead_days": plan.lead_days,
            "cutoff_hour": plan.cutoff_hour,
            "work_weekdays": plan.work_weekdays,
            "schedule_id": self._origin.id or None,
        }
        return plan.windows, exceptions, terms

    def _b2b_days(self, ready_at, place):
        """What each day answers, schedule by schedule: list of (schedule, Day).

        :param place: terms of :meth:`_b2b_place`; empty for a receiver without any
        """
        answers = []
        for schedule in self:
            windows, exceptions, terms = schedule._b2b_facts(ready_at)
            terms.update(place or {"weekdays": ()})
            days = rules.days(ready_at, windows, exceptions, **terms)
            answers.append([(schedule, day) for day in days])
        return sorted(
            (answer for days in answers for answer in days), key=lambda a: a[1].day
        )

    def _b2b_slots_from(self, ready_at, place, limit=None):
        """The next slots of these schedules, of which any will do, in order of time.

        :param place: as for :meth:`_b2b_days`
        """
        found = []
        for schedule in self:
            windows, exceptions, terms = schedule._b2b_facts(ready_at)
            terms.update(place or {"weekdays": ()})
            found.append(
                rules.slots(ready_at, windows, exceptions, limit=limit, **terms)
            )
        slots = list(merge(*found, key=lambda slot: (slot.start, slot.end)))
        return slots if limit is None else slots[:limit]

    # -- several schedules at once -----------------------------------------------------

    @api.model
    def _b2b_groups(self, products, default, company):
        """The schedules by which goods are delivered: one recordset for each group.

        :param products: product.product; without goods among them: the default alone
        :param default: schedules of the receiver
        :return: list of recordsets; an empty one when nothing is promised for a group
        """
        own_ids = self._b2b_own_schedule_ids(products)
        ids = set(own_ids.values())
        own = self.sudo().browse(sorted(ids - {None}))
        usable = own._b2b_serving(company or self.env.company)
        groups = [schedule for schedule in usable]
        return groups if ids and len(usable) == len(ids) else [default, *groups]

    @api.model
    def _b2b_own_schedule_ids(self, products):
        """``{product id: id of its availability schedule or None}`` of the goods."""
        products = products.sudo()
        templates = products.product_tmpl_id
        templates.fetch(["type", "categ_id", "b2b_availability_schedule_id"])
        of_category = self.env["product.category"]._b2b_schedule_ids()
        return {
            product.id: product.product_tmpl_id.b2b_availability_schedule_id.id
            or of_category.get(product.product_tmpl_id.categ_id.id)
            for product in products
            if product.product_tmpl_id.type == "consu"
        }

    @api.model
    def _b2b_shared_out(self, groups, products, ready_at, place):
        """Which goods are delivered by which schedules, and when.

        :param groups: of :meth:`_b2b_groups` for the same products
        :return: pairs of product ids and their possible slots in order of time
        """
        return [
            (ids, schedules._b2b_slots_from(ready_at, place))
            for ids, schedules in self._b2b_goods_by_group(groups, products)
        ]

    @api.model
    def _b2b_goods_by_group(self, groups, products):
        """Pairs of product ids and the schedules that deliver them."""
        # A schedule that is the customer's too stands twice; the later one is the
        # goods' own.
        number_of = {group.id: n for n, group in enumerate(groups) if len(group) == 1}
        goods = {}
        for product_id, own_id in self._b2b_own_schedule_ids(products).items():
            goods.setdefault(number_of.get(own_id, 0), []).append(product_id)
        return [(tuple(ids), groups[number]) for number, ids in sorted(goods.items())]

    @api.model
    def _b2b_slots_together(self, groups, ready_at, place, limit=None):
        """The slots of a delivery of all groups at once, in order of time."""
        if len(groups) == 1:
            return groups[0]._b2b_slots_from(ready_at, place, limit)
        found = [schedules._b2b_slots_from(ready_at, place) for schedules in groups]
        return together.together(found)[:limit]

    @api.model
    def _b2b_days_together(self, groups, ready_at, place):
        """As :meth:`_b2b_days`, a day's slots being those of all groups at once."""
        if len(groups) == 1:
            return groups[0]._b2b_days(ready_at, place)
        found, offered = {}, set()
        for slot in self._b2b_slots_together(groups, ready_at, place):
            found.setdefault((slot.schedule_id, slot.day), []).append(slot)
            # The same hours of another schedule are not refused: they can be had.
            offered.add((slot.start, slot.end))
        answers = []

        def hours(slot):
            return self._b2b_hours(slot.start, slot.end, slot.tz)

        # A schedule may be in two groups; its days are shown once.
        for schedule in self.union(*groups):
            for _schedule, day in schedule._b2b_days(ready_at, place):
                slots = found.get((schedule._origin.id, day.day), [])
                waits = tuple(
                    rules.Reason(day.day, "together", hours=hours(slot))
                    for slot in day.slots
                    if (slot.start, slot.end) not in offered
                )
                reasons = day.reasons + waits
                # Without either, another schedule's slots say all about this day.
                if slots or reasons:
                    answers.append(
                        (schedule, rules.Day(day.day, tuple(slots), reasons))
                    )
        return sorted(answers, key=lambda answer: answer[1].day)

    # -- contract --------------------------------------------------------------------

    @api.model
    def _b2b_slots(
        self,
        party,
        address,
        warehouse=None,
        ready_at=None,
        company=None,
        limit=10,
        carrier=None,
        products=None,
    ):
        """The next possible slots for a picker.

        :param party: res.partner that buys
        :param address: res.partner the goods go to
        :param warehouse: stock.warehouse; names the company when none is given
        :param ready_at: UTC, when the order is placed; now by default
        :param carrier: delivery.carrier; the receiver's default one when empty
        :param products: product.product delivered together; their availability
            schedules count
        :return: list of :class:`~..rules.slot.Slot`; empty without a schedule
        """
        facts = self._b2b_gather(party, address, warehouse, company, carrier, products)
        if not facts:
            return []
        ready_at = ready_at or fields.Datetime.now()
        groups, place = facts
        return self._b2b_slots_together(groups, ready_at, place, limit)

    @api.model
    def _b2b_first_slot(self, *receiver, ready_at=None, **facts):
        """The first possible slot, or why there is none; arguments as above.

        :return: :class:`~..rules.slot.Slot` or :class:`~..rules.slot.Refusal`; a
            refusal with code ``no_schedule`` means that nothing is promised
        """
        found = self._b2b_gather(*receiver, **facts)
        if not found:
            return rules.Refusal(code="no_schedule")
        return self._b2b_first_of(*found, ready_at=ready_at)

    @api.model
    def _b2b_first_of(self, groups, place, ready_at=None):
        """The first slot of gathered facts, or the refusal."""
        ready_at = ready_at or fields.Datetime.now()
        slots = self._b2b_slots_together(groups, ready_at, place, limit=1)
        return slots[0] if slots else self._b2b_refusal(groups, ready_at, place)

    @api.model
    def _b2b_refusal(self, groups, ready_at, place):
        """Why there is no slot up to the horizon, with the reasons of every day."""
        answers = self._b2b_days_together(groups, ready_at, place)
        return rules.Refusal(
            tuple(reason for _schedule, day in answers for reason in day.reasons)
        )

    @api.model
    def _b2b_gather(
        self,
        party,
        address,
        warehouse=None,
        company=None,
        carrier=None,
        products=None,
    ):
        """``(groups, place)`` of the calculation; None when nothing is promised."""
        company = company or (warehouse and warehouse.sudo().company_id)
        default = self._b2b_schedules_for(party, address, company)
        groups = [default]
        if products:
            groups = self._b2b_groups(products, default, company)
        if not all(groups):
            return None
        place = self._b2b_place(party, address, warehouse, carrier, company)
        zones = {schedule._b2b_zone() for schedule in default}
        # The receiver's hours are told on the clock of those who usually come.
        return groups, {**place, "receiver_tz": zones.pop() if len(zones) == 1 else ""}
