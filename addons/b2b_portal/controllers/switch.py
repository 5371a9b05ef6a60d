"""Acting for another party: the session goes over to the person's other seat."""

from odoo import http
from odoo.http import request

from .base import target, trade_form


class TradeSwitch(http.Controller):
    @trade_form("/trade/switch")
    def switch(self, ctx, target_seat_id="", go=""):
        seat = ctx.seat._b2b_switch_target(target_seat_id)
        if seat != ctx.seat:
            become(seat.user_id)
            seat._b2b_note_visit()
        return request.redirect(target(go), code=303)


def become(user):
    """Let the session be that user's, as Odoo's own login does.

    The rotation makes the old session id worthless, so a page of the other seat
    cannot act any more.
    """
    session = request.session
    session["pre_login"], session["pre_uid"] = user.login, user.id
    for key in [k for k in session if k.endswith(("_counters", "_history"))]:
        session.pop(key)
    session.finalize(request.env)
    request.update_env(user=user.id)
    request.update_context(**session.context)
