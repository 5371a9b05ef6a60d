from odoo import api, fields, models

from odoo.addons.b2b_party.rules.finding import BUYER, WARN

from ..rules.deciders import seller_group


class OrderHold(models.Model):
    """One reason for which an order waits, who may decide, and what was decided.

    A hold belongs to a side (DECISIONS 1): staff never release a buyer's hold, a
    portal seat never a seller's hold.
    """

    _name = "b2b.order.hold"
    _description = "B2B Order Hold"
    _order = "id desc"
    _rec_name = "order_id"
    _check_company_auto = True

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    party_id = fields.Many2one(
        related="order_id.b2b_party_id",
        store=True,
        index=True,
        help="Who buys.",
    )
    side = fields.Selection(
        [("buyer", "Customer"), ("seller", "Us")],
        required=True,
        readonly=True,
        index=True,
        help="Who may decide: the customer's people or ours.",
    )
    code = fields.Char(
        required=True, readonly=True, index=True, help="What was checked."
    )
    key = fields.Char(readonly=True, help="The subject, when a reason can occur twice.")
    rule_id = fields.Many2one(
        "b2b.approval.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The approval rule that held the order.",
    )
    severity = fields.Selection(
        [("block", "Stops"), ("authorize", "Needs a decision"), ("warn", "To note")],
        required=True,
        readonly=True,
        help="What the reason demands.",
    )
    message = fields.Text(readonly=True, help="The reason, for our staff.")
    buyer_message = fields.Text(readonly=True, help="The reason, for the buyer.")
    solve = fields.Char(readonly=True, help="What would solve it, in one sentence.")
    requested_by_id = fields.Many2one(
        "res.users",
        "Requested by",
        readonly=True,
        ondelete="restrict",
        help="Who caused the hold and therefore never releases it.",
    )
    keep_until = fields.Datetime(readonly=True, help="Until when it can be decided.")
    snapshot = fields.Json(readonly=True, help="The order as it was submitted.")
    amount = fields.Monetary(readonly=True, help="Measured amount of the order.")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("released", "Released"),
            ("refused", "Refused"),
            ("void", "Void"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
        help="Void: the reason went away, or the order changed or expired.",
    )
    step_ids = fields.One2many(
        "b2b.order.hold.step",
        "hold_id",
        "Steps",
        readonly=True,
        help="Who is asked, one step after the other.",
    )
    decision_ids = fields.One2many(
        "b2b.order.hold.decision",
        "hold_id",
        "Decisions",
        readonly=True,
        help="What was decided, the latest first; never changed.",
    )
    decider_ids = fields.Many2many(
        "res.users",
        "b2b_hold_decider_rel",
        "hold_id",
        "user_id",
        "Asked",
        readonly=True,
        context={"active_test": False},
        help="The people who were asked. For our own holds: everybody with the role.",
    )
    limited = fields.Boolean(
        "Within the own limit",
        default=True,
        readonly=True,
        help="Whether the approval limit of who decides has to cover the order now.",
    )
    reason = fields.Char(compute="_compute_reason", help="What was checked, in words.")
    step_number = fields.Integer(
        default=1, readonly=True, help="Which step is open, 1 is the first."
    )
    step_count = fields.Integer(
        "Number of steps", default=1, readonly=True, help="How many steps there are."
    )
    step_text = fields.Char(
        "Open step",
        compute="_compute_step_text",
        help="Which step of how many is open.",
    )
    waiting_for = fields.Char(
        compute="_compute_waiting_for", help="Who is asked to decide."
    )
    can_decide = fields.Boolean(
        compute="_compute_can_decide", help="Whether you may decide."
    )

    @api.depends("decider_ids", "side", "code", "rule_id", "severity")
    def _compute_waiting_for(self):
        for hold in self.sudo():
            if hold.severity == WARN:
                hold.waiting_for = hold.requested_by_id.name
            elif hold.side == BUYER:
                names = ", ".join(hold.decider_ids.mapped("name"))
                hold.waiting_for = names or self.env._("nobody yet")
            else:
                group = self.env.ref(hold._b2b_staff_group())
                hold.waiting_for = group.sudo().name.removeprefix("B2B: ")

    def _b2b_staff_group(self):
        """XML id of the job role that decides about a hold of our side."""
        self.ensure_one()
        own = self.sudo().rule_id.staff_group
        return f"b2b_party.group_{own}" if own else seller_group(self.code)

    @api.model
    def _b2b_reasons(self):
        """Words for the codes of findings; addons add theirs."""
        return {
            "party_state": self.env._("Trade state"),
            "permission": self.env._("Role"),
            "seat_limit": self.env._("Order limit"),
            "po_number": self.env._("Purchase order number"),
            "negative": self.env._("Below zero"),
            "repriced": self.env._("Today's prices"),
            "approval_rule": self.env._("Approval rule"),
        }

    @api.depends("code")
    def _compute_reason(self):
        words = self._b2b_reasons()
        for hold in self:
            fallback = (hold.code or "").replace("_", " ").capitalize()
            hold.reason = words.get(hold.code, fallback)

    @api.depends_context("uid")
    @api.depends("state", "decider_ids")
    def _compute_can_decide(self):
        for hold in self:
            hold.can_decide = hold._b2b_can_decide(self.env.user)

    @api.model
    def _b2b_open(self, order, findings):
        """Open one hold per finding; called with all rights lifted.

        :param order: sale.order that waits
        :param findings: list of Finding
        """
        snapshot, amount = order._b2b_snapshot(), order._b2b_limit_amount()
        values = []
        for finding in findings:
            keep_until = order._b2b_keep_until_for(finding.side)
            steps = self._b2b_plan(order, finding)
            values.append(
                {
                    "order_id": order.id,
                    "side": finding.side,
                    "code": finding.code,
                    "key": finding.key,
                    "rule_id": order._b2b_finding_rule(finding).id,
                    "severity": finding.severity,
                    "message": finding.message,
                    "buyer_message": finding.text_for_buyer,
                    "solve": finding.solve,
                    "requested_by_id": order.b2b_orderer_id.id or self.env.uid,
                    "keep_until": keep_until,
                    "snapshot": snapshot,
                    "amount": amount,
                    "currency_id": order.currency_id.id,
                    "limited": steps[0].limited,
                    "step_count": len(steps),
                    "decider_ids": [(6, 0, [user.id for user in steps[0].asked])],
                    "step_ids": [
                        (0, 0, {**step, "deadline": keep_until})
                        for step in self._b2b_step_values(steps)
                    ],
                }
            )
        return self.create(values)

    def action_open_order(self):
        """Open the order of this hold."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }
