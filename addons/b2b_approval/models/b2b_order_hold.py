from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.b2b_party.rules.finding import BLOCK, BUYER, WARN

from ..rules.deciders import seller_group


class OrderHold(models.Model):
    """One reason for which an order waits, who may decide, and what was decided.

    A hold belongs to a side (DECISIONS 1): staff never release a buyer's hold, a
    portal seat never a seller's hold.
    """

    _name = "b2b.order.hold"
    _description = "B2B Order Hold"
    _order = "id desc"
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
    severity = fields.Selection(
        [("block", "Stops"), ("authorize", "Needs a decision"), ("warn", "To note")],
        required=True,
        readonly=True,
        help="What the reason demands.",
    )
    message = fields.Text(readonly=True, help="The reason, for our staff.")
    buyer_message = fields.Text(readonly=True, help="The reason, for the buyer.")
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
    step_ids = fields.One2many("b2b.order.hold.step", "hold_id", readonly=True)
    decision_ids = fields.One2many("b2b.order.hold.decision", "hold_id", readonly=True)
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
    reason = fields.Char(compute="_compute_reason", help="What was checked, in words.")
    waiting_for = fields.Char(
        compute="_compute_waiting_for", help="Who is asked to decide."
    )
    can_decide = fields.Boolean(
        compute="_compute_can_decide", help="Whether you may decide."
    )

    @api.depends("decider_ids", "side", "code", "severity", "requested_by_id")
    def _compute_waiting_for(self):
        for hold in self.sudo():
            if hold.severity == WARN:
                hold.waiting_for = hold.requested_by_id.name
            elif hold.side == BUYER:
                names = ", ".join(hold.decider_ids.mapped("name"))
                hold.waiting_for = names or self.env._("nobody yet")
            else:
                group = self.env.ref(seller_group(hold.code))
                hold.waiting_for = group.sudo().name.removeprefix("B2B: ")

    @api.model
    def _b2b_reasons(self):
        """Words for the codes of findings; addons add theirs."""
        return {
            "party_state": self.env._("Trade state"),
            "permission": self.env._("Role"),
            "seat_limit": self.env._("Order limit"),
            "po_number": self.env._("Purchase order number"),
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
        values = []
        for finding in findings:
            deciders = self.env["res.users"]
            if finding.side == BUYER and finding.severity != WARN:
                deciders = order._b2b_buyer_deciders(finding)
            keep_until = order._b2b_keep_until_for(finding.side)
            step = {"candidate_ids": [(6, 0, deciders.ids)], "deadline": keep_until}
            values.append(
                {
                    "order_id": order.id,
                    "side": finding.side,
                    "code": finding.code,
                    "key": finding.key,
                    "severity": finding.severity,
                    "message": finding.message,
                    "buyer_message": finding.text_for_buyer,
                    "requested_by_id": order.b2b_orderer_id.id or self.env.uid,
                    "keep_until": keep_until,
                    "snapshot": order._b2b_snapshot(),
                    "amount": order._b2b_limit_amount(),
                    "currency_id": order.currency_id.id,
                    "decider_ids": [(6, 0, deciders.ids)],
                    "step_ids": [(0, 0, step)],
                }
            )
        return self.create(values)

    def _b2b_can_decide(self, user):
        """Whether a user may decide about this hold now.

        :param user: res.users, portal or internal
        """
        self.ensure_one()
        hold = self.sudo()
        if hold.state != "open" or not user.active:
            return False
        if hold.severity == WARN:
            return user == hold.requested_by_id
        if hold.side == BUYER:
            return hold._b2b_seat_can_decide(user)
        caused = hold.requested_by_id | hold.order_id.b2b_orderer_id
        return (
            user._is_internal()
            and user not in caused
            and user.has_group(seller_group(hold.code))
        )

    def _b2b_seat_can_decide(self, user):
        seat, order = user._b2b_seat(), self.order_id
        if not seat or not order._b2b_seat_may_decide(seat):
            return False
        # Those who were asked, and the administrator of the company, who names them.
        return seat.role_id.manage_seats or user in self.decider_ids

    def action_release(self, comment=""):
        """Release these holds; the order goes on when none is left.

        :param str comment: kept with the decision
        :raise AccessError: for somebody who may not decide
        :raise UserError: when somebody else decided in the meantime
        """
        return self._b2b_decide("released", comment)

    def action_refuse(self, comment=""):
        """Refuse these holds; the order goes back to its orderer.

        :param str comment: the reason, told to the orderer; required
        """
        if not (comment or "").strip():
            raise UserError(self.env._("A refusal needs a reason; enter one."))
        return self._b2b_decide("refused", comment)

    def action_acknowledge(self):
        """The orderer takes note of a warning; the order goes on."""
        return self._b2b_decide("released", "", verdict="acknowledged")

    def _b2b_decide(self, state, comment, verdict=None):
        user = self.env.user
        # sudo: deciders of the customer have no access to holds; each single one is
        # checked for this user right here, before anything is written.
        holds = self.sudo().exists()
        if holds != self or not all(hold._b2b_concerns(user) for hold in holds):
            # The same words for what is not there and what is not theirs.
            raise AccessError(self.env._("You may not decide about this."))
        if not holds:
            return True
        for hold in holds:
            if hold.state != "open":
                raise UserError(hold._b2b_decided_text())
            if state == "released" and hold.severity == BLOCK:
                raise UserError(
                    self.env._(
                        "%s stops and cannot be released: solve its reason, then "
                        "check it again.",
                        hold.order_id.name,
                    )
                )
            if not hold._b2b_can_decide(user):
                raise AccessError(
                    self.env._(
                        "You may not decide about %(order)s; %(name)s is asked.",
                        order=hold.order_id.name,
                        name=hold.waiting_for,
                    )
                )
        holds.order_id._b2b_touch()
        holds._b2b_close(state, verdict or state, user, comment)
        holds.order_id._b2b_after_decision(state)
        return True

    def _b2b_concerns(self, user):
        """Whether a user may know of this hold: staff, and people of the party."""
        self.ensure_one()
        return user._is_internal() or self.party_id.id in user._b2b_party_ids()

    def _b2b_decided_text(self):
        decision = self.decision_ids[:1]
        if not decision:
            return self.env._("%s does not wait any more.", self.order_id.name)
        return self.env._(
            "%(name)s already decided about %(order)s.",
            name=decision.user_id.name,
            order=self.order_id.name,
        )

    def _b2b_close(self, state, verdict, user, comment=""):
        """Write a decision once: of two deciders at once the second is told.

        :param str state: ``released`` or ``refused``
        :param str verdict: of the decision row
        """
        self.flush_recordset()
        for hold in self.sorted("id"):
            self.env.cr.execute(
                SQL(
                    """UPDATE b2b_order_hold SET write_date = write_date
                        WHERE id = %s AND state = 'open' RETURNING id""",
                    hold.id,
                )
            )
            if not self.env.cr.fetchone():
                hold.invalidate_recordset(flush=False)
                raise UserError(hold._b2b_decided_text())
        # Through the ORM, so that counters which listen to a release book now.
        self.write({"state": state})
        self.env["b2b.order.hold.decision"].sudo().create(
            [
                {
                    "hold_id": hold.id,
                    "user_id": user.id,
                    "verdict": verdict,
                    "amount": hold.amount,
                    "currency_id": hold.currency_id.id,
                    "decided_at": fields.Datetime.now(),
                    "comment": (comment or "").strip(),
                }
                for hold in self
            ]
        )

    def _b2b_void(self):
        """Close open holds whose reason is gone."""
        self.filtered(lambda hold: hold.state == "open").sudo().write({"state": "void"})

    def _b2b_announce(self):
        """Tell those who are asked, and keep the reasons on the order."""
        template = self.env.ref("b2b_approval.mail_template_hold_opened", False)
        for order in self.order_id:
            holds = self.filtered(lambda hold, order=order: hold.order_id == order)
            order.message_post(
                body=self.env._("Waits: %s", " ".join(holds.mapped("message"))),
                subtype_xmlid="mail.mt_note",
            )
        if template:
            for hold in self.filtered(lambda h: h.decider_ids):
                for user in hold.decider_ids:
                    template.with_context(
                        lang=user.lang, b2b_decider=user.name
                    ).send_mail(
                        hold.id,
                        email_values={"recipient_ids": [(4, user.partner_id.id)]},
                    )

    def action_open_order(self):
        """Open the order of this hold."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }
