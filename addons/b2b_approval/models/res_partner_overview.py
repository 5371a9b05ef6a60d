from odoo import models
from odoo.fields import Domain

from odoo.addons.b2b_party.tools import money

SHOWN = 5


class ResPartner(models.Model):
    """Orders that wait for a decision are open points of the party."""

    _inherit = "res.partner"

    def _b2b_overview_points(self):
        points = super()._b2b_overview_points()
        orders = self.env["sale.order"]
        if orders.has_access("read"):
            points += self._b2b_overview_waiting()
        return points

    def _b2b_overview_waiting(self):
        domain = (
            Domain("b2b_party_id", "=", self.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("b2b_submit_state", "=", "waiting")
        )
        orders = self.env["sale.order"].search_fetch(
            domain,
            ["name", "amount_untaxed", "currency_id"],
            limit=SHOWN,
            order="b2b_submitted_at, id",
        )
        # sudo: who sees the order reads why it waits, as its own form shows it.
        holds = self.env["b2b.order.hold"].sudo()
        found = holds.search(
            [("order_id", "in", orders.ids), ("state", "=", "open")], order="id"
        ).grouped("order_id")
        return [
            {
                "sequence": 10,
                "icon": "fa-user-o",
                "tone": "info",
                "text": self._b2b_overview_wait(order, found.get(order.sudo())),
                "amount": money(self.env, order.amount_untaxed, order.currency_id),
                "action": self._b2b_overview_record(order),
            }
            for order in orders
        ]

    def _b2b_overview_wait(self, order, holds):
        if not holds:
            return self.env._("%s waits", order.name)
        return self.env._(
            "%(order)s waits for %(who)s: %(reason)s",
            order=order.name,
            who=holds[0].waiting_for,
            reason=", ".join(dict.fromkeys(h.reason for h in holds if h.reason)),
        )
