from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..rules import conditions as rules
from .sale_order_line_discount import pricing_by_system

#: What of an order decides which conditions count, and on what.
TRIGGERS = frozenset(
    {
        "order_line",
        "partner_id",
        "partner_shipping_id",
        "company_id",
        "pricelist_id",
        "currency_id",
        "fiscal_position_id",
        "b2b_agreement_id",
        "b2b_seat_id",
        "b2b_pickup",
        "b2b_without_conditions",
    }
)
OPEN, KEPT = "open", "kept"

# Ids of the orders that changed within the outermost change that is going on; None
# outside of any. A variable of this thread: a key of the context could be sent.
_changed = ContextVar("b2b_conditions_changed", default=None)


class SaleOrder(models.Model):
    """Order conditions follow every change of an order, once per change.

    While an order is open they are worked out anew. Once it is submitted they only
    get better for the customer: nothing is added while it waits (DECISIONS 2), and
    what was reached is not taken back when less is delivered (DECISIONS 12).
    """

    _inherit = "sale.order"

    b2b_condition_result = fields.Json(
        "Order conditions",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the conditions did to this order, and what is missing.",
    )
    b2b_without_conditions = fields.Boolean(
        "Without order conditions",
        copy=False,
        tracking=True,
        help="No minimum order, charge, order discount or agreed delivery cost for "
        "this order. Sales managers and pricing decide it.",
    )

    # -- whenever something changes --

    @api.model
    @contextmanager
    def _b2b_conditions_once(self):
        """Within it changed orders are only noted; at its end each is settled once."""
        if _changed.get() is not None:
            yield
            return
        changed = set()
        token = _changed.set(changed)
        try:
            yield
        finally:
            _changed.reset(token)
        # sudo: lines of conditions are written by the system.
        self.sudo().browse(sorted(changed)).exists()._b2b_settle_conditions()

    def _b2b_conditions_changed(self):
        """Something that conditions look at has changed."""
        changed = _changed.get()
        if changed is not None:
            changed.update(id_ for id_ in self.ids if id_)

    @api.model_create_multi
    def create(self, vals_list):
        with self._b2b_conditions_once():
            orders = super().create(vals_list)
            orders._b2b_conditions_changed()
        return orders

    def write(self, vals):
        if "b2b_without_conditions" in vals:
            self._b2b_check_may_waive(vals["b2b_without_conditions"])
        if not TRIGGERS & vals.keys():
            return super().write(vals)
        with self._b2b_conditions_once():
            result = super().write(vals)
            self._b2b_conditions_changed()
        return result

    def _b2b_check_may_waive(self, waive):
        changed = self.filtered(lambda o: o.b2b_without_conditions != bool(waive))
        user = self.env.user
        allowed = ("b2b_party.group_sales_manager", "b2b_party.group_pricing")
        if changed and not self.env.su and not any(map(user.has_group, allowed)):
            raise AccessError(
                self.env._(
                    "Order conditions are lifted by sales managers and pricing; ask "
                    "one of them."
                )
            )

    def _recompute_prices(self):
        with self._b2b_conditions_once():
            super()._recompute_prices()
            self._b2b_conditions_changed()

    def _recompute_taxes(self):
        with self._b2b_conditions_once():
            super()._recompute_taxes()
            self._b2b_conditions_changed()

    def _get_update_prices_lines(self):
        """No list prices a condition."""
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line.b2b_condition_kind)

    def _get_copiable_order_lines(self):
        """A copy gets the conditions of its own day."""
        lines = super()._get_copiable_order_lines()
        return lines.filtered(lambda line: not line.b2b_condition_kind)

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_condition_result"}

    # -- working them out --

    def _b2b_settle_lines(self):
        # Before promotions, which look at the order after its discount (DECISIONS 13).
        self._b2b_settle_conditions()
        return super()._b2b_settle_lines()

    def _b2b_settle_conditions(self):
        """Bring the lines of conditions to what the goods are now; harmless twice."""
        token = _changed.set(set())
        try:
            # Nobody gives a discount by it.
            with pricing_by_system():
                for order in self.sudo():
                    mode = order._b2b_condition_mode()
                    if mode:
                        order._b2b_apply_conditions(mode)
        finally:
            _changed.reset(token)

    def _b2b_condition_mode(self):
        """How conditions may change this order; None: not at all."""
        self.ensure_one()
        if self.b2b_historical or self.state == "cancel":
            return None
        if self.locked and not self._b2b_is_closing():
            return None
        return KEPT if self.state == "sale" or self._b2b_is_submitted() else OPEN

    def _b2b_apply_conditions(self, mode):
        known = self.b2b_condition_result or {}
        # Without a net amount it only remembers that there was no condition.
        if mode == KEPT and "net" not in known:
            return
        chosen = self._b2b_chosen_conditions()
        if not chosen and "net" not in known:
            self._b2b_write_condition_result(self._b2b_with_agreed(False, chosen))
            return
        goods = self._b2b_condition_goods()
        net = sum(goods.mapped("price_subtotal"))
        carriers = self._b2b_carrier_lines()
        now = rules.outcome(chosen, net, goods=bool(goods), carrier=bool(carriers))
        if mode == KEPT:
            now = rules.kept(
                now,
                known.get("charges", {}),
                known.get("percent", 0.0),
                confirmed=self.state == "sale",
            )
        groups = self._b2b_condition_groups(goods)
        self._b2b_write_condition_lines(self._b2b_condition_rows(now, chosen, groups))
        if mode == OPEN:
            carriers._b2b_price_carriers(now.carrier)
        result = self._b2b_condition_values(now, net, bool(chosen))
        self._b2b_write_condition_result(self._b2b_with_agreed(result, chosen))

    def _b2b_chosen_conditions(self, agreement=None, currency=None, collected=None):
        """The condition of each kind that counts, amounts in the order's currency.

        What the customer collects costs no delivery, whatever was agreed.

        :param agreement: another than the order's own, with its currency
        :param collected: whether it is collected; by default as the order says
        """
        self.ensure_one()
        if self.b2b_without_conditions or not self.b2b_is_trade:
            return {}
        Condition = self.env["b2b.order.condition"]
        chosen = Condition._b2b_for_order(self, agreement)
        if self.b2b_pickup if collected is None else collected:
            chosen.pop(rules.DELIVERY, None)
        return {
            kind: self._b2b_converted_condition(condition, currency or self.currency_id)
            for kind, condition in chosen.items()
        }

    def _b2b_converted_condition(self, condition, currency):
        if condition.currency == currency.id:
            return condition
        day = self.date_order or fields.Datetime.now()

        def convert(amount):
            own = currency.browse(condition.currency)
            return own._convert(amount, currency, self.company_id, day)

        return condition._replace(
            threshold=convert(condition.threshold),
            charge=convert(condition.charge),
            steps=tuple((convert(start), share) for start, share in condition.steps),
        )

    def _b2b_condition_goods(self):
        """Lines of goods that can be ordered now; the basis of all conditions.

        What left the catalog of a buyer stops the order anyway and counts for
        nothing; staff may sell it.
        """
        self.ensure_one()
        lines = self._b2b_goods_lines().filtered(
            lambda line: not line._is_global_discount()
        )
        if not lines or not self._b2b_by_buyer() or not self._b2b_is_open_cart():
            return lines
        allowed = self.env["b2b.catalog"]._b2b_allows(
            self._b2b_price_context(), lines.product_id
        )
        return lines.filtered(lambda line: line.product_id in allowed)

    def _b2b_is_open_cart(self):
        return self.state in ("draft", "sent") and not self._b2b_is_submitted()

    def _b2b_carrier_lines(self):
        """Lines with the price of a carrier, none of ours."""
        return self.order_line.filtered(
            lambda line: line._is_delivery() and not line.b2b_condition_kind
        )

    def _b2b_write_condition_result(self, result):
        if (self.b2b_condition_result or False) != result:
            self.b2b_condition_result = result

    def _b2b_condition_values(self, now, net, any_condition):
        if not (any_condition or now.charges or now.percent):
            return False
        return {
            "net": self.currency_id.round(net),
            "charges": now.charges,
            "percent": now.percent,
            "stop": now.stop and self._b2b_missing_row(now.stop),
            "below": now.below,
            "hints": [self._b2b_missing_row(hint) for hint in now.hints],
            "reached": list(now.reached),
            "carrier": now.carrier,
        }

    def _b2b_condition_state(self):
        """What conditions do to this order; to an open one what they would do now.

        Lines follow an order's own changes. A condition or catalog that was changed
        since is known here before the lines are. ``agreed`` is what the conditions
        that the buyer has taken would do to the same goods.
        """
        self.ensure_one()
        if self._b2b_condition_mode() != OPEN:
            return self.b2b_condition_result or {}
        chosen, agreed = self._b2b_chosen_conditions(), self._b2b_agreed_conditions()
        if not chosen and not agreed:
            return {}
        goods = self._b2b_condition_goods()
        net = sum(goods.mapped("price_subtotal"))
        facts = {"goods": bool(goods), "carrier": bool(self._b2b_carrier_lines())}
        now = rules.outcome(chosen, net, **facts)
        state = self._b2b_condition_values(now, net, True) if chosen else {}
        if agreed is not None:
            before = rules.outcome(agreed, net, **facts)
            state["agreed"] = self._b2b_condition_values(before, net, True)
        return state

    def _b2b_missing_row(self, missing):
        """``[kind, missing, threshold, gain]`` without the dust of binary floats."""
        money = self.currency_id.round
        gain = missing.gain
        return [
            missing.kind,
            money(missing.missing),
            money(missing.threshold),
            gain if missing.kind == rules.DISCOUNT else money(gain),
        ]
