from odoo import fields, models


class B2bOrderListLine(models.Model):
    """One article of an order list, with the quantity that is usually taken."""

    _name = "b2b.order.list.line"
    _description = "B2B Order List Article"
    _order = "list_id, sequence, id"
    _rec_name = "product_id"

    list_id = fields.Many2one("b2b.order.list", required=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        "Article",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("sale_ok", "=", True)],
    )
    quantity = fields.Float(
        digits="Product Unit",
        help="Quantity the row starts with, in the article's own unit; 0 starts empty.",
    )
    party_id = fields.Many2one(related="list_id.party_id", store=True, index=True)
    company_id = fields.Many2one(related="list_id.company_id", store=True)

    _once = models.Constraint(
        "UNIQUE(list_id, product_id)", "Each article stands on a list once."
    )
    _not_negative = models.Constraint(
        "CHECK(quantity >= 0)", "The quantity of an article cannot be below zero."
    )

    def write(self, vals):
        """Odoo asks the rules before a row moves to another list; we ask after, too."""
        done = super().write(vals)
        if "list_id" in vals:
            self.list_id.check_access("write")
        return done
