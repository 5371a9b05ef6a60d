from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models

from ..exceptions import GateBlocked
from ..rules.finding import AUTHORIZE, BLOCK, SELLER, Finding
from ..rules.people import party_may_order
from ..tools import money

# The orders that passed the gate and are being confirmed right now. Neither a key of
# the Odoo context (callers could send it) nor data of the cursor (emptied by flushes
# and savepoints), but a variable of this thread.
_inside = ContextVar("b2b_gate_inside", default=frozenset())


class SaleOrder(models.Model):
    """The frame of the gate: every confirmation of an order goes through here.

    ``b2b_approval`` replaces :meth:`_b2b_run_gate` by holds and decisions. Without
    it ``authorize`` acts as ``block``.
    """

    _inherit = "sale.order"

    def action_confirm(self):
        return self._b2b_gated(lambda orders: super(SaleOrder, orders).action_confirm())  # noqa: UP008

    def _b2b_gated(self, confirm):
        """Decide about the orders that are not yet inside the gate, then confirm.

        A bridge that must act outside of another override calls this as well; the
        inner call then finds its orders inside and goes straight on.

        :param confirm: function of a recordset: the original confirmation
        :raise AccessError: for somebody who may not write these orders; holds and
            states are written with all rights lifted from here on
        """
        self.check_access("write")
        inside = _inside.get()
        fresh = self.filtered(
            lambda order: (
                order._b2b_gate_key() not in inside and not order.b2b_historical
            )
        )
        passed = self - fresh
        if not fresh:
            return confirm(self)
        if not passed:
            return fresh._b2b_run_gate(confirm)
        result = confirm(passed)
        return fresh._b2b_run_gate(confirm) and result

    def _b2b_run_gate(self, confirm):
        """Settle the lines, collect findings, confirm when nothing stops.

        :param confirm: function of a recordset: the original confirmation
        :raise GateBlocked: with everything that stops one of the orders
        """
        self._b2b_settle_lines()
        for order in self:
            stops = [
                f for f in order._b2b_findings() if f.severity in (BLOCK, AUTHORIZE)
            ]
            if stops:
                raise GateBlocked(stops)
        with self._b2b_inside_gate():
            return confirm(self)

    @contextmanager
    def _b2b_inside_gate(self):
        token = _inside.set(_inside.get() | {order._b2b_gate_key() for order in self})
        try:
            yield
        finally:
            _inside.reset(token)

    def _b2b_is_inside_gate(self):
        """Whether this order passed the gate and is being confirmed right now."""
        return self._b2b_gate_key() in _inside.get()

    def _b2b_gate_key(self):
        self.ensure_one()
        return self.env.cr.dbname, self.id

    def _b2b_settle_lines(self):
        """Let everything that may still change the lines do so, before findings.

        Order conditions and promotions extend it. Not called while an order waits
        for a decision: its prices and lines are frozen then.
        """

    def _b2b_note_taken(self, finding):
        """Somebody took note of a warning of this order: what it says is accepted.

        Called for each one before the order is confirmed or waits. Addons keep what
        was accepted, so that it holds while the order waits.

        :param finding: the :class:`~..rules.finding.Finding` of the warning
        """
        self.ensure_one()

    def _b2b_is_closing(self):
        """Whether the rest of this order is being closed and half of it is written."""
        self.ensure_one()
        return False

    def _b2b_rest_closed(self):
        """What will not come any more has left this confirmed order; all is written.

        Addons give back what they keep for it and look at the order as it is now.
        """
        self.ensure_one()

    def _b2b_findings(self):
        """All reasons why this order may not simply be confirmed.

        Must not write: carts and previews ask too. Also asked for a confirmed order
        that was changed upward; amounts that the order has already booked must not
        count twice.

        :return: list of :class:`~..rules.finding.Finding`
        """
        self.ensure_one()
        finding = self._b2b_party_state_finding()
        return [finding] if finding else []

    def _b2b_party_state_finding(self):
        party = self.sudo().b2b_party_id
        if party.b2b_customer_type != "trade" or party_may_order(party.b2b_state):
            return None
        label = dict(party._fields["b2b_state"]._description_selection(self.env))
        return Finding(
            code="party_state",
            severity=BLOCK,
            side=SELLER,
            message=self.env._(
                "%(party)s is %(state)s; set it to active before it can order.",
                party=party.name,
                state=label[party.b2b_state].lower(),
            ),
            buyer_message=self.env._(
                "Orders of %s cannot be placed at the moment; your account manager "
                "can tell you why.",
                party.name,
            ),
        )

    def _b2b_limit_amount(self):
        """The one amount that all limits of the party are compared with.

        Order total after discounts, including delivery; excluding tax unless the
        party sets otherwise (DECISIONS 4). In the order's currency.
        """
        self.ensure_one()
        basis = self.sudo().b2b_party_id.b2b_limit_basis
        return self.amount_total if basis == "total" else self.amount_untaxed

    def _b2b_limit_basis_text(self):
        """The basis of :meth:`_b2b_limit_amount` in words."""
        self.ensure_one()
        if self.sudo().b2b_party_id.b2b_limit_basis == "total":
            return self.env._("incl. tax")
        return self.env._("excl. tax")

    def _b2b_money(self, amount, currency=None):
        """An amount as text with its currency, for messages."""
        return money(self.env, amount, currency or self.currency_id)
