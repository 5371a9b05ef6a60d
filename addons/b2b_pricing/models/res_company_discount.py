from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.b2b_party.rules import audit


class ResCompany(models.Model):
    """What may be given where no discount limit fits."""

    _inherit = "res.company"

    b2b_discount_default = fields.Float(
        "Discount without a limit",
        digits="Discount",
        default=100.0,
        help="How much of the list's price may be taken off where no discount limit "
        "fits giver, customer and article. 100 %: as much as he wants.",
    )

    @api.constrains("b2b_discount_default")
    def _check_b2b_discount_default(self):
        for company in self:
            if not 0 <= company.b2b_discount_default <= 100:
                raise ValidationError(
                    self.env._(
                        "The discount where no limit fits is %s %%; enter 0 to 100.",
                        audit.number(company.b2b_discount_default),
                    )
                )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_discount_default = fields.Float(
        related="company_id.b2b_discount_default", readonly=False
    )
    b2b_keep_hand_discount = fields.Boolean(
        "Keep a discount typed by hand",
        config_parameter="b2b_pricing.keep_hand_discount",
        default=True,
        help="Odoo forgets a discount typed into its own field when the quantity "
        "changes. Switched off, that behaviour comes back; the discretionary discount "
        "of trade orders is kept in any case.",
    )
