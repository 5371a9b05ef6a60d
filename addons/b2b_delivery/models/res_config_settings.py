from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_default_schedule_id = fields.Many2one(
        related="company_id.b2b_default_schedule_id",
        readonly=False,
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
        help="Used for parties and addresses without an own schedule. Empty: no "
        "delivery slot is promised to them.",
    )
    b2b_split_delivery = fields.Boolean(
        related="company_id.b2b_split_delivery", readonly=False
    )
    b2b_method_required = fields.Boolean(
        related="company_id.b2b_method_required", readonly=False
    )
