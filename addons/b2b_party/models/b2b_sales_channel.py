from odoo import fields, models


class SalesChannel(models.Model):
    """The way by which an order reached us."""

    _name = "b2b.sales.channel"
    _description = "B2B Sales Channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="Shown on orders and lists.")
    code = fields.Char(
        required=True, help="Fixed word used by the system: portal, rep, phone ..."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the channel between your companies."
    )

    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)",
        "There is already a sales channel with this code.",
    )
