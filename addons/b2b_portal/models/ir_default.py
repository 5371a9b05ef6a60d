from odoo import api, models
from odoo.tools import ormcache

LANGUAGE = ("res.partner", "lang")


class IrDefault(models.Model):
    _inherit = "ir.default"

    @api.model
    def _get(
        self, model_name, field_name, user_id=False, company_id=False, condition=False
    ):
        """The language of the shop is asked for by every page: it is kept."""
        if (
            self.env.su
            and (model_name, field_name) == LANGUAGE
            and not (user_id or company_id or condition)
        ):
            return self._b2b_default_language()
        return super()._get(model_name, field_name, user_id, company_id, condition)

    # Every change of a default clears the cache already.
    @ormcache()
    def _b2b_default_language(self):
        return super()._get(*LANGUAGE)
