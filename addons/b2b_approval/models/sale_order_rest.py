from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Ids of the orders whose rest is being closed right now, in this thread.
_closing = ContextVar("b2b_closing", default=frozenset())


@contextmanager
def closing(orders):
    """While the rest of an order is closed its lock does not hold.

    Pass, budgets and credit look at it when all of it is written: in between, goods
    are gone and the discount on them is not.
    """
    token = _closing.set(_closing.get() | set(orders.ids))
    try:
        yield
    finally:
        _closing.reset(token)


def is_closing(order):
    """Whether the rest of this order is being closed right now."""
    return order.id in _closing.get()


class SaleOrder(models.Model):
    """Close rest: what will not come any more leaves the order (DECISIONS 12).

    Budgets, credit and points listen to the ordered quantity, so each of them gives
    back its share by itself, once.
    """

    _inherit = "sale.order"

    b2b_rest_ids = fields.One2many(
        "b2b.order.rest",
        "order_id",
        "Closed rests",
        readonly=True,
        copy=False,
        help="What was closed of this order, when and why.",
    )
    b2b_rest_open = fields.Boolean(
        compute="_compute_b2b_rest_open",
        help="Whether something of this order is still to come.",
    )

    @api.depends("state", "order_line.product_uom_qty", "order_line.qty_delivered")
    def _compute_b2b_rest_open(self):
        for order in self:
            order.b2b_rest_open = order.state == "sale" and bool(order._b2b_rests())

    def _b2b_rests(self):
        """``{line: what is still to come}`` of the lines that can be closed."""
        self.ensure_one()
        rests = {line: line._b2b_rest() for line in self.order_line}
        return {line: quantity for line, quantity in rests.items() if quantity}

    def _b2b_is_untouched(self):
        """Whether nothing was delivered or invoiced: then it can only be cancelled."""
        self.ensure_one()
        goods = self.order_line.filtered(lambda line: not line.display_type)
        return not any(
            line.qty_delivered or line.qty_invoiced or line._b2b_came_back()
            for line in goods
        )

    def _b2b_close_rest(self, lines, reason, how):
        """Close what is still to come of these lines; asked twice, once.

        Who calls it has checked that it may be done.

        :param lines: sale.order.line of this order
        :param str reason: told to both sides
        :param str how: ``staff``, ``buyer`` or ``policy``
        :return: b2b.order.rest, empty when nothing was left
        :raise UserError: without a reason, or for an order that cannot be closed
        """
        self.ensure_one()
        # sudo: budgets, moves and the log are written by the system.
        order = self.sudo()
        reason = (reason or "").strip()
        order._b2b_check_closable(reason)
        order._b2b_touch()
        rests = {k: v for k, v in order._b2b_rests().items() if k in lines.sudo()}
        if not rests:
            return order.env["b2b.order.rest"]
        with closing(order):
            bases = order._b2b_discount_bases()
            for line in rests:
                line._b2b_close()
            order._b2b_follow_discounts(bases)
            order.env.flush_all()
        order._b2b_rest_closed()
        log = order.env["b2b.order.rest"].create(
            [
                {
                    "order_id": order.id,
                    "line_id": line.id,
                    "quantity": quantity,
                    "how": how,
                    "user_id": self.env.uid,
                    "closed_at": fields.Datetime.now(),
                    "reason": reason,
                }
                for line, quantity in rests.items()
            ]
        )
        order.env.flush_all()
        order._b2b_tell_closed(log)
        return log

    def _b2b_is_closing(self):
        """Whether the rest is being closed: what is booked is looked at afterwards."""
        self.ensure_one()
        return is_closing(self) or super()._b2b_is_closing()

    def _b2b_check_closable(self, reason):
        if not reason:
            raise UserError(
                self.env._("Say why the rest is closed; both sides read it.")
            )
        if not self.b2b_is_trade or self.b2b_historical or self.state != "sale":
            raise UserError(
                self.env._(
                    "%s is not a confirmed trade order; only such an order has a rest "
                    "to close.",
                    self.name,
                )
            )
        if self._b2b_is_untouched():
            raise UserError(
                self.env._(
                    "Nothing of %s was delivered or invoiced; cancel it instead.",
                    self.name,
                )
            )

    def _b2b_tell_closed(self, log):
        """Both sides read on the order what will not come."""
        rows = ", ".join(
            self.env._(
                "%(quantity)s %(unit)s %(article)s",
                quantity=f"{row.quantity:g}",
                unit=row.product_uom_id.name,
                article=row.product_id.display_name,
            )
            for row in log
        )
        self.message_post(
            body=self.env._(
                "Rest closed, will not be delivered: %(rows)s. Reason: %(reason)s",
                rows=rows,
                reason=log[0].reason,
            ),
            subtype_xmlid="mail.mt_comment",
        )

    # -- the buyer ---------------------------------------------------------------

    def _b2b_is_being_picked(self):
        """Whether somebody in the warehouse has begun with what is still to come."""
        moves = self.sudo().order_line.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        return any(moves.mapped("picked")) or any(moves.picking_id.mapped("printed"))

    def _b2b_buyer_may_close(self):
        """Whether there is something that a buyer with the right may take back."""
        self.ensure_one()
        return (
            self.state == "sale"
            and not self.b2b_historical
            and bool(self._b2b_rests())
            and not self._b2b_is_being_picked()
            and not (self._b2b_is_untouched() and self.invoice_ids)
        )

    def _b2b_buyer_close(self, reason):
        """The buyer takes back what has not come; nothing delivered: he cancels.

        :param str reason: told to both sides
        :raise UserError: when goods are being picked, or nothing is left
        """
        self.ensure_one()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why the rest is closed; both sides read it.")
            )
        if self._b2b_is_being_picked():
            raise UserError(
                self.env._(
                    "%s is being packed already; call us, and we see what we can do.",
                    self.name,
                )
            )
        if not self._b2b_buyer_may_close():
            raise UserError(self.env._("Nothing of %s is still to come.", self.name))
        if not self._b2b_is_untouched():
            return self._b2b_close_rest(self.order_line, reason, "buyer")
        order = self.sudo()
        order._b2b_touch()
        order._action_cancel()
        order.message_post(
            body=self.env._(
                "Cancelled by the customer, %(who)s. Reason: %(reason)s",
                who=self.env.user.name,
                reason=reason,
            ),
            subtype_xmlid="mail.mt_comment",
        )
        return order.env["b2b.order.rest"]

    # -- by policy ---------------------------------------------------------------

    @api.model
    def _cron_b2b_close_rest(self):
        """Close what is left so many days after the last delivery."""
        domain = [
            ("state", "=", "sale"),
            ("b2b_party_id", "!=", False),
            ("b2b_historical", "=", False),
            ("delivery_status", "=", "partial"),
        ]
        orders = self.search(domain).filtered(lambda o: o._b2b_rest_is_due())
        for order in orders:
            # Each order in its own transaction; one that another session holds or
            # changes meanwhile is looked at the next time.
            order = order.try_lock_for_update().filtered_domain(domain)
            if order and order._b2b_rest_is_due():
                order._b2b_close_by_policy()
            self.env["ir.cron"]._commit_progress(1)

    def _b2b_close_by_policy(self):
        lines = self.order_line.filtered(
            lambda line: line.qty_delivered_method == "stock_move"
        )
        days = self.b2b_party_id._b2b_rest_days(self.company_id)
        reason = self.env._("%s days after the last delivery", days)
        if not self._b2b_is_untouched():
            self._b2b_close_rest(lines, reason, "policy")

    def _b2b_rest_is_due(self):
        """Whether the last delivery is as old as the policy says."""
        self.ensure_one()
        days = self.b2b_party_id._b2b_rest_days(self.company_id)
        done = self.picking_ids.filtered(
            lambda p: p.state == "done" and p.picking_type_code == "outgoing"
        )
        if not days or not done:
            return False
        last = max(done.mapped("date_done"))
        return last + timedelta(days=days) <= fields.Datetime.now()
