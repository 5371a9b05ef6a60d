from odoo import models
from odoo.tools import SQL


class PortalMixin(models.AbstractModel):
    _inherit = "portal.mixin"

    def _b2b_forget_tokens(self):
        """Forget the tokens of these documents; a new mail makes a new one.

        Written past ``write``: posted invoices and imported orders may not be
        changed, and their contents are not.
        """
        if not self:
            return
        self.flush_recordset(["access_token"])
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET access_token = NULL WHERE id IN %s",
                SQL.identifier(self._table),
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["access_token"])
