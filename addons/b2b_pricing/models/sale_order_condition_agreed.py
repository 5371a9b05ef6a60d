from odoo import models

from ..rules import conditions as rules


class SaleOrder(models.Model):
    """Which conditions a buyer has taken with his cart.

    The lines follow what holds today. The terms that the cart was filled under are
    remembered beside them, so that a charge which was raised since is asked about,
    even after a quantity was changed in between.
    """

    _inherit = "sale.order"

    def _b2b_condition_basis(self):
        """What decides beside the conditions themselves: the buyer changes it."""
        return [
            self.b2b_agreement_id.id,
            self.partner_id.id,
            self.partner_shipping_id.id,
            self.b2b_seat_id.id,
            self.currency_id.id,
            bool(self.b2b_pickup),
            bool(self.b2b_without_conditions),
        ]

    def _b2b_agreed_terms(self):
        """The stored terms, None where none were taken under today's choices."""
        known = self.b2b_condition_result or {}
        if "terms" not in known or known.get("basis") != self._b2b_condition_basis():
            return None
        return known["terms"]

    def _b2b_agreed_conditions(self):
        """Conditions by kind that the buyer has taken; None where nobody is asked."""
        self.ensure_one()
        terms = self._b2b_agreed_terms()
        return None if terms is None else rules.from_terms(terms)

    def _b2b_with_agreed(self, result, chosen):
        """A result together with the terms that the buyer has taken.

        :param result: of :meth:`_b2b_condition_values`, or False
        :param chosen: conditions that count now; taken where none were before
        """
        # Staff who touch a buyer's cart take nothing in his name.
        if not self._b2b_by_buyer() and "terms" not in (
            self.b2b_condition_result or {}
        ):
            return result
        terms = self._b2b_agreed_terms()
        if terms is None:
            terms = rules.terms_of(chosen)
        basis = self._b2b_condition_basis()
        return {**(result or {}), "terms": terms, "basis": basis}

    def _b2b_take_conditions(self):
        """The buyer takes the conditions as they are now."""
        for order in self:
            known = dict(order.b2b_condition_result or {})
            if known.pop("terms", None) is not None:
                order.b2b_condition_result = known or False
