from odoo import api, models

from ..rules import methods as rules


class DeliverySchedule(models.Model):
    """What a method contributes to a slot: days of own transport, hours of pickup."""

    _inherit = "b2b.delivery.schedule"

    # -- own transport goes to a zone on its days ------------------------------------

    @api.model
    def _b2b_place(self, party, address, warehouse=None, carrier=None, company=None):
        terms = super()._b2b_place(party, address, warehouse, carrier, company)
        methods = self.env["delivery.carrier"]._b2b_methods().values()
        if not any(method.zones for method in methods):
            return terms
        company = (company or self.env.company).sudo()._origin
        receiver = (address or party).sudo()
        used = (carrier or self._b2b_default_carrier(receiver, company)).sudo()
        days = self._b2b_zone_days(used, party, receiver, company)
        if days is None:
            return terms
        # What the carrier works on holds as well; none left: it never gets there.
        works = terms.get("transit_weekdays") or tuple(range(7))
        both = tuple(day for day in works if day in days)
        if both:
            terms.update(transit_weekdays=both, transit_name=used.name)
            terms.setdefault("transit_days", 0)
        else:
            terms.update(transit_days=None, transit_name=used.name)
        return terms

    @api.model
    def _b2b_zone_days(self, carrier, party, receiver, company):
        """Weekdays on which a method goes to a place; None for every day."""
        method = carrier._b2b_kept()
        if not method or not method.zones or method.kind == rules.PICKUP:
            return None
        buyer = carrier._b2b_buyer(party.sudo(), receiver, company)
        zone = rules.zone_of(method, buyer)
        return (zone.weekdays or None) if zone else None

    # -- collected in the hours of the warehouse -------------------------------------

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
        if carrier and carrier._b2b_kind_now() == rules.PICKUP:
            company = company or carrier.sudo().b2b_warehouse_id.company_id
            goods = products or self.env["product.product"]
            return self._b2b_gather_pickup(carrier, company, goods)
        return super()._b2b_gather(
            party, address, warehouse, company, carrier, products
        )

    @api.model
    def _b2b_gather_pickup(self, carrier, company, products):
        """``(groups, place)`` of an order that is collected.

        Neither days nor hours of the buyer hold, and nothing is on the way. Goods
        with a schedule of their own can be collected when that one has them ready.
        """
        carrier = carrier.sudo()
        hours = carrier.b2b_schedule_id._b2b_serving(company)
        if not hours:
            return None
        house = carrier.b2b_warehouse_id
        there = house.partner_id or company.sudo().partner_id
        terms = self._b2b_place(there, there, house, carrier, company)
        place = {
            "weekdays": (),
            "warehouse_closed": terms.get("warehouse_closed", ()),
            "only": tuple(hours.ids),
        }
        own = [
            schedules
            for schedules in self._b2b_groups(products, hours, company)
            if schedules != hours
        ]
        return [hours, *own], place

    def _b2b_days(self, ready_at, place):
        return super()._b2b_days(ready_at, _terms(place))

    def _b2b_slots_from(self, ready_at, place, limit=None):
        return super()._b2b_slots_from(ready_at, _terms(place), limit)

    @api.model
    def _b2b_slots_together(self, groups, ready_at, place, limit=None):
        only = (place or {}).get("only")
        if not only:
            return super()._b2b_slots_together(groups, ready_at, place, limit)
        # Whichever line is last, goods are handed over in the warehouse's hours.
        found = super()._b2b_slots_together(groups, ready_at, place)
        return [slot for slot in found if slot.schedule_id in only][:limit]

    # -- an end customer is not the buyer --------------------------------------------

    @api.model
    def _b2b_schedules_for(self, party, address, company):
        """The buyer's schedules are about his own doors."""
        if not address.sudo().b2b_end_customer:
            return super()._b2b_schedules_for(party, address, company)
        company = (company or self.env.company).sudo()
        own = address.sudo()._b2b_schedules()._b2b_serving(company)
        return own or company.b2b_default_schedule_id._b2b_serving(company)

    @api.model
    def _b2b_owners(self, receiver, party):
        if receiver.b2b_end_customer:
            return receiver._origin
        return super()._b2b_owners(receiver, party)

    @api.model
    def _b2b_receiving_weekdays(self, party, address):
        if (address or party).sudo().b2b_end_customer:
            days = address.sudo().b2b_delivery_weekdays or ""
            return tuple(sorted({int(day) for day in days}))
        return super()._b2b_receiving_weekdays(party, address)

    @api.model
    def _b2b_receiving_hours(self, party, address):
        if (address or party).sudo().b2b_end_customer:
            end = address.sudo()
            hours = end.b2b_receive_from, end.b2b_receive_to
            return hours if end.b2b_receive_to else (0.0, 24.0)
        return super()._b2b_receiving_hours(party, address)


def _terms(place):
    """What of a place is said to the rule about one schedule."""
    return {name: value for name, value in (place or {}).items() if name != "only"}
