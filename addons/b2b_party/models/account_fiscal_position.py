from odoo import models

from ..rules.place_of_supply import position_fits


class AccountFiscalPosition(models.Model):
    _inherit = "account.fiscal.position"

    def _b2b_fits(self, address):
        """Tax follows the place of supply: whether it may be used for an address.

        :param address: res.partner to which the goods go
        """
        self.ensure_one()
        return position_fits(
            address.country_id.id,
            self.country_id.id,
            self.country_group_id.country_ids.ids,
        )
