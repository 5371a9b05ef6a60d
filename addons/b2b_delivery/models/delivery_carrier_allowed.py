from dataclasses import replace

from odoo import api, models
from odoo.tools import ormcache

from ..rules import methods as rules
from .b2b_delivery_frame import hours_text


class DeliveryCarrier(models.Model):
    """Which methods an order may use: asked by every list and by the gate."""

    _inherit = "delivery.carrier"

    def _match(self, partner, source):
        # Odoo's dialog, its web shop and our pages ask here.
        if source._name == "sale.order" and self._b2b_refusal(source):
            return False
        return super()._match(partner, source)

    def _b2b_fits(self, partner, source):
        """What Odoo itself asks: address, marks of the goods, weight and volume."""
        method = self._b2b_kept()
        if method and method.plain:
            return True
        return super()._match(partner, source)

    @api.model
    def _b2b_buyer(self, party, place, company, seat=None, order=None, portal=False):
        """Who buys and whereto, as plain values for the rule; addons add terms.

        :param party: res.partner, the commercial entity
        :param place: res.partner the goods go to
        :param order: sale.order, when it is about one
        :param portal: whether the buyer himself chooses
        """
        # sudo: the rule decides for the caller; nothing of it is shown.
        party, place = party.sudo()._origin, (place or party).sudo()
        schedules = self.env["b2b.delivery.schedule"]
        country, state, zip_code = schedules._b2b_zone_of(place)
        methods = self._b2b_methods().values()
        named = frozenset().union(*(one.party_group_ids for one in methods))
        groups = self.env["b2b.party.group"].sudo().browse(sorted(named))
        if groups:
            groups = groups._b2b_covers(party, place._origin, seat)
        return rules.Buyer(
            party_id=party.id or None,
            company_id=company.id,
            group_id=party.b2b_customer_group_id.id or None,
            party_group_ids=frozenset(groups.ids),
            only=self._b2b_bound().get(party.id, frozenset()),
            end_customer=place.b2b_end_customer,
            country_id=country.id or None,
            state_id=state.id or None,
            zip_code=zip_code or "",
            portal=portal,
        )

    @api.model
    @ormcache()
    def _b2b_bound(self):
        """The methods that parties are bound to, by party; kept until one changes."""
        # sudo: kept for everybody; what comes out is a yes or no.
        parties = self.env["res.partner"].sudo().with_context(active_test=False)
        found = parties.search([("b2b_method_ids", "!=", False)])
        return {party.id: frozenset(party.b2b_method_ids.ids) for party in found}

    def _b2b_refusal(self, order, buyer=None):
        """Why an order may not use this method, as a code; empty when it may."""
        self.ensure_one()
        method = self._b2b_kept()
        if not method:
            return rules.COMPANY
        return rules.refusal(method, buyer or order._b2b_method_buyer())

    def _b2b_party_refusal(self, buyer):
        """Why a party may not use this method; its end customers are no reason."""
        self.ensure_one()
        method = self._b2b_kept()
        if not method:
            return rules.COMPANY
        return rules.refusal(
            method, replace(buyer, end_customer=method.kind == rules.DROPSHIP)
        )

    def _b2b_refusal_text(self, code):
        """The same for our staff, as a sentence part."""
        _ = self.env._
        return {
            "": _("may be used"),
            rules.COMPANY: _("not a method of this company, or archived"),
            rules.PORTAL: _("chosen by your team only"),
            rules.AUDIENCE: _("for other customers only"),
            rules.PARTY: _("the party uses other methods only"),
            rules.END_CUSTOMER: _("goes to end customers of the buyer only"),
            rules.OWN_ADDRESS: _("does not go to end customers of the buyer"),
            rules.ZONE: _("does not go to this place"),
        }[code]

    def _b2b_hours_text(self):
        """Hours in which goods are handed over: “Mon–Fri 8–17, Sat 9–12”."""
        self.ensure_one()
        schedule = self.sudo().b2b_schedule_id
        if not schedule:
            return ""
        parts = []
        for first, last, hours in rules.opening(schedule._b2b_plan().windows):
            days = schedule._b2b_weekdays_text([first])
            if last != first:
                days += "–" + schedule._b2b_weekdays_text([last])
            spans = ", ".join(hours_text(start, end) for start, end in hours)
            parts.append(f"{days} {spans}")
        return ", ".join(parts)
