from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.b2b_party.exceptions import GateBlocked
from odoo.addons.b2b_party.rules.finding import BLOCK, BUYER, WARN, split
from odoo.addons.b2b_party.tools import moment

# Whether nobody is there to read an error: payment processing, decisions, cron.
_unattended = ContextVar("b2b_unattended", default=False)


class SaleOrder(models.Model):
    """From cart to decision: what it means that an order was submitted."""

    _inherit = "sale.order"

    b2b_submit_state = fields.Selection(
        [
            ("none", "Not submitted"),
            ("queued", "In progress"),
            ("waiting", "Waiting"),
            ("done", "Done"),
            ("failed", "Returned"),
        ],
        "Submission",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        help="How far the order came since it was submitted.",
    )
    b2b_submitted_at = fields.Datetime(
        "Submitted",
        readonly=True,
        copy=False,
        help="When the order was submitted; its budget period and prices belong to it.",
    )
    b2b_gate_state = fields.Selection(
        [
            ("clear", "Clear"),
            ("held", "Held"),
            ("refused", "Refused"),
            ("asked_back", "Asked back"),
            ("expired", "Expired"),
            ("unpaid", "Not paid in time"),
        ],
        "Gate",
        readonly=True,
        copy=False,
        index=True,
        help="What the checks in front of the confirmation said last.",
    )
    b2b_keep_until = fields.Datetime(
        "Kept until",
        readonly=True,
        copy=False,
        index=True,
        help="Until when prices, budget and stock of the waiting order are kept.",
    )
    b2b_hold_ids = fields.One2many(
        "b2b.order.hold",
        "order_id",
        "Holds",
        readonly=True,
        copy=False,
        help="Reasons for which the order waited or waits, and who decided.",
    )
    b2b_hold_summary = fields.Char(
        "Held",
        compute="_compute_b2b_hold_summary",
        help="How many reasons, and until when lines and prices are kept.",
    )
    b2b_open_hold_ids = fields.One2many(
        "b2b.order.hold",
        "order_id",
        "Open holds",
        readonly=True,
        copy=False,
        domain=[("state", "=", "open")],
        help="Reasons for which the order waits.",
    )

    b2b_decision_ids = fields.One2many(
        "b2b.order.hold.decision",
        "order_id",
        "Decisions",
        readonly=True,
        copy=False,
        help="Everything that was decided about this order; never changed.",
    )
    b2b_waits_for_customer = fields.Boolean(
        "Waits for the customer",
        compute="_compute_b2b_waits_for_customer",
        help="Whether somebody of the customer has to decide.",
    )

    @api.depends("b2b_open_hold_ids.side", "b2b_open_hold_ids.severity")
    def _compute_b2b_waits_for_customer(self):
        for order in self:
            order.b2b_waits_for_customer = any(
                hold.side == BUYER and hold.severity != WARN
                for hold in order.b2b_open_hold_ids
            )

    @api.depends("b2b_open_hold_ids", "b2b_keep_until")
    def _compute_b2b_hold_summary(self):
        for order in self:
            if not order.b2b_open_hold_ids or not order.b2b_keep_until:
                order.b2b_hold_summary = False
                continue
            order.b2b_hold_summary = self.env._(
                "Held, reasons: %(count)s · lines, prices and budget are kept until "
                "%(date)s",
                count=len(order.b2b_open_hold_ids),
                date=moment(self.env, order.b2b_keep_until),
            )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {
            "b2b_submit_state",
            "b2b_submitted_at",
            "b2b_gate_state",
            "b2b_gate_pass",
            "b2b_keep_until",
            "b2b_lines_snapshot",
            "b2b_hold_ids",
            "b2b_open_hold_ids",
            "b2b_decision_ids",
        }

    @api.model
    @contextmanager
    def _b2b_unattended(self):
        """Within it, a finding that blocks becomes a hold instead of an error."""
        token = _unattended.set(True)
        try:
            yield
        finally:
            _unattended.reset(token)

    @api.model
    def _b2b_is_unattended(self):
        return _unattended.get()

    def _b2b_submit(self, channel_code="portal", acknowledged=()):
        """Submit one order for its orderer: confirm it or let it wait.

        The caller has set ``b2b_orderer_id`` and ``b2b_seat_id`` after its own checks
        and calls with all rights lifted. Submitting again while the order waits or
        is done changes nothing, so a repeated request is harmless.

        :param str channel_code: of b2b.sales.channel
        :param acknowledged: the warnings that the orderer ticked: ``code:key`` each,
            or a code for all of its warnings
        :return: dict with ``state`` (``done`` or ``waiting``) and ``holds``
        :raise GateBlocked: with what stops, or with warnings not yet ticked;
            nothing is changed then
        """
        self.ensure_one()
        # A refusal leaves nothing half-written, whatever the caller does with it.
        with self.env.cr.savepoint():
            self._b2b_touch()
            if self.b2b_submit_state in ("none", "failed") and self.state != "sale":
                self._b2b_submit_now(channel_code, set(acknowledged))
        state = "done" if self.state == "sale" else self.b2b_submit_state
        return {"state": state, "holds": self.b2b_open_hold_ids}

    def _b2b_submit_now(self, channel_code, acknowledged):
        channel = self.env["b2b.sales.channel"].search(
            [("code", "=", channel_code)], limit=1
        )
        self.b2b_channel_id = channel or self.b2b_channel_id
        self._b2b_begin_submission()
        self._b2b_settle_lines()
        groups = split(self._b2b_open_findings())
        missing = [f for f in groups[WARN] if not f.is_ticked(acknowledged)]
        if groups[BLOCK] or missing:
            raise GateBlocked(groups[BLOCK] + missing, for_buyer=True)
        for finding in groups[WARN]:
            self._b2b_record_acknowledged(finding)
        self.action_confirm()

    def _b2b_channel_is_fixed(self):
        """What an order was submitted with stays while it waits."""
        waits = self.b2b_submit_state in ("queued", "waiting")
        return waits or super()._b2b_channel_is_fixed()

    def _b2b_touch(self):
        """Write the order's row, so that a second session waits and then retries.

        A lock alone is not enough: it would go on with an old snapshot. What was read
        before stays right: a row that changed since lets the statement fail.
        """
        ids = self._b2b_unwritten_ids()
        self.flush_recordset()
        if ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE sale_order SET write_date = write_date WHERE id IN %s",
                    tuple(ids),
                )
            )
        # Holds of a waiting order are decided in steps: read them afresh.
        waiting = self.filtered(lambda o: o.b2b_submit_state in ("queued", "waiting"))
        waiting.invalidate_recordset(flush=False)
        # A number that may be used once is looked up among the party's orders, so
        # two orders of such a party are submitted one after the other.
        parties = self.sudo().b2b_party_id
        unique = parties.filtered(lambda party: party.b2b_po_policy == "unique")
        if unique:
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET write_date = write_date WHERE id IN %s",
                    tuple(sorted(unique.ids)),
                )
            )

    def _b2b_unwritten_ids(self):
        """Those of the orders that a flush would not write."""
        dirty = set()
        for field, ids in self.env.transaction.field_dirty.items():
            if field.model_name == self._name:
                dirty.update(ids)
        return [id_ for id_ in self.ids if id_ not in dirty]

    def _b2b_begin_submission(self):
        """Note who submits and when, once per submission.

        The state stays as it is until the gate decided: counters that listen to it
        would otherwise reserve an amount before anybody asked whether it fits.
        """
        self.ensure_one()
        if self.b2b_submit_state in ("queued", "waiting"):
            return
        self.sudo().write(
            {
                "b2b_submitted_at": fields.Datetime.now(),
                "b2b_orderer_id": self.b2b_orderer_id.id or self.env.uid,
                "b2b_gate_state": False,
            }
        )

    def _b2b_end_submission(self, submit_state, gate_state):
        """Close a submission, void what is still open about it.

        :param str submit_state: ``none``, ``done`` or ``failed``
        :param gate_state: ``clear``, ``refused``, ``asked_back``, ``expired``,
            ``unpaid`` or False
        """
        orders = self.sudo()
        # No query for those that never waited, or came back: nothing is open there.
        held = orders.filtered(lambda o: o.b2b_submit_state not in ("none", "failed"))
        held.b2b_open_hold_ids._b2b_void()
        orders.write(
            {
                "b2b_submit_state": submit_state,
                "b2b_gate_state": gate_state,
                "b2b_keep_until": False,
            }
        )
        # Open again: the tax may have been decided by what is different now.
        for order in orders.filtered(lambda o: o.state == "draft"):
            order._b2b_follow_facts()

    def _action_cancel(self):
        result = super()._action_cancel()
        submitted = self.filtered(lambda o: o.b2b_submit_state != "none")
        submitted._b2b_end_submission("none", False)
        return result

    def action_draft(self):
        # Odoo's own method only asks when there is something to write.
        self.check_access("write")
        result = super().action_draft()
        self._b2b_end_submission("none", False)
        self.sudo().write({"b2b_gate_pass": False, "b2b_submitted_at": False})
        return result

    def action_b2b_withdraw(self):
        """Staff take a waiting order back to edit it; its holds are void."""
        self.check_access("write")
        for order in self:
            if order.b2b_submit_state != "waiting":
                raise UserError(self.env._("%s does not wait any more.", order.name))
        self._b2b_end_submission("none", False)
        return True
