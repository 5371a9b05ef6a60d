from contextvars import ContextVar

from odoo import api, fields, models

from odoo.addons.b2b_party.rules.finding import SELLER, WARN, Finding

#: How the gate left an order whose time was over.
ENDED = ("expired", "unpaid")

# Whether prices that somebody typed stay while the others follow their list.
_keeping_typed = ContextVar("b2b_keeping_typed", default=False)


class SaleOrder(models.Model):
    """A waiting order whose time is over: all is freed, both sides are told."""

    _inherit = "sale.order"

    @api.model
    def _cron_b2b_expire(self):
        """Return orders whose time is over: all that was kept is freed."""
        domain = [
            ("b2b_submit_state", "=", "waiting"),
            ("b2b_keep_until", "<", fields.Datetime.now()),
        ]

        def expire(order):
            order.filtered_domain(domain)._b2b_expire()

        orders = self.search(domain, limit=100)
        self.env["ir.cron"]._b2b_one_by_one(orders, expire)
        self.env["b2b.order.hold"]._b2b_look_for_deciders()

    def _b2b_expire(self):
        for order in self:
            order._b2b_end_waiting()
            order._b2b_tell_orderer("_b2b_expired_text")
            order._b2b_tell_team_expired()

    def _b2b_end_waiting(self):
        self._b2b_touch()
        unpaid = self._b2b_lacks_only_money()
        self._b2b_end_submission("failed", "unpaid" if unpaid else "expired")

    def _b2b_time_is_over(self):
        """Whether the order waits longer than anything is kept for it."""
        self.ensure_one()
        until = self.b2b_keep_until
        waits = self.b2b_submit_state == "waiting"
        return bool(waits and until and until < fields.Datetime.now())

    def _b2b_price_anew(self):
        """Today's prices for an order whose time was over (DECISIONS 2).

        A price that was typed by hand stays: somebody has said what it is to be.

        :return: the warning to be noted, in a list that is empty where the total stays
        """
        self.ensure_one()
        if self.b2b_gate_state not in ENDED:
            return []
        order, before = self.sudo(), self.amount_total
        order.date_order = fields.Datetime.now()
        token = _keeping_typed.set(True)
        try:
            order._recompute_prices()
        finally:
            _keeping_typed.reset(token)
        if not order.currency_id.compare_amounts(order.amount_total, before):
            return []
        text = self.env._(
            "%(order)s had expired and has today's prices now: %(now)s instead of "
            "%(before)s.",
            order=order.name,
            now=order._b2b_money(order.amount_total),
            before=order._b2b_money(before),
        )
        return [Finding(code="repriced", severity=WARN, side=SELLER, message=text)]

    def _get_update_prices_lines(self):
        lines = super()._get_update_prices_lines()
        if not _keeping_typed.get():
            return lines
        return lines.filtered(
            lambda line: (
                not line.currency_id.compare_amounts(
                    line.price_unit, line.technical_price_unit
                )
            )
        )

    def _b2b_lacks_only_money(self):
        """Whether nothing but the payment in advance holds the order."""
        holds = self.sudo().b2b_hold_ids.filtered(
            lambda hold: hold.state == "open" and hold.severity != WARN
        )
        return set(holds.mapped("code")) == {"prepayment"}

    def _b2b_expired_text(self):
        if self.b2b_gate_state == "unpaid":
            return self.env._(
                "%s was not paid in time. Nothing is kept for it any more, please do "
                "not pay it now; submit it again at today's prices.",
                self.name,
            )
        return self.env._(
            "%s was not decided in time. Nothing is kept for it any more; submit it "
            "again at today's prices.",
            self.name,
        )

    def _b2b_tell_team_expired(self):
        """Whoever looks after the customer may ask what became of the order."""
        self.ensure_one()
        order = self.sudo()
        team = order.user_id or order.b2b_party_id.user_id
        if not team:
            return
        reader = order.with_context(lang=team.lang or self.env.lang)
        order.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=team.id,
            summary=reader.env._("Expired while it waited"),
            note=reader._b2b_expired_text(),
        )
