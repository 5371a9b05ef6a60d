"""Asking for access, and where a login leads: the only public page of the portal."""

from odoo import SUPERUSER_ID, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.web.controllers.home import Home

from ..tools import clean_input

FIELDS = ("company", "name", "email", "vat", "phone", "consent", "website")


class TradeAccess(http.Controller):
    @http.route(
        "/trade/request-access",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=True,
        readonly=True,
    )
    def form(self, sent="", **_query):
        return self._page(sent=bool(sent))

    @http.route(
        "/trade/request-access",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def send(self, **form):
        """Keep the request. Known or not, everybody reads the same words."""
        # A file in the place of a text is none.
        sent = {name: form.get(name) for name in FIELDS}
        typed = {k: v if isinstance(v, str) else "" for k, v in sent.items()}
        typed = clean_input(typed)
        # All rights: visitors have none on requests; the model checks what it keeps.
        # As the system, so that the log does not hide a visitor's name.
        requests = request.env["b2b.access.request"].with_user(SUPERUSER_ID)
        errors = {}
        if not typed["website"].strip():
            errors = requests._b2b_request_errors(typed)
        if errors:
            return self._page(typed, errors, status=400)
        origin = {
            "network": request.httprequest.remote_addr,
            "lang": request.env.lang,
        }
        try:
            with request.env.cr.savepoint():
                requests._b2b_submit_request({**typed, **origin})
        except UserError as refusal:
            return self._page(typed, {"": refusal.args[0]}, status=429)
        return request.redirect("/trade/request-access?sent=1", code=303)

    def _page(self, typed=None, errors=None, *, sent=False, status=200):
        values = {
            "page_title": request.env._("Ask for access"),
            "company": request.env.company.sudo(),
            "typed": typed or {},
            "errors": errors or {},
            "sent": sent,
        }
        response = request.render("b2b_portal.access_page", values, status=status)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Frame-Options"] = "DENY"
        return response


class TradeLogin(Home):
    def _login_redirect(self, uid, redirect=None):
        """Traders land where they trade, agents on the list of their parties."""
        if redirect and not redirect.isprintable():
            # Browsers drop a tab in "/\t/elsewhere" and leave for another site.
            redirect = None
        if not redirect:
            user = request.env["res.users"].sudo().browse(uid)
            if user._b2b_acts_as_agent():
                redirect = "/trade/agent"
            elif user.share and user._b2b_seat_id():
                redirect = "/trade"
        return super()._login_redirect(uid, redirect=redirect)
