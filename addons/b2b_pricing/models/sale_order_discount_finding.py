from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, SELLER, Finding

from ..rules import discount
from .sale_order_discount import KIND

CODE = "discount"


class SaleOrder(models.Model):
    """Finding about a discount above the limit of who gave it."""

    _inherit = "sale.order"

    b2b_discount_pass = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Reductions that the gate let through; only it writes them.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_discount_pass"}

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if self.b2b_historical:
            return findings
        # sudo: asked in the name of portal users as well.
        finding = self.sudo()._b2b_discount_finding()
        return [*findings, finding] if finding else findings

    def _b2b_discount_finding(self):
        if not self.b2b_is_trade and not self._b2b_retail_is_asked():
            return None
        reduced = self._b2b_reduced_lines()
        if not reduced:
            return None
        if self.state == "sale" and not self._b2b_discount_grew(reduced):
            return None
        above = self._b2b_above_limit(reduced)
        if not above:
            return None
        return Finding(
            code=CODE,
            severity=AUTHORIZE,
            side=SELLER,
            amount=self._b2b_discount_cost(above),
            message=self._b2b_discount_message(above),
            buyer_message=self.env._(
                "We check the prices of this order before it goes on."
            ),
            solve=self.env._("Lower the discount, or a sales manager releases it."),
        )

    def _b2b_retail_is_asked(self):
        """Retail orders do not wait: whoever confirms one vouches for its discount.

        Payments and shops confirm what was offered before.
        """
        user = self.env.user
        if user.share or user.id == SUPERUSER_ID or self._b2b_is_unattended():
            return False
        return self.state in ("draft", "sent")

    # -- figures -----------------------------------------------------------------

    def _b2b_above_limit(self, reduced):
        """Those reductions that are above the limit: ``[(Reduced, limit, giver)]``.

        Of several people who gave on one line, the tightest limit counts.
        """
        someone = self._b2b_discount_fallback()
        pairs = {}
        for row in reduced:
            # A retail order is measured by who confirms it.
            givers = (row.givers if self.b2b_is_trade else someone) or someone
            pairs[row.line] = [(giver, row.line.product_id) for giver in givers] or [
                (someone, row.line.product_id)
            ]
        limits = self.env["b2b.discount.limit"]._b2b_tightest(
            self.company_id,
            self.partner_id.commercial_partner_id,
            {pair for own in pairs.values() for pair in own},
        )
        above = []
        for row in reduced:
            pair = min(pairs[row.line], key=lambda p: limits[p][0])
            limit = limits[pair][0]
            if discount.exceeds(row.whole, limit):
                above.append((row, limit, pair[0]))
        return above

    def _b2b_discount_fallback(self):
        """Who answers for a discount that nobody in particular gave."""
        user = self.env.user
        if not self.b2b_is_trade:
            return user
        orderer = self.b2b_orderer_id
        if orderer and not orderer.share:
            return orderer
        return self.user_id or self.env["res.users"]

    @api.model
    def _b2b_discount_cost(self, above):
        """What the customer pays less by these reductions, excluding tax."""
        return sum(row.before - row.net for row, _limit, _giver in above)

    def _b2b_discount_message(self, above):
        """“12 % on 3 lines is above the 7 % of Eleanor Grant; it costs £119.47.”"""
        row, limit, giver = max(above, key=lambda item: item[0].whole - item[1])
        values = {
            "given": self._b2b_percent(row.whole),
            "limit": self._b2b_percent(limit),
            "who": giver.name or self.env._("this order"),
            "count": len(above),
            "article": row.line.product_id.display_name,
            "cost": self._b2b_money(self._b2b_discount_cost(above)),
        }
        if len(above) == 1:
            return self.env._(
                "%(given)s %% on %(article)s is above the %(limit)s %% of %(who)s; it "
                "costs %(cost)s.",
                **values,
            )
        if len({(item[0].whole, item[1], item[2]) for item in above}) == 1:
            return self.env._(
                "%(given)s %% on %(count)s lines is above the %(limit)s %% of %(who)s; "
                "it costs %(cost)s.",
                **values,
            )
        return self.env._(
            "%(count)s lines are above the limit, by most %(article)s: %(given)s %% "
            "where %(who)s may give %(limit)s %%. It costs %(cost)s.",
            **values,
        )

    def _b2b_percent(self, percent):
        """A percentage as the reader writes it: “7”, “12.5”."""
        return self._b2b_figure(round(percent, 2))

    # -- what was let through ------------------------------------------------------

    @api.model
    def _b2b_discount_state(self, reduced):
        """Reductions as JSON: the highest of each article, and that of the order."""
        lines = {}
        for row in reduced:
            key = str(row.line.product_id.id)
            lines[key] = max(lines.get(key, 0.0), row.whole)
        return {"lines": lines, "share": max((r.share for r in reduced), default=0.0)}

    def _b2b_discount_grew(self, reduced):
        """Whether a confirmed order gives more than the gate let through.

        A smaller quantity may fall below a break of the list: as long as the price of
        the article is not lower and the order's discount not higher, nobody gave more.
        """
        passed = self.b2b_discount_pass or {}
        if max((row.share for row in reduced), default=0.0) <= (
            passed.get("share", 0.0) + discount.EPSILON
        ):
            lower = self._b2b_lower_articles()
            reduced = [row for row in reduced if row.line.product_id.id in lower]
        state = self._b2b_discount_state(reduced)
        return not discount.covers(passed.get("lines", {}), state["lines"])

    def _b2b_lower_articles(self):
        """Ids of articles that cost less than in the gate's pass, or are new."""
        highest = {}
        for product, _unit, _kind, _quantity, price in (self.b2b_gate_pass or {}).get(
            "lines", []
        ):
            highest[product] = max(price, highest.get(product, price))
        return {
            line.product_id.id
            for line in self._b2b_goods_lines()
            if line._b2b_net_price() < highest.get(line.product_id.id, 1e12) - 1e-4
        }

    def _b2b_keep_discount_pass(self):
        """What the gate lets through now is no reason to ask later."""
        order = self.sudo()
        state = order._b2b_discount_state(order._b2b_reduced_lines())
        return state if state["lines"] else False

    def _b2b_confirm_clear(self, confirm):
        order = self.sudo()
        passed = order._b2b_keep_discount_pass()
        if passed or order.b2b_discount_pass:
            order.b2b_discount_pass = passed
        return super()._b2b_confirm_clear(confirm)

    @api.constrains(
        "state",
        "amount_total",
        "partner_id",
        "partner_invoice_id",
        "b2b_lines_snapshot",
    )
    def _check_b2b_gate_pass(self):
        """Less is covered by the gate's pass, but not a higher discount."""
        result = super()._check_b2b_gate_pass()
        for order in self.sudo():
            if order.state != "sale" or order.b2b_historical or not order.b2b_is_trade:
                continue
            if order._b2b_is_inside_gate() or not order._b2b_is_priced_by_hand():
                continue
            if order._b2b_discount_grew(order._b2b_reduced_lines()):
                order._b2b_evaluate_outside(order._b2b_snapshot())
        return result

    def _b2b_is_priced_by_hand(self):
        return bool(self.order_line.b2b_discount_by_id or self.b2b_order_discount_kind)

    def _b2b_evaluate_outside(self, now):
        result = super()._b2b_evaluate_outside(now)
        passed = self._b2b_keep_discount_pass()
        if passed or self.b2b_discount_pass:
            self._b2b_set_quietly({"b2b_discount_pass": passed})
        return result

    def _compute_b2b_lines_snapshot(self):
        """Rows of order discounts are no articles; the total covers them."""
        super()._compute_b2b_lines_snapshot()
        for order in self:
            lines = order.b2b_lines_snapshot or []
            kept = [line for line in lines if line[2] != KIND]
            if len(kept) != len(lines):
                order.b2b_lines_snapshot = kept
