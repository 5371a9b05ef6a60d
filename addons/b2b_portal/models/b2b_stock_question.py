from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..rules import promise


class StockQuestion(models.Model):
    """A quantity that a company tried of an article in its cart.

    Each answer tells a little of our stock; many of them would tell the figure.
    """

    _name = "b2b.stock.question"
    _description = "Quantity tried in a cart"
    _order = "id desc"
    _rec_name = "product_id"

    party_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        help="The company whose buyer changed the quantity of a line.",
    )
    product_id = fields.Many2one(
        "product.product", "Article", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, help="Whose stock the answers tell of."
    )

    _lately = models.Index("(party_id, product_id, create_date)")
    _outdated = models.Index("(create_date)")

    @api.model
    def _b2b_note(self, ctx, products):
        """Remember that quantities of these articles were changed, in one query."""
        if products and ctx.env["b2b.portal.stock"]._b2b_shown(ctx):
            self.sudo().create(  # nobody writes these by hand
                [
                    {
                        "party_id": ctx.party.id,
                        "product_id": product.id,
                        "company_id": ctx.company.id,
                    }
                    for product in products
                    if product.is_storable
                ]
            )

    @api.model
    def _b2b_tries(self, ctx, products):
        """``{product id: quantities tried lately}`` of the context's company."""
        since = fields.Datetime.now() - timedelta(hours=promise.HOURS)
        groups = self.sudo()._read_group(  # of the own company, and only counted
            [
                ("party_id", "=", ctx.party.id),
                ("company_id", "=", ctx.company.id),
                ("product_id", "in", products.ids),
                ("create_date", ">", since),
            ],
            ["product_id"],
            ["__count"],
        )
        return {product.id: count for product, count in groups}

    @api.autovacuum
    def _gc_old_questions(self):
        """What was tried yesterday limits nobody any more."""
        before = fields.Datetime.now() - timedelta(days=1)
        # One request may leave hundreds of rows; nothing hangs on them.
        self.env.cr.execute(
            SQL("DELETE FROM b2b_stock_question WHERE create_date < %s", before)
        )
        self.env.invalidate_all()
