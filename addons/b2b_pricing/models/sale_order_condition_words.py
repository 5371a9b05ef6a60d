from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BLOCK, SELLER, Finding

from ..rules import conditions as rules


class SaleOrder(models.Model):
    """What the conditions say: the finding of the minimum order, and the hints."""

    _inherit = "sale.order"

    b2b_condition_note = fields.Html(
        "What is missing",
        compute="_compute_b2b_condition_note",
        groups="base.group_user",
        sanitize=False,
        help="What may still be reached by ordering more, and what is below a minimum.",
    )

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        # sudo: asked in the name of portal users as well.
        order = self.sudo()
        finding = order._b2b_minimum_finding()
        if finding and order._b2b_still_asked(finding):
            findings.append(finding)
        return findings

    def _b2b_minimum_finding(self):
        if self.b2b_historical or not self.b2b_is_trade:
            return None
        # The gate settles the conditions before it asks.
        result = self.b2b_condition_result or {}
        if not result.get("stop"):
            return None
        _kind, missing, threshold, _gain = result["stop"]
        values = {
            "net": self._b2b_money(result["net"]),
            "missing": self._b2b_money(missing),
            "minimum": self._b2b_money(threshold),
        }
        return Finding(
            code="minimum_order",
            severity=AUTHORIZE if result["below"] == rules.CHECK else BLOCK,
            side=SELLER,
            amount=result["net"],
            message=self.env._(
                "The goods are %(net)s net, %(missing)s below the minimum order of "
                "%(minimum)s.",
                **values,
            ),
            buyer_message=self.env._(
                "%(missing)s below the minimum order of %(minimum)s, tax not included.",
                **values,
            ),
            solve=self.env._("Add goods for %s.", values["missing"]),
        )

    def _b2b_condition_hints(self, state=None):
        """What ordering more would change: dicts ``kind, text, reached, share``.

        ``share`` says how much of the way is done, 0 to 100.

        :param state: of :meth:`_b2b_condition_state`, where it is known already
        """
        self.ensure_one()
        # sudo: the buyer's own order, in words.
        result = self.sudo()._b2b_condition_state() if state is None else state
        hints = [
            {
                "kind": rules.DELIVERY,
                "text": self.env._("Delivery is free for this order."),
                "reached": True,
                "share": 100,
            }
            for kind in result.get("reached", ())
            if kind == rules.DELIVERY
        ]
        for kind, missing, threshold, gain in result.get("hints", ()):
            hints.append(
                {
                    "kind": kind,
                    "text": self._b2b_hint_text(kind, missing, threshold, gain),
                    "reached": False,
                    "share": round(100 * max(threshold - missing, 0.0) / threshold)
                    if threshold
                    else 0,
                }
            )
        return hints

    def _b2b_hint_text(self, kind, missing, threshold, gain):
        _ = self.env._
        values = {
            "missing": self._b2b_money(missing),
            "threshold": self._b2b_money(threshold),
            "gain": self._b2b_money(gain),
        }
        if kind == rules.DELIVERY:
            return _("Add %(missing)s to get free delivery.", **values)
        if kind == rules.DISCOUNT:
            return _(
                "Add %(missing)s to get %(percent)s %% off the order.",
                missing=values["missing"],
                percent=f"{gain:g}",
            )
        if kind == rules.SMALL_ORDER:
            return _("Add %(missing)s to save the charge of %(gain)s.", **values)
        return _(
            "%(missing)s below the minimum order of %(threshold)s: %(gain)s is "
            "charged.",
            **values,
        )

    def _b2b_condition_changes(self, state=None):
        """What conditions would do to this open order today, where it differs.

        Conditions follow an order's own changes; a condition that was changed since
        is asked about and not slipped in.

        :param state: of :meth:`_b2b_condition_state`, where it is known already
        :return: sentences, none when the order is up to date
        """
        self.ensure_one()
        # sudo: the buyer's own order, in words.
        order = self.sudo()
        if not order._b2b_is_open_cart():
            return []
        found = []
        now = order._b2b_condition_state() if state is None else state
        known = now.get("agreed", order.b2b_condition_result or {})
        before, after = order._b2b_costs_of(known), order._b2b_costs_of(now)
        for kind in sorted(before.keys() | after.keys()):
            pair = [order.currency_id.round(c.get(kind, 0.0)) for c in (before, after)]
            if order.currency_id.compare_amounts(*pair):
                found.append(order._b2b_changed_charge_text(kind, *pair))
        percents = known.get("percent", 0.0), now.get("percent", 0.0)
        if round(percents[0] - percents[1], 4):
            found.append(
                self.env._(
                    "The order discount changed from %(before)s %% to %(after)s %%.",
                    before=f"{percents[0]:g}",
                    after=f"{percents[1]:g}",
                )
            )
        return found + order._b2b_changed_minimum_texts(known, now)

    def _b2b_costs_of(self, state):
        """``{kind: amount}``, with the price that a carrier's line gets."""
        costs = dict(state.get("charges", {}))
        carriers = self._b2b_carrier_lines()
        if state.get("carrier") is not None:
            costs[rules.DELIVERY] = state["carrier"]
        elif carriers:
            costs[rules.DELIVERY] = sum(
                line.b2b_carrier_price if line.b2b_carrier_replaced else line.price_unit
                for line in carriers
            )
        return costs

    def _b2b_changed_minimum_texts(self, known, now):
        _ = self.env._
        before, after = ((each.get("stop") or [0.0] * 4)[2] for each in (known, now))
        if not self.currency_id.compare_amounts(before, after):
            return []
        values = {"before": self._b2b_money(before), "after": self._b2b_money(after)}
        if not before:
            return [_("A minimum order of %(after)s holds now.", **values)]
        if not after:
            return [_("The minimum order of %(before)s holds no more.", **values)]
        return [_("The minimum order changed from %(before)s to %(after)s.", **values)]

    def _b2b_changed_charge_text(self, kind, before, after):
        _ = self.env._
        values = {"before": self._b2b_money(before), "after": self._b2b_money(after)}
        if kind == rules.DELIVERY:
            return _(
                "The delivery cost changed from %(before)s to %(after)s.", **values
            )
        return _(
            "The charge for small orders changed from %(before)s to %(after)s.",
            **values,
        )

    @api.depends("b2b_condition_result", "state", "b2b_submit_state", "currency_id")
    def _compute_b2b_condition_note(self):
        for order in self:
            texts = []
            saved = order._origin
            # In a form whose currency was just changed nothing is worked out yet.
            open_order = not saved or saved.currency_id == order.currency_id
            open_order = open_order and order.state in ("draft", "sent")
            if open_order and not order._b2b_is_submitted():
                finding = order.sudo()._b2b_minimum_finding()
                texts = [finding.message] if finding else []
                texts += [
                    hint["text"]
                    for hint in order._b2b_condition_hints()
                    if not hint["reached"]
                ]
            order.b2b_condition_note = Markup("<br/>").join(texts) if texts else False
