from dataclasses import replace

from odoo import api, fields, models


class DeliveryCarrier(models.Model):
    """Methods of an agreement: here, where agreements and delivery meet."""

    _inherit = "delivery.carrier"

    b2b_agreement_ids = fields.Many2many(
        "b2b.agreement",
        "b2b_method_agreement_rel",
        "carrier_id",
        "agreement_id",
        "Agreements",
        help="For orders under these agreements, in whatever version.",
    )

    def _b2b_named(self):
        return super()._b2b_named() + [
            (self.env._("agreements"), len(self.b2b_agreement_ids))
        ]

    @api.depends("b2b_agreement_ids")
    def _compute_b2b_use_text(self):
        return super()._compute_b2b_use_text()

    def _b2b_method(self):
        numbers = self.b2b_agreement_ids.mapped("number")
        return replace(super()._b2b_method(), agreements=frozenset(numbers) - {False})

    @api.model
    def _b2b_buyer(self, party, place, company, seat=None, order=None, portal=False):
        buyer = super()._b2b_buyer(party, place, company, seat, order, portal)
        if not any(method.agreements for method in self._b2b_methods().values()):
            return buyer
        # sudo: the rule decides for the caller; nothing of it is shown.
        agreement = order.sudo().b2b_agreement_id if order else None
        if agreement is None:
            agreement = party.sudo()._b2b_agreements()[:1]
        return replace(buyer, agreement=agreement.number or "")
