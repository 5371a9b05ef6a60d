from odoo import models
from odoo.tools import SQL

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BLOCK, BUYER, Finding

from ..rules.po_number import normalize


class SaleOrder(models.Model):
    """Findings about the seat that orders and about the purchase order number."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if not self.b2b_is_trade:
            return findings
        own = (
            self._b2b_permission_finding(),
            self._b2b_seat_limit_finding(),
            self._b2b_po_finding(),
        )
        return findings + [finding for finding in own if finding]

    def _b2b_permission_finding(self):
        seat = self.sudo().b2b_seat_id
        if not seat or (seat.state == "active" and seat.role_id.place_orders):
            return None
        return Finding(
            code="permission",
            severity=BLOCK,
            side=BUYER,
            message=self.env._(
                "%s may not place orders; choose another seat or role.",
                seat.display_name,
            ),
            buyer_message=self.env._(
                "Your role does not place orders; ask your company's administrator."
            ),
        )

    def _b2b_seat_limit_finding(self):
        seat = self.sudo().b2b_seat_id
        if not seat:
            return None
        limit = seat._b2b_limit("order_limit")
        currency = seat._b2b_limit_currency("order_limit")
        if self._b2b_within(limit, currency):
            return None
        amount = self._b2b_limit_amount()
        values = {
            "name": seat.user_id.name or seat.person_id.name,
            "amount": self._b2b_money(amount),
            "limit": self._b2b_money(limit, currency),
            "basis": self._b2b_limit_basis_text(),
        }
        return Finding(
            code="seat_limit",
            severity=AUTHORIZE,
            side=BUYER,
            amount=amount,
            message=self.env._(
                "%(name)s may order up to %(limit)s %(basis)s; this order is "
                "%(amount)s.",
                **values,
            ),
            buyer_message=self.env._(
                "You may order up to %(limit)s %(basis)s; this order is %(amount)s.",
                **values,
            ),
        )

    def _b2b_po_finding(self):
        policy = self.sudo().b2b_party_id.b2b_po_policy
        if policy == "optional":
            return None
        if not normalize(self.client_order_ref):
            text = self.env._("A purchase order number is missing; enter one.")
        elif policy == "unique" and (used := self._b2b_po_used_on()):
            text = self.env._(
                "%(number)s was used on %(order)s; enter a new one.",
                number=self.client_order_ref.strip(),
                order=used,
            )
        else:
            return None
        return Finding(code="po_number", severity=BLOCK, side=BUYER, message=text)

    def _b2b_po_used_on(self):
        """Name of another order of the party with this number, not cancelled."""
        self.flush_model(["client_order_ref", "state", "b2b_party_id"])
        self.env.cr.execute(
            SQL(
                r"""SELECT name FROM sale_order
                     WHERE b2b_party_id = %s AND id != %s AND state != 'cancel'
                       AND (state != 'draft' OR b2b_submit_state IN
                            ('queued', 'waiting'))
                       AND lower(regexp_replace(client_order_ref, '\s', '', 'g')) = %s
                     LIMIT 1""",
                self.b2b_party_id.id,
                self.id or 0,
                normalize(self.client_order_ref),
            )
        )
        row = self.env.cr.fetchone()
        return row and row[0]
