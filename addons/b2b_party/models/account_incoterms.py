from odoo import models


class AccountIncoterms(models.Model):
    """Trade says DAP, not "delivered at place": the code finds it as well."""

    _inherit = "account.incoterms"
    _rec_names_search = ["code", "name"]
