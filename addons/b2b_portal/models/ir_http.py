import re
from urllib.parse import urlsplit

import werkzeug.exceptions

from odoo import models
from odoo.http import SessionExpiredException, request

#: Pages of a signed-in buyer: his own language counts, whatever the browser prefers or
#: a link says. Pages of the website keep theirs.
OWN_PAGES = ("trade", "my")
OWN_PAGE = re.compile(r"/trade(/[\w-]{1,40}){0,6}")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # words of the portal's scripts in the buyer's language
        return [*super()._get_translation_frontend_modules_name(), "b2b_portal"]

    @classmethod
    def _frontend_pre_dispatch(cls):
        own = cls._b2b_own_language()
        if own:
            request.lang = own
        super()._frontend_pre_dispatch()

    @classmethod
    def _authenticate(cls, endpoint):
        """Who has to sign in again comes back to the page that his form stood on.

        Odoo leads to the address of the form itself, which cannot be looked at.
        """
        try:
            super()._authenticate(endpoint)
        except SessionExpiredException:
            page = request.httprequest.method == "POST" and cls._b2b_page_of_form()
            if not page or request.dispatcher.routing_type != "http":
                raise
            request.session.logout(keep_db=True)
            login = request.redirect_query("/web/login", {"redirect": page})
            raise werkzeug.exceptions.HTTPException(response=login) from None

    @classmethod
    def _b2b_page_of_form(cls):
        """Address of the trade page that sent this form, with the cart it is about."""
        page = urlsplit(request.httprequest.headers.get("Referer") or "")
        if page.netloc != request.httprequest.host or not OWN_PAGE.fullmatch(page.path):
            return None
        cart = request.httprequest.form.get("cart_id", "")
        if cart.isascii() and cart.isdigit() and "cart_id" not in page.query:
            return f"{page.path}?cart_id={cart}"
        return f"{page.path}?{page.query}" if page.query else page.path

    @classmethod
    def _b2b_own_language(cls):
        """The language of who is signed in, where it is one of the pages'; or None."""
        first = request.httprequest.path.split("/", 2)[1]
        if not request.session.uid or first not in OWN_PAGES:
            return None
        wanted = request.env["res.users"].context_get().get("lang")
        code = request.env["ir.http"].get_nearest_lang(wanted)
        return request.env["res.lang"]._get_data(code=code) if code else None
