from werkzeug.exceptions import BadRequest, NotFound

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        # Parameters become keyword arguments of a method: one called "self" is a
        # server error in plain Odoo, on every page (`/my?self=1`).
        if "self" in request.params:
            raise BadRequest("There is no parameter called self.")
        if cls._b2b_has_nul():
            raise BadRequest("A sign with the number 0 is no text.")
        return super()._dispatch(endpoint)

    @classmethod
    def _b2b_has_nul(cls):
        """Whether a form of Odoo brings a sign that the database does not know, a
        server error in plain Odoo. Our own pages clean what they get."""
        own = request.httprequest.path.startswith("/trade")
        if own or request.dispatcher.routing_type != "http":
            return False
        texts = request.params.values()
        return any(isinstance(text, str) and "\x00" in text for text in texts)

    @classmethod
    def _serve_fallback(cls):
        if "\x00" in request.httprequest.path:
            raise NotFound()
        return super()._serve_fallback()
