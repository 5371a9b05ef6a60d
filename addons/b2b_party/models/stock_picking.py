from odoo import models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Blocking stops goods: by button, batch, barcode and RPC alike."""
        for picking in self:
            picking._b2b_check_block()
        return super()._action_done()

    def _b2b_check_block(self):
        # sudo: a warehouse worker does not read the terms of a party
        picking = self.sudo()
        if picking.picking_type_code != "outgoing":
            return
        party = picking.sale_id.b2b_party_id or picking.partner_id.commercial_partner_id
        if party and not party._b2b_may_receive():
            raise UserError(
                self.env._(
                    "%(party)s is blocked, deliveries included; %(picking)s stays here "
                    "until the block is lifted.",
                    party=party.name,
                    picking=picking.name,
                )
            )
