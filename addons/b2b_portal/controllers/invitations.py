"""Invitations of somebody who has a seat already: another company asks."""

from odoo import http
from odoo.http import request

from .base import TradeError, not_found, render, trade_form, trade_page

ANSWERS = ("accept", "decline")


class TradeInvitations(http.Controller):
    @trade_page("/trade/team/invitations")
    def invitations(self, ctx, accepted="", declined=""):
        seat = ctx.seats.filtered(lambda s: str(s.id) == str(accepted))
        values = {
            "invitations": ctx.invitations,
            "accepted": seat - ctx.seat,
            "declined": bool(declined),
        }
        return render(
            "b2b_portal.invitations_page",
            values,
            active="invitations",
            title=request.env._("Invitations"),
        )

    @trade_form("/trade/team/invitations/<int:invitation_id>/answer")
    def answer(self, ctx, invitation_id, answer=""):
        if answer not in ANSWERS:
            raise TradeError(
                400, request.env._("Say whether you accept the invitation.")
            )
        invitation = ctx.env["b2b.seat"].browse(invitation_id).exists()
        if not invitation:
            raise not_found()
        path = "/trade/team/invitations"
        if answer == "decline":
            invitation._b2b_decline()
            return request.redirect(f"{path}?declined=1", code=303)
        seat = invitation._b2b_accept()
        return request.redirect(f"{path}?accepted={seat.id}", code=303)
