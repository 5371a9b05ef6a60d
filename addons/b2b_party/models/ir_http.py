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
        # The database knows no such sign: a server error in plain Odoo.
        texts = (
            request.params.values() if request.dispatcher.routing_type == "http" else ()
        )
        if any(isinstance(text, str) and "\x00" in text for text in texts):
            raise BadRequest("A sign with the number 0 is no text.")
        return super()._dispatch(endpoint)

    @classmethod
    def _serve_fallback(cls):
        if "\x00" in request.httprequest.path:
            raise NotFound()
        return super()._serve_fallback()
