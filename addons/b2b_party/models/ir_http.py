from werkzeug.exceptions import BadRequest

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
        return super()._dispatch(endpoint)
