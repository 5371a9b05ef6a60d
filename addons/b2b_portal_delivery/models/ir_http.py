from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # the countdown's words in the buyer's language
        return [
            *super()._get_translation_frontend_modules_name(),
            "b2b_portal_delivery",
        ]
