from datetime import datetime, time, timedelta

from odoo import models


class B2bPortalPromise(models.AbstractModel):
    _inherit = "b2b.portal.promise"

    def _b2b_days(self, cart, dates):
        """The days on which the schedule delivers what is there then.

        What is there comes with the slot that the cart has, or would get; nothing
        comes before it. What is received on a day can leave on the next one.
        """
        days = super()._b2b_days(cart, dates)
        facts = cart._b2b_slot_facts()
        look = facts and cart._b2b_slot_look(facts=facts)
        if not look or not look.slot:
            return days
        # In parts nothing is promised before the last one: which line it is in is not
        # known here.
        first = look.parts[-1].slot if look.parts else look.slot
        for date in dates - {None}:
            ready = datetime.combine(date + timedelta(days=1), time.min)
            slots = cart._b2b_next_slots(limit=1, ready_at=ready, facts=facts)
            if slots:
                days[date] = max(slots[0].day, first.day), True
        return {**days, None: (first.day, True)}
