from odoo import fields, models


class Agreement(models.Model):
    """Order conditions that were agreed; a new version starts with the same ones."""

    _inherit = "b2b.agreement"

    condition_ids = fields.One2many(
        "b2b.order.condition",
        "agreement_id",
        "Order conditions",
        copy=True,
        help="Minimum order, charges, order discount and delivery cost of orders under "
        "this agreement.",
    )
