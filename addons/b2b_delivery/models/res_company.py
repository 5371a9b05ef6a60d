from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    b2b_default_schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        "Default delivery schedule",
        ondelete="set null",
        domain="['|', ('company_id', '=', False), ('company_id', '=', id)]",
        help="Used for parties and addresses without an own schedule. Empty: no "
        "delivery slot is promised to them.",
    )
