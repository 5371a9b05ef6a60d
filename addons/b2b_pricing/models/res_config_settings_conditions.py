from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_charge_product_id = fields.Many2one(
        related="company_id.b2b_charge_product_id", readonly=False
    )
    b2b_discount_product_id = fields.Many2one(
        related="company_id.b2b_discount_product_id", readonly=False
    )
    b2b_delivery_product_id = fields.Many2one(
        related="company_id.b2b_delivery_product_id", readonly=False
    )
