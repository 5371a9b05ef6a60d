from odoo import api, fields, models

from odoo.addons.b2b_party.rules.finding import WARN


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
            order._b2b_touch()
            unpaid = order._b2b_lacks_only_money()
            order._b2b_end_submission("failed", "unpaid" if unpaid else "expired")
            order._b2b_tell_orderer("_b2b_expired_text")
            order._b2b_tell_team_expired()

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
