from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import formatLang

from ..rules import discount
from .sale_order_discount import settling
from .sale_order_discount_finding import CODE


class OrderHold(models.Model):
    """Holds about a discount: its figures, and lowering it to what is allowed."""

    _name = "b2b.order.hold"
    _inherit = ["b2b.order.hold", "b2b.guarded.mixin"]

    discount_given = fields.Float(
        "Given %", readonly=True, help="Highest whole reduction of a line above limit."
    )
    discount_limit = fields.Float(
        "Allowed %", readonly=True, help="How much could be given on that line."
    )
    discount_cost = fields.Monetary(
        "Costs",
        readonly=True,
        help="What the customer pays less by it, excluding tax.",
    )
    discount_giver_ids = fields.Many2many(
        "res.users",
        "b2b_hold_discount_giver_rel",
        "hold_id",
        "user_id",
        "Given by",
        readonly=True,
        context={"active_test": False},
        help="Who gave the discount; none of them releases it.",
    )
    discount_lines = fields.Json(
        readonly=True, help="Reductions that a release covers, by article."
    )
    margin_before = fields.Float(
        "Margin without it",
        readonly=True,
        help="Margin in percent without the discount.",
    )
    margin_after = fields.Float(
        "Margin with it", readonly=True, help="Margin in percent as the order is."
    )
    margin_text = fields.Char(
        "Margin",
        compute="_compute_margin_text",
        help="Margin without and with the discount.",
    )
    lower_text = fields.Char(
        compute="_compute_lower_text", help="What lowering the discount would do."
    )

    @api.model
    def _b2b_reasons(self):
        return {**super()._b2b_reasons(), CODE: self.env._("Discount")}

    @api.depends("margin_before", "margin_after", "code")
    def _compute_margin_text(self):
        for hold in self.sudo():
            hold.margin_text = hold.code == CODE and self.env._(
                "Margin %(before)s %% → %(after)s %%",
                before=formatLang(self.env, hold.margin_before, digits=1),
                after=formatLang(self.env, hold.margin_after, digits=1),
            )

    @api.depends("discount_limit", "state", "code")
    def _compute_lower_text(self):
        for hold in self.sudo():
            hold.lower_text = (hold.code == CODE and hold.state == "open") and (
                self.env._(
                    "Lower to %s %%", hold.order_id._b2b_percent(hold.discount_limit)
                )
            )

    # -- opening and deciding ------------------------------------------------------

    @api.model
    def _b2b_open(self, order, findings):
        holds = super()._b2b_open(order, findings)
        for hold in holds.filtered(lambda h: h.code == CODE):
            hold.write(order._b2b_discount_figures())
        return holds

    def _b2b_can_decide(self, user):
        """Nobody releases a discount that he gave himself (DECISIONS 3)."""
        own = self.sudo().code == CODE and user in self.sudo().discount_giver_ids
        return not own and super()._b2b_can_decide(user)

    def action_lower(self, comment=""):
        """Lower the discount to what its giver may give, and let the order go on.

        Whoever may change the order may do it, also who gave the discount.

        :param str comment: kept with the decision
        :raise AccessError: for somebody who may not change the order
        :raise UserError: when it was decided meanwhile
        """
        self.ensure_one()
        user = self.env.user
        # sudo: holds are written by the system; rights to the order are checked here.
        hold = self.sudo().exists()
        if not hold or not user._is_internal() or hold.code != CODE:
            raise AccessError(self.env._("You may not decide about this."))
        self.order_id.check_access("write")
        order = hold.order_id
        order._b2b_touch()
        before = order.amount_untaxed
        order._b2b_lower_discounts()
        note = self.env._(
            "%(before)s → %(after)s excl. tax",
            before=order._b2b_money(before),
            after=order._b2b_money(order.amount_untaxed),
        )
        note = f"{note} {(comment or '').strip()}".strip()
        hold._b2b_close("void", "lowered", user, note)
        with order._b2b_unattended():
            order.action_confirm()
        order._b2b_tell_orderer("_b2b_lowered_text")
        return True


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_discount_figures(self):
        """Values of a hold about the discounts of this order, rights lifted."""
        reduced = self._b2b_reduced_lines()
        above = self._b2b_above_limit(reduced)
        if not above:
            return {}
        row, limit, _giver = max(above, key=lambda item: item[0].whole - item[1])
        cost = self._b2b_discount_cost(above)
        net, purchase = self._b2b_margin_sums()
        users = self.env["res.users"].union(
            *(item[0].givers for item in above), *(item[2] for item in above)
        )
        return {
            "discount_given": row.whole,
            "discount_limit": limit,
            "discount_cost": cost,
            "discount_giver_ids": [(6, 0, users.ids)],
            "discount_lines": self._b2b_discount_state(reduced)["lines"],
            "margin_before": discount.margin(net + cost, purchase) or 0.0,
            "margin_after": discount.margin(net, purchase) or 0.0,
        }

    def _b2b_released(self, code, key=""):
        """A release covers no higher discount than was shown to who gave it."""
        holds = super()._b2b_released(code, key)
        if code != CODE or not holds:
            return holds
        now = self._b2b_discount_state(self._b2b_reduced_lines())["lines"]
        return holds.filtered(
            lambda hold: discount.covers(hold.discount_lines or {}, now)
        )

    def _b2b_hold(self, findings):
        """A waiting discount that grew is asked about anew."""
        order = self.sudo()
        waiting = order.b2b_open_hold_ids.filtered(lambda hold: hold.code == CODE)
        if waiting:
            now = order._b2b_discount_state(order._b2b_reduced_lines())["lines"]
            waiting.filtered(
                lambda hold: not discount.covers(hold.discount_lines or {}, now)
            )._b2b_void()
        return super()._b2b_hold(findings)

    def _b2b_lower_discounts(self):
        """Bring what is above its limit to the limit: order first, then the lines."""
        self.ensure_one()
        above = self._b2b_above_limit(self._b2b_reduced_lines())
        if not above:
            return
        tightest = min(limit for _row, limit, _giver in above)
        with settling():
            self._b2b_lower_order_discount(above[0][0].share, tightest)
        after = self._b2b_above_limit(self._b2b_reduced_lines())
        with settling():
            for row, limit, _giver in after:
                values = {"b2b_manual_discount": discount.lowered(row.share, limit)}
                if row.listed is not None and row.line.price_unit < row.listed:
                    values["price_unit"] = row.listed
                    values["technical_price_unit"] = row.listed
                row.line.write(values)
        self._b2b_settle_order_discount()

    def _b2b_lower_order_discount(self, share, limit):
        if not discount.exceeds(share, limit):
            return
        by_hand = self.order_line.filtered(
            lambda ln: not ln.b2b_order_discount and ln._b2b_is_given_on_order()
        )
        by_hand.write({"price_unit": 0.0, "technical_price_unit": 0.0})
        self.write(
            {
                "b2b_order_discount_kind": "percent",
                "b2b_order_discount_percent": limit,
                "b2b_order_discount_amount": 0.0,
            }
        )

    def _b2b_lowered_text(self):
        """What the orderer reads; limits are not the customer's to know."""
        return self.env._(
            "%(order)s was changed by us and comes to %(total)s now.",
            order=self.name,
            total=self._b2b_money(self.amount_total),
        )
