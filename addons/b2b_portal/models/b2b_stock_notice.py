from odoo import api, fields, models
from odoo.tools import SQL


class StockNotice(models.Model):
    """A person wants to be told when an article is back in stock."""

    _name = "b2b.stock.notice"
    _description = "Back-in-stock notice"
    _order = "id desc"
    _rec_name = "product_id"

    seat_id = fields.Many2one(
        "b2b.seat",
        "Asked by",
        required=True,
        index=True,
        ondelete="cascade",
        help="Who is told, and for which company.",
    )
    party_id = fields.Many2one(
        "res.partner",
        "Party",
        related="seat_id.party_id",
        store=True,
        index=True,
        help="The company that waits for the article.",
    )
    product_id = fields.Many2one(
        "product.product",
        "Article",
        required=True,
        index=True,
        ondelete="cascade",
        help="What is out of stock.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, help="Whose stock it is about."
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("told", "Told")],
        default="waiting",
        required=True,
        index=True,
        help="Told: the mail was sent; the person may ask again.",
    )
    told_on = fields.Datetime("Told on", readonly=True, help="When the mail was sent.")

    _one_waiting = models.UniqueIndex(
        "(seat_id, product_id, company_id) WHERE state = 'waiting'",
        "This person waits for the article already.",
    )

    # -- of one person -----------------------------------------------------------------

    @api.model
    def _b2b_awaited_ids(self, ctx):
        """Ids of the articles that a seat waits for."""
        found = self.search_fetch(self._b2b_own(ctx), ["product_id"])
        return frozenset(found.product_id.ids)

    @api.model
    def _b2b_own(self, ctx):
        return [
            ("seat_id", "=", ctx.seat.id),
            ("company_id", "=", ctx.company.id),
            ("state", "=", "waiting"),
        ]

    @api.model
    def _b2b_toggle(self, ctx, product):
        """Wait for an article, or no longer; says whether it is awaited now.

        Two presses at once make one row: the index decides, not a look before.
        """
        waiting = self.search([*self._b2b_own(ctx), ("product_id", "=", product.id)])
        if waiting:
            waiting.unlink()
            return False
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO b2b_stock_notice (seat_id, party_id, product_id, company_id,
                    state, create_uid, create_date, write_uid, write_date)
                VALUES (%(seat)s, %(party)s, %(product)s, %(company)s, 'waiting',
                    %(user)s, now() AT TIME ZONE 'UTC', %(user)s,
                    now() AT TIME ZONE 'UTC')
                ON CONFLICT DO NOTHING
                """,
                seat=ctx.seat.id,
                party=ctx.party.id,
                product=product.id,
                company=ctx.company.id,
                user=ctx.user.id,
            )
        )
        self.invalidate_model()
        return True
