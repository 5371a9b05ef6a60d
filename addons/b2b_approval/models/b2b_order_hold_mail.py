from odoo import models

from odoo.addons.b2b_party.rules.finding import BUYER, WARN
from odoo.addons.b2b_party.tools import moment


class OrderHold(models.Model):
    """Who is told that an order waits."""

    _inherit = "b2b.order.hold"

    def _b2b_announce(self):
        """Tell those who are asked, and keep the reasons on the order."""
        for order in self.order_id:
            holds = self.filtered(lambda hold, order=order: hold.order_id == order)
            order.message_post(
                body=self.env._("Waits: %s", " ".join(holds.mapped("message"))),
                subtype_xmlid="mail.mt_note",
            )
            for user in holds.decider_ids:
                holds.filtered(lambda hold, u=user: u in hold.decider_ids)._b2b_ask(
                    user
                )
            holds._b2b_announce_nobody()

    def _b2b_ask(self, users):
        """Mail people that they are asked, all reasons of one order in one mail.

        Only to active seats, in the language of each.
        """
        template = self.env.ref("b2b_approval.mail_template_hold_opened", False)
        if not template or not self:
            return
        for user in users.filtered("active"):
            if not user._b2b_seat():
                continue
            template.with_context(
                lang=user.lang, b2b_decider=user.name, b2b_hold_ids=self.ids
            ).send_mail(
                self[0].id,
                email_values={"recipient_ids": [(4, user.partner_id.id)]},
            )

    def _b2b_until_text(self):
        """Until when it can be decided, as the reader's mail says it: in the time of
        the customer's place."""
        self.ensure_one()
        zone = self.party_id.tz or self.company_id.partner_id.tz
        return moment(self.env, self.keep_until, tz=zone or "UTC")

    def _b2b_announce_nobody(self):
        """Nobody is left to decide: ask the administrators, let us phone.

        Staff never decide in the customer's place (DECISIONS 1).
        """
        lost = self.filtered(
            lambda h: h.side == BUYER and h.severity != WARN and not h.decider_ids
        )
        if not lost:
            return
        order = lost.order_id
        template = self.env.ref("b2b_approval.mail_template_no_approver", False)
        seats = order.b2b_party_id.b2b_seat_ids.filtered(
            lambda seat: seat.state == "active" and seat.role_id.manage_seats
        )
        for user in seats.user_id.filtered("active") if template else ():
            template.with_context(lang=user.lang, b2b_decider=user.name).send_mail(
                lost[0].id,
                email_values={"recipient_ids": [(4, user.partner_id.id)]},
            )
        manager, stand_in, _until = order.b2b_party_id._b2b_manager()
        colleague = stand_in or manager or order.user_id
        if colleague:
            order.activity_schedule(
                "mail.mail_activity_data_call",
                user_id=colleague.id,
                summary=self.env._("Nobody of %s may decide", order.b2b_party_id.name),
                note=self.env._(
                    "%(order)s waits for the customer's approval, but nobody there may "
                    "give it. Phone, so that they name an approver; we cannot decide "
                    "for them.",
                    order=order.name,
                ),
            )
