from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

STAFF = "base.group_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    b2b_stock_mask = fields.Selection(
        [
            ("exact", "Exact up to a threshold"),
            ("yes_no", "In stock or not"),
            ("hidden", "Hidden"),
        ],
        "Stock shown",
        default="exact",
        required=True,
        groups=STAFF,
        help="How this party sees stock in the portal. The word is made on the server; "
        "a figure above the threshold never leaves it.",
    )
    b2b_stock_threshold = fields.Integer(
        "Exact up to",
        default=100,
        groups=STAFF,
        help="Up to this quantity the exact stock is shown, above it only “> 100”. "
        "0: always exact.",
    )

    @api.model
    def _get_sale_order_domain_count(self):
        """A cart that the buyer deleted is nobody's order."""
        kept = Domain("b2b_cart_deleted_at", "=", False)
        return Domain(super()._get_sale_order_domain_count()) & kept

    @api.constrains("b2b_stock_threshold")
    def _check_b2b_stock_threshold(self):
        for partner in self.sudo():
            if partner.b2b_stock_threshold < 0:
                raise ValidationError(
                    self.env._(
                        "The stock threshold of %s is below zero; enter 0 to show "
                        "exact figures.",
                        partner.name,
                    )
                )
