from odoo import api, fields, models

from odoo.addons.b2b_party.exceptions import GateBlocked
from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BLOCK

from ..rules import snapshot

# A confirmed order may get another delivery point (pick-up, carrier); it may not
# change who pays.
PASS_PLACES = ("party", "currency", "invoice")


class SaleOrder(models.Model):
    """No path around the gate: a confirmed order is covered by a pass of it.

    The constraint fires on button, RPC, import, create and write of the state, and
    when a total rises later by a recomputation. Less than passed is covered; more is
    evaluated again and refused with who can allow it.
    """

    _inherit = "sale.order"

    b2b_gate_pass = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the gate let through; only it writes it.",
    )

    @api.constrains(
        "state",
        "amount_total",
        "partner_id",
        "partner_invoice_id",
        "b2b_lines_snapshot",
    )
    def _check_b2b_gate_pass(self):
        for order in self.sudo():
            if order.state != "sale" or order.b2b_historical or not order.b2b_is_trade:
                continue
            if order._b2b_is_closing():
                continue
            now, approved = order._b2b_snapshot(), order.b2b_gate_pass
            if approved and snapshot.covers(approved, now, places=PASS_PLACES):
                continue
            order._b2b_evaluate_outside(now)

    @api.constrains("b2b_seat_id")
    def _check_b2b_gate_seat(self):
        """Another seat has other limits and budgets: the pass was not for it."""
        for order in self.sudo():
            if order.state != "sale" or order.b2b_historical or not order.b2b_is_trade:
                continue
            if order.b2b_gate_pass and not order._b2b_is_inside_gate():
                order._b2b_evaluate_outside(order._b2b_snapshot())

    def _b2b_evaluate_outside(self, now):
        """Evaluate an order that was confirmed or changed without the gate.

        :param dict now: its snapshot
        :raise GateBlocked: with every reason that would have stopped it
        """
        stops = [
            finding
            for finding in self._b2b_open_findings()
            if finding.severity in (BLOCK, AUTHORIZE)
        ]
        if stops:
            raise GateBlocked(stops)
        self._b2b_set_quietly(
            {
                "b2b_gate_pass": now,
                "b2b_gate_state": "clear",
                "b2b_submit_state": "done",
                "b2b_submitted_at": self.b2b_submitted_at or fields.Datetime.now(),
            }
        )

    def _b2b_set_quietly(self, values):
        """Set fields without ``write``: this runs while the order is being written
        or recomputed. The values go to the database with everything else.
        """
        for name, value in values.items():
            field = self._fields[name]
            cached = field.convert_to_cache(value, self)
            field._update_cache(self, cached, dirty=True)
