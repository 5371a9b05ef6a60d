from odoo import api, models

from ..rules import transit as transit_rules


class DeliverySchedule(models.Model):
    """What the place of delivery and the way to it contribute to a slot."""

    _inherit = "b2b.delivery.schedule"

    @api.model
    def _b2b_place(self, party, address, warehouse=None, carrier=None, company=None):
        """Terms of the rule for a receiver, the way to him and the warehouse.

        :param carrier: delivery.carrier; the receiver's default one when empty
        :return: dict of arguments of :func:`~..rules.slot.days`
        """
        company = (company or self.env.company).sudo()._origin
        receiver = (address or party).sudo()
        country, state, zip_code = self._b2b_zone_of(receiver)
        terms = {
            "weekdays": self._b2b_receiving_weekdays(party, address),
            "receiver_hours": self._b2b_receiving_hours(party, address),
        }
        terms.update(self._b2b_transit(receiver, carrier, company))
        closures = self.env["b2b.delivery.closure"]._b2b_closures()
        if not closures:
            return terms

        def closed(scope, id_, state=None):
            return tuple(
                days
                for company_id, state_id, days in closures.get((scope, id_), ())
                if company_id in (False, company.id)
                and state_id in (False, state.id if state else False)
            )

        holidays = closed("country", country.id, state)
        own = tuple(
            days
            for owner in self._b2b_owners(receiver, party)
            for days in closed("partner", owner.id)
        )
        warehouse = (warehouse or self._b2b_warehouse(company)).sudo()._origin
        house_country, house_state, _zip = self._b2b_zone_of(warehouse.partner_id)
        ours = closed("country", house_country.id, house_state)
        return {
            **terms,
            "receiver_closed": holidays + own,
            "warehouse_closed": ours + closed("warehouse", warehouse.id),
            "transit_closed": holidays + ours,
        }

    @api.model
    def _b2b_zone_of(self, receiver):
        """Country, state and postcode; those of the party without a country."""
        owner = receiver if receiver.country_id else receiver.commercial_partner_id
        return owner.country_id._origin, owner.state_id._origin, owner.zip

    @api.model
    def _b2b_owners(self, receiver, party):
        """The receiver, the addresses it belongs to, and the party."""
        owners = receiver | party.sudo().commercial_partner_id
        above = receiver
        while above.parent_id and above != above.commercial_partner_id:
            above = above.parent_id
            owners |= above
        return owners._origin

    @api.model
    def _b2b_levels(self, party, address):
        """The receiver, the addresses above a delivery point, and the party.

        The nearest that says something counts, rights lifted.
        """
        receiver = (address or party).sudo()
        above = receiver and receiver._b2b_wider_addresses()
        party = receiver.commercial_partner_id | party.sudo().commercial_partner_id
        return receiver | above | party

    @api.model
    def _b2b_warehouse(self, company):
        """Whence a company delivers when nobody says more."""
        houses = self.env["stock.warehouse"].sudo()
        return houses.search([("company_id", "=", company.id)], limit=1)

    @api.model
    def _b2b_receiving_weekdays(self, party, address):
        """Weekdays (0 = Monday) on which goods are taken in; empty for every day."""
        levels = self._b2b_levels(party, address)
        said = (owner.b2b_delivery_weekdays for owner in levels)
        return tuple(sorted({int(day) for day in next(filter(None, said), "")}))

    @api.model
    def _b2b_receiving_hours(self, party, address):
        """Hours (from, to) at which goods are taken in, in the schedule's zone."""
        for owner in self._b2b_levels(party, address):
            if owner.b2b_receive_to:
                return owner.b2b_receive_from, owner.b2b_receive_to
        return 0.0, 24.0

    @api.model
    def _b2b_transit(self, receiver, carrier, company):
        """Terms of the way to a receiver; none where nothing is added."""
        transits = [
            transit
            for transit in self.env["b2b.delivery.transit"]._b2b_transits()
            if transit.company_id in (None, company.id)
        ]
        if not transits:
            return {}
        carrier = (carrier or self._b2b_default_carrier(receiver, company)).sudo()
        country, state, zip_code = self._b2b_zone_of(receiver)
        place = carrier._origin.id or None, country.id or None, state.id or None
        found = transit_rules.choose(transits, *place, zip_code)
        if found == transit_rules.UNKNOWN:
            return {"transit_days": None, "transit_name": carrier.name}
        if not found:
            return {}
        return {
            "transit_days": found.days,
            "transit_weekdays": found.weekdays,
            "transit_name": carrier.name or "",
        }

    @api.model
    def _b2b_default_carrier(self, receiver, company):
        levels = self._b2b_levels(receiver, receiver).with_company(company)
        usual = (owner.property_delivery_carrier_id for owner in levels)
        return next(filter(None, usual), self.env["delivery.carrier"])
