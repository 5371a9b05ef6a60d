"""The language a buyer reads, kept with his login."""

import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .base import trade_form

#: Any page of ours, never elsewhere.
PAGE = re.compile(r"/trade(/[\w-]{1,40}){0,6}(\?[\w=&%+.~-]{0,400})?")


class TradeLanguage(http.Controller):
    @trade_form("/trade/language")
    def language(self, ctx, lang="", go=""):
        """Read all pages and mails in another language from now on."""
        if lang not in ctx.env["res.lang"]._get_frontend():
            raise UserError(request.env._("This language is not offered here."))
        # sudo env: the own login, and a language that is offered
        ctx.user.lang = lang
        request.session.context = {**request.session.context, "lang": lang}
        go = str(go or "")
        go = go if PAGE.fullmatch(go) else "/trade"
        return request.redirect(go, code=303)
