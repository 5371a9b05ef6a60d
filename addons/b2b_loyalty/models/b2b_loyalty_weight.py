from odoo import api, fields, models


class LoyaltyWeight(models.Model):
    """A factor on what lines earn, for some customers or some goods."""

    _name = "b2b.loyalty.weight"
    _description = "B2B Loyalty Weight"
    _order = "program_id, sequence, id"
    _check_company_auto = True

    program_id = fields.Many2one(
        "b2b.loyalty.program",
        required=True,
        index=True,
        ondelete="cascade",
        help="The program it belongs to.",
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10, help="Order in the list only.")
    name = fields.Char(
        required=True, translate=True, help="Kept with the points it was applied to."
    )
    factor = fields.Float(
        default=1.0,
        digits=(6, 3),
        required=True,
        help="2 doubles what the line earns, 0 means that it earns nothing.",
    )
    customer_type = fields.Selection(
        [("trade", "Trade"), ("retail", "Retail")], help="Empty: both."
    )
    customer_group_id = fields.Many2one(
        "b2b.customer.group",
        ondelete="restrict",
        check_company=True,
        help="Empty: all groups.",
    )
    category_id = fields.Many2one(
        "product.category",
        "Product category",
        ondelete="restrict",
        help="Products of it and of the categories below it. Empty: all.",
    )
    segment_id = fields.Many2one(
        "b2b.party.segment", ondelete="restrict", help="Empty: all segments."
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        "Product",
        ondelete="restrict",
        check_company=True,
        help="Empty: all products.",
    )
    channel_id = fields.Many2one(
        "b2b.sales.channel",
        "Sales channel",
        ondelete="restrict",
        help="Orders that came in by it; empty: all.",
    )

    _factor_positive = models.Constraint(
        "CHECK(factor BETWEEN 0 AND 100)", "A weight is 0 to 100."
    )

    @api.model_create_multi
    def create(self, vals_list):
        weights = super().create(vals_list)
        self.env.registry.clear_cache()
        return weights

    def write(self, vals):
        result = super().write(vals)
        # Programs are cached with their weights.
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
