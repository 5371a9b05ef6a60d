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
    b2b_split_delivery = fields.Boolean(
        "Buyers may split deliveries",
        help="At checkout they choose between one delivery and one for each day on "
        "which a part is ready. A party may be set otherwise.",
    )
    b2b_method_required = fields.Boolean(
        "Buyers choose a delivery method",
        help="Orders in the portal need one of the methods that are for them; the "
        "usual one of the party, or the first one, is proposed. Off: buyers may leave "
        "it to you.",
    )
