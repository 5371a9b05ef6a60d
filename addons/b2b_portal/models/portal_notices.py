import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class StockNotice(models.Model):
    """The job that tells people whose articles are back."""

    _inherit = "b2b.stock.notice"

    @api.model
    def _cron_b2b_tell(self):
        """One mail per person with all that is back, each in its own transaction.

        Who may not see the article (any more), whose company is stopped, or who may
        see no stock, is not told and stays on the list.
        """
        seats = self._b2b_waiting_seats()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(seats))
        for seat in seats:
            try:
                self._b2b_tell_seat(seat)
            except UserError as error:
                # One person's mail that cannot be written keeps nobody else waiting.
                self.env.cr.rollback()
                _logger.warning("%s was not told what is back: %s", seat, error)
            if not cron._commit_progress(1):
                break

    def _b2b_waiting_seats(self):
        """Active seats with an article of which anything is free in any warehouse."""
        Stock = self.env["b2b.portal.stock"]
        Stock._b2b_flush()
        self.flush_model()
        waited = SQL(
            "(SELECT product_id FROM b2b_stock_notice WHERE state = 'waiting')"
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT notice.seat_id
                  FROM b2b_stock_notice notice
                  JOIN (%s) stock ON stock.product_id = notice.product_id
                 WHERE notice.state = 'waiting' AND stock.free > 0
                 ORDER BY notice.seat_id
                """,
                Stock._b2b_free_sql(
                    None,
                    waited,
                    self.env["stock.warehouse"].search([("active", "=", True)]),
                ),
            )
        )
        seats = self.env["b2b.seat"].browse(row[0] for row in rows)
        return seats.filtered(lambda s: s.state == "active" and s.user_id.active)

    def _b2b_tell_seat(self, seat):
        """Tell one person about his articles that are in stock where he is served."""
        notices = self.search([("seat_id", "=", seat.id), ("state", "=", "waiting")])
        builder = self.env["b2b.portal.context"].with_user(seat.user_id)
        for company, own in notices.grouped("company_id").items():
            ctx = builder.with_context(
                lang=seat.user_id.lang, allowed_company_ids=company.ids
            )._b2b_build()
            if not ctx or ctx.seat != seat or not ctx.may_buy:
                continue
            back = own._b2b_back(ctx)
            if back and back._b2b_mark_told():
                back._b2b_mail(ctx)

    def _b2b_back(self, ctx):
        """Those whose article the person may see and would find in stock.

        Who may see no stock finds no word about any.
        """
        seen = ctx.env["b2b.catalog"]._b2b_allows(ctx, self.product_id)
        words = ctx.env["b2b.portal.stock"]._b2b_words(ctx, seen, others=False)
        there = {pid for pid, word in words.items() if word["main"]["level"] != "out"}
        return self.filtered(lambda notice: notice.product_id.id in there)

    def _b2b_mark_told(self):
        """Claim the rows; false when another run told them meanwhile."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE b2b_stock_notice SET state = 'told', told_on = %s "
                "WHERE id IN %s AND state = 'waiting'",
                fields.Datetime.now(),
                tuple(self.ids),
            )
        )
        claimed = self.env.cr.rowcount == len(self)
        self.invalidate_recordset(["state", "told_on"])
        return claimed

    def _b2b_mail(self, ctx):
        """One mail in the person's language: names and links, no figures of stock."""
        _ = ctx.env._
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(
            ctx, ctx.env["product.product"].browse(self.product_id.ids), others=False
        )
        base = ctx.seat.get_base_url()
        articles = [
            {
                "name": row["own_name"] or row["name"],
                "code": row["own_code"] or row["code"],
                "url": f"{base}/trade/product/{row['id']}",
            }
            for row in rows
        ]
        subject = _("Back in stock: %s", articles[0]["name"])
        if len(articles) > 1:
            subject = _("Back in stock: %s articles", len(articles))
        # sudo: the job writes in the name of the company.
        template = self.env.ref("b2b_portal.mail_template_back_in_stock").sudo()
        template.with_context(b2b_articles=articles, b2b_subject=subject).send_mail(
            ctx.seat.id,
            email_layout_xmlid="b2b_party.mail_layout",
            email_values={"recipient_ids": [(4, ctx.user.partner_id.id)]},
        )
