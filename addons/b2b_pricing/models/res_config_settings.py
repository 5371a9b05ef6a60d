from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_public_pricelist_id = fields.Many2one(
        related="company_id.b2b_public_pricelist_id", readonly=False
    )
    b2b_public_range = fields.Boolean(
        related="company_id.b2b_public_range", readonly=False
    )
    b2b_convert_rule_currency = fields.Boolean(
        "Convert fixed prices into the asked currency",
        config_parameter="b2b_pricing.convert_rule_currency",
        default=True,
        help="Odoo returns a fixed price of 10 EUR as 10 USD when it is asked in USD. "
        "Switched off, that behaviour comes back.",
    )
