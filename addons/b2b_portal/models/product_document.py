from odoo import fields, models


class ProductDocument(models.Model):
    _inherit = "product.document"

    b2b_in_portal = fields.Boolean(
        "Show in the trade portal",
        help="Buyers who see the article find this document on its page: data sheets, "
        "manuals, certificates. Off for what is meant for your team.",
    )
