from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.b2b_party.rules.finding import BUYER, WARN

from ..rules import undo

VERDICTS = {
    "released": "action_release",
    "refused": "action_refuse",
    "asked_back": "action_ask_back",
}


class OrderDecisionPending(models.Model):
    """A decision that waits ten seconds, so that it can be taken back (DECISIONS 6).

    It counts for nothing until it takes effect: by the page that made it, by the
    scheduled job, or by the next decision of anybody.
    """

    _name = "b2b.order.decision.pending"
    _description = "B2B Decision In Ten Seconds"
    _order = "id desc"

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The order it is about.",
    )
    party_id = fields.Many2one(
        related="order_id.b2b_party_id", store=True, index=True, help="Who buys."
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        "Decided by",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="Who pressed the button.",
    )
    hold_ids = fields.Many2many(
        "b2b.order.hold", readonly=True, help="What it is about, as it was shown."
    )
    verdict = fields.Selection(
        [
            ("released", "Approve"),
            ("refused", "Refuse"),
            ("asked_back", "Ask back"),
        ],
        required=True,
        readonly=True,
        help="What takes effect.",
    )
    comment = fields.Text(readonly=True, help="What is said with it.")
    effective_at = fields.Datetime(
        required=True, readonly=True, index=True, help="Until then it can be undone."
    )
    state = fields.Selection(
        [
            ("pending", "Can be undone"),
            ("done", "In effect"),
            ("undone", "Undone"),
            ("failed", "Without effect"),
        ],
        required=True,
        default="pending",
        readonly=True,
        index=True,
        help="Without effect: somebody else was quicker, or the order changed.",
    )
    note = fields.Char(readonly=True, help="Why it had no effect.")

    _once = models.UniqueIndex(
        "(order_id, user_id) WHERE state = 'pending'",
        "You decided about this order a moment ago; undo that first.",
    )

    @api.model
    def _b2b_make(self, orders, user, verdict, comment=""):
        """Note a decision about what waits for a user in each of these orders.

        :param orders: sale.order with all rights lifted
        :param user: res.users, checked here for each hold
        :param str verdict: ``released``, ``refused`` or ``asked_back``
        :raise UserError: when nothing of an order waits for him any more
        :return: the new rows
        """
        rows, moment = [], undo.effective_at(fields.Datetime.now())
        orders._b2b_touch()
        for order in orders:
            holds = order._b2b_decidable_holds(user).filtered(
                lambda hold: hold.side == BUYER and hold.severity != WARN
            )
            if not holds:
                raise UserError(order._b2b_not_yours_text())
            order._b2b_check_nobody_decides(user, holds)
            rows.append(
                {
                    "order_id": order.id,
                    "user_id": user.id,
                    "hold_ids": [(6, 0, holds.ids)],
                    "verdict": verdict,
                    "comment": comment,
                    "effective_at": moment,
                }
            )
        # sudo: portal users have no right to these rows; what they may decide about
        # was checked hold by hold.
        made = self.sudo().create(rows)
        cron = self.env.ref("b2b_approval.cron_take_effect", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(at=moment)
        return made

    def _b2b_take_back(self, user):
        """Undo decisions in time; those whose time is over take effect.

        :return: rows that were undone
        """
        mine = self.sudo().filtered(lambda row: row.user_id == user)
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """UPDATE b2b_order_decision_pending SET state = 'undone'
                    WHERE id IN %s AND state = 'pending' AND effective_at > %s
                RETURNING id""",
                tuple(mine.ids) or (0,),
                fields.Datetime.now(),
            )
        )
        mine.invalidate_recordset(["state"])
        undone = mine.browse([row[0] for row in found])
        (mine - undone)._b2b_take_effect()
        return undone

    def _b2b_take_effect(self):
        """Let decisions whose time has come count; each alone, in the own name.

        What cannot be any more (decided by somebody else, withdrawn, right taken away)
        is kept with its sentence.
        """
        now = fields.Datetime.now()
        rows = self.sudo().filtered(
            lambda row: row.state == "pending" and row.effective_at <= now
        )
        for row in rows.sorted("id"):
            row._b2b_take_effect_now()
        return rows

    def _b2b_take_effect_now(self):
        self.ensure_one()
        taken = self.env.execute_query(
            SQL(
                """UPDATE b2b_order_decision_pending SET state = 'done'
                    WHERE id = %s AND state = 'pending' RETURNING id""",
                self.id,
            )
        )
        self.invalidate_recordset(["state"])
        if not taken:
            return
        holds = self.hold_ids.with_user(self.user_id)
        decide = getattr(
            holds.with_context(lang=self.user_id.lang), VERDICTS[self.verdict]
        )
        try:
            with self.env.cr.savepoint():
                decide(self.comment or "")
        except (UserError, AccessError) as refusal:
            self.write({"state": "failed", "note": refusal.args[0]})

    @api.model
    def _b2b_due(self):
        """Rows whose time has come."""
        return self.sudo().search(
            [
                ("state", "=", "pending"),
                ("effective_at", "<=", fields.Datetime.now()),
            ],
            order="id",
            limit=100,
        )

    @api.model
    def _cron_b2b_take_effect(self):
        """Each decision in a transaction of its own."""
        self.env["ir.cron"]._b2b_one_by_one(
            self._b2b_due(), lambda row: row._b2b_take_effect()
        )

    def _b2b_text(self):
        """``Priya approved S00431 a moment ago.``"""
        self.ensure_one()
        values = {"who": self.user_id.name, "order": self.order_id.name}
        if self.verdict == "refused":
            return self.env._("%(who)s refused %(order)s a moment ago.", **values)
        if self.verdict == "asked_back":
            return self.env._("%(who)s gave %(order)s back a moment ago.", **values)
        return self.env._("%(who)s approved %(order)s a moment ago.", **values)

    @api.autovacuum
    def _gc_b2b_decided(self):
        """The history is in the decisions; here it is kept for a week."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=7)
        self.sudo().search(
            [("state", "!=", "pending"), ("effective_at", "<", limit)], limit=1000
        ).unlink()


class SaleOrder(models.Model):
    _inherit = "sale.order"

    b2b_pending_decision_ids = fields.One2many(
        "b2b.order.decision.pending",
        "order_id",
        "Decisions in ten seconds",
        domain=[("state", "=", "pending")],
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Decisions that can still be undone.",
    )

    def _b2b_not_yours_text(self):
        """Why a decision comes too late, or that nothing waits."""
        self.ensure_one()
        rows = self.sudo().b2b_decision_ids.filtered(
            lambda row: row.hold_id.side == BUYER
        )
        if rows:
            return rows[0]._b2b_text()
        return self.env._("%s does not wait for you any more.", self.name)

    def _b2b_check_nobody_decides(self, user, holds):
        """Tell the second one when somebody else has just decided the same."""
        for row in self.sudo().b2b_pending_decision_ids:
            same = row.hold_ids & holds
            alone = row.verdict != "released" or any(
                hold._b2b_open_step().mode == "one" for hold in same
            )
            if row.user_id != user and same and alone:
                raise UserError(row._b2b_text())
