from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.b2b_party.rules.people import party_may_order

#: Decided orders that the page looks back on.
DECIDED = 30
#: From so many orders of an article on, its usual quantity is told.
ENOUGH = 3


class SaleOrder(models.Model):
    """Orders as the approver's page shows them.

    Holds of one order that fall to one person are one decision (DECISIONS 4).
    """

    _inherit = "sale.order"

    # -- which orders ------------------------------------------------------------

    @api.model
    def _b2b_approval_domain(self, ctx):
        return (
            Domain("order_id.b2b_party_id", "=", ctx.party.id)
            & Domain("company_id", "=", ctx.company.id)
            & Domain("side", "=", "buyer")
            & Domain("severity", "!=", "warn")
        )

    @api.model
    def _b2b_approval_holds(self, ctx):
        """What waits for anybody of the party, the oldest first."""
        return ctx.env["b2b.order.hold"].search_fetch(
            self._b2b_approval_domain(ctx) & Domain("state", "=", "open"), order="id"
        )

    @api.model
    def _b2b_approvals(self, ctx):
        """Orders that wait for this person, the oldest first."""
        holds = ctx.approval_holds
        return holds.filtered(lambda hold: hold._b2b_can_decide(ctx.user)).order_id

    def _b2b_read_with_approvals(self, ctx):
        """Read these orders in one query with those the frame asks for."""
        (self | ctx.cart | ctx.approval_holds.order_id).mapped("state")

    @api.model
    def _b2b_approvals_decided(self, ctx):
        """Orders about which this person decided, the latest first."""
        decisions = ctx.env["b2b.order.hold.decision"].search(
            [
                ("user_id", "=", ctx.user.id),
                ("hold_id.side", "=", "buyer"),
                # Who took note of a warning of his own order decided nothing.
                ("hold_id.severity", "!=", "warn"),
                ("hold_id.order_id.b2b_party_id", "=", ctx.party.id),
                ("company_id", "=", ctx.company.id),
            ],
            order="id desc",
            limit=DECIDED,
        )
        return decisions.hold_id.order_id

    @api.model
    def _b2b_approval_get(self, ctx, order_id):
        """An order whose holds this person decides or has decided."""
        order = ctx.env["sale.order"].search(
            [
                ("id", "=", order_id),
                ("b2b_party_id", "=", ctx.party.id),
                ("company_id", "=", ctx.company.id),
                ("b2b_hold_ids.side", "=", "buyer"),
            ]
        )
        # Read with those of the list beside it.
        order = order.with_prefetch((order | ctx.approvals).ids)
        holds = order._b2b_asked_holds()
        allowed = any(
            ctx.user in hold.decider_ids or hold._b2b_seat_can_decide(ctx.user)
            for hold in holds
        )
        if not allowed and ctx.user not in holds.decision_ids.user_id:
            raise MissingError(self.env._("There is no such order."))
        return order

    def _b2b_asked_holds(self):
        """Holds of these orders about which the customer's people were asked.

        Warnings are not: whoever orders takes note of them.
        """
        return self.b2b_hold_ids.filtered(
            lambda hold: hold.side == "buyer" and hold.severity != "warn"
        )

    def _b2b_my_holds(self, user):
        """Open holds of this order that the user may decide."""
        return self._b2b_open_holds().filtered(
            lambda hold: (
                hold.side == "buyer"
                and hold.severity != "warn"
                and hold._b2b_can_decide(user)
            )
        )

    # -- what is shown -----------------------------------------------------------

    @api.model
    def _b2b_approvals_sum(self, orders):
        """``[(amount, currency)]``: one sum per currency."""
        return [
            (sum(group.mapped("amount_total")), currency)
            for currency, group in orders.grouped("currency_id").items()
        ]

    def _b2b_approval_rows(self, user, decided=False):
        """Rows of the list; decisions are read for all orders at once."""
        decisions = self.b2b_hold_ids.decision_ids if decided else None
        return [order._b2b_approval_row(user, decisions) for order in self]

    def _b2b_approval_row(self, user, decisions=None):
        self.ensure_one()
        holds = self._b2b_asked_holds()
        hold = (self._b2b_my_holds(user) or holds)[:1]
        decision = decisions and decisions.filtered(
            lambda row: row.hold_id in holds and row.user_id == user
        )
        return {
            "order": self,
            "who": self.b2b_orderer_id.name or self.partner_id.name,
            "subject": self._b2b_finding_subject(hold.code),
            # The approver reads of the orderer, who reads "you" in his own message.
            "reason": hold and hold._b2b_told("message"),
            "since": self._b2b_age(self.b2b_submitted_at or self.date_order),
            "decision": decision and decision[0],
        }

    def _b2b_approval_detail(self, ctx):
        """Lines against what the party usually orders, and who else decides."""
        self.ensure_one()
        # With the delivery's own article, which a bridge asks for later.
        self.order_line.product_id.mapped("name")
        usual = self._b2b_usual_quantities()
        rows = []
        for line in self._b2b_page_lines():
            quantity, whose = usual.get(line.product_id.id, (0.0, "nobody"))
            rows.append(
                {
                    "line": line,
                    "usual": quantity,
                    "whose": whose,
                    "unusual": quantity and line.product_uom_qty > 1.5 * quantity,
                    "new": whose == "nobody",
                }
            )
        limit = ctx.seat._b2b_limit("approve_limit")
        currency = ctx.seat._b2b_limit_currency("approve_limit")
        mine = self._b2b_my_holds(ctx.user)
        others = self._b2b_open_holds() - mine
        steps = mine[:1].step_text
        return {
            "rows": rows,
            "step": steps and self.env._("step %s", steps),
            "acting": mine._b2b_acting_names(ctx.user),
            "first": (self.b2b_orderer_id.name or "").split(" ")[0],
            "pictures": self._b2b_page_pictures(),
            "sums": self._b2b_checkout_rows(),
            "limit": limit and self._b2b_money(limit, currency),
            "last": not others,
            "decided": "" if mine else self._b2b_decided_words(),
        }

    def _b2b_usual_quantities(self):
        """Median quantities of 12 months, the orderer's own where he has three orders.

        :return: ``{product_id: (quantity, "own" or "company")}``; an article that was
            bought less often has the quantity 0, one never bought is missing
        """
        products = self._b2b_page_lines().product_id
        rows = self.env.execute_query(
            SQL(
                """SELECT sol.product_id,
                          percentile_cont(0.5) WITHIN GROUP
                              (ORDER BY sol.product_uom_qty), COUNT(*),
                          percentile_cont(0.5) WITHIN GROUP
                              (ORDER BY sol.product_uom_qty)
                              FILTER (WHERE so.b2b_orderer_id = %(who)s),
                          COUNT(*) FILTER (WHERE so.b2b_orderer_id = %(who)s)
                     FROM sale_order so
                     JOIN sale_order_line sol ON sol.order_id = so.id
                    WHERE so.b2b_party_id = %(party)s AND so.state = 'sale'
                      AND so.id != %(order)s AND sol.product_id IN %(products)s
                      AND sol.product_uom_qty > 0 AND so.date_order
                          > now() AT TIME ZONE 'UTC' - interval '365 days'
                    GROUP BY sol.product_id""",
                who=self.b2b_orderer_id.id or 0,
                party=self.b2b_party_id.id,
                order=self.id,
                products=tuple(products.ids) or (0,),
            )
        )
        return {
            product: (own, "own")
            if own_count >= ENOUGH
            else (everybody if count >= ENOUGH else 0.0, "company")
            for product, everybody, count, own, own_count in rows
        }

    def _b2b_age(self, moment):
        """``4 min ago`` within two hours, then weekday and time."""
        if not moment:
            return ""
        _ = self.env._
        minutes = int((fields.Datetime.now() - moment).total_seconds() // 60)
        if minutes < 1:
            return _("just now")
        if minutes < 120:
            return _("%s min ago", minutes)
        return self._b2b_when(moment)

    def _b2b_decided_words(self):
        """Who decided the order already: ``Priya Brightwell approved ... at 10:02.``"""
        self.ensure_one()
        asked = self._b2b_asked_holds()
        decision = self.b2b_decision_ids.filtered(lambda row: row.hold_id in asked)[:1]
        if not decision:
            return self.env._("%s does not wait for you any more.", self.name)
        text = decision.with_env(self.env)._b2b_text()
        if decision.verdict == "released" and self._b2b_stopped_by_state():
            text += " " + self._b2b_stopped_approval()
        return text

    def _b2b_stopped_by_state(self):
        """Whether this order waits although it may be approved: no orders go on."""
        order = self.sudo()
        return order.b2b_submit_state == "waiting" and not party_may_order(
            order.b2b_party_id.b2b_state
        )

    def _b2b_stopped_approval(self):
        """What a yes is worth while orders of the party are stopped (DECISIONS 10)."""
        return self.env._(
            "The approval is kept, but the order waits: orders of %s are stopped at "
            "the moment.",
            self.b2b_party_id.name,
        )
