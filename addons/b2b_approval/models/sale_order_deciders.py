from odoo import models
from odoo.tools import email_normalize

from odoo.addons.b2b_party.rules.permissions import within
from odoo.addons.b2b_party.tools import read_rows

from ..rules.deciders import climb


class SaleOrder(models.Model):
    """Who of the buyer's company decides about this order (DECISIONS 3 and 4)."""

    _inherit = "sale.order"

    def _b2b_buyer_deciders(self, finding):
        """Users who are asked about a hold of the buyer's side.

        Supervisors upward until a limit suffices, else the company's administrators.
        Addons put more specific people in front (budget supervisors).

        :param finding: :class:`~odoo.addons.b2b_party.rules.finding.Finding`
        :return: res.users, possibly empty: then nobody is left to decide
        """
        self.ensure_one()
        return self._b2b_standard_deciders()

    def _b2b_standard_deciders(self):
        """Supervisors upward, else administrators: whoever no rule or budget names."""
        order = self.sudo()
        start = order.b2b_seat_id or order.b2b_orderer_id._b2b_seat()
        if start:
            boss = climb(start, lambda s: s.supervisor_id, order._b2b_seat_may_decide)
            if boss:
                return boss.user_id
        seats = order.b2b_party_id.b2b_seat_ids.filtered(
            lambda seat: seat.role_id.manage_seats and order._b2b_seat_may_decide(seat)
        )
        return seats.user_id

    def _b2b_seat_may_decide(self, seat):
        """Whether this seat may release a buyer hold of this order.

        Right and limit suffice, it sits in the party, and it is no other seat of
        the person who ordered.
        """
        seat = seat.sudo()
        return self._b2b_seat_may_say_yes(seat) and self.sudo()._b2b_within(
            seat._b2b_limit("approve_limit"), seat._b2b_limit_currency("approve_limit")
        )

    def _b2b_seat_may_say_yes(self, seat):
        """The same without the limit: enough where somebody else decides after him."""
        self.ensure_one()
        order, seat = self.sudo(), seat.sudo()
        return (
            seat.state == "active"
            and seat.party_id == order.b2b_party_id
            and seat.role_id.approve
            and not seat.is_agent
            and not order._b2b_is_caused_by(seat)
        )

    def _b2b_is_caused_by(self, seat):
        """Whether whoever sits here caused the order, in any disguise (DECISIONS 3).

        Another seat of the same person, here or in another company, or another login
        with the same e-mail address.
        """
        order, person = self.sudo(), seat.person_id
        if person in order._b2b_causing_persons():
            return True
        orderer = order.b2b_orderer_id
        # Persons have an address each; only a login without a seat may share one.
        if not orderer or orderer.b2b_seat_ids:
            return False
        own = email_normalize(person.email)
        return bool(own) and own in (
            email_normalize(orderer.login),
            email_normalize(orderer.partner_id.email),
        )

    def _b2b_within(self, limit, currency):
        """Whether the order is within a limit; without one no rate is looked up."""
        return not limit or within(
            limit, self._b2b_in_currency(self._b2b_limit_amount(), currency)
        )

    def _b2b_causing_persons(self):
        """The persons who caused the order: they never release it, in any seat."""
        order = self.sudo()
        # For all orders of a list at once; their seats are mostly the same ones.
        orderers = order.b2b_orderer_id
        read_rows(orderers.browse(tuple(orderers._prefetch_ids)), "b2b_seat_ids")
        return order.b2b_seat_id.person_id | orderers.b2b_seat_ids.person_id

    def _b2b_in_currency(self, amount, currency):
        """An amount of this order in another currency, at today's rate."""
        self.ensure_one()
        if not currency or currency == self.currency_id:
            return amount
        return self.currency_id._convert(amount, currency, self.company_id)

    def _b2b_decidable_holds(self, user):
        """The open holds of these orders that a user may decide."""
        holds = self.sudo().b2b_open_hold_ids
        return holds.filtered(lambda hold: hold._b2b_can_decide(user))
