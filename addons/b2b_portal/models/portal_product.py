import datetime

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

from ..rules.rhythm import rhythm
from ..tools import day, money, month, number


class B2bPortalProduct(models.AbstractModel):
    """Facts of the page of one article, all of them the buyer's own."""

    _name = "b2b.portal.product"
    _description = "Article page of the trade portal"

    def _b2b_variants(self, ctx, product):
        """Attribute lines with links to the sibling variants of the catalog."""
        siblings = ctx.env["b2b.catalog"]._b2b_products(
            ctx, fields.Domain("product_tmpl_id", "=", product.product_tmpl_id.id)
        )
        if len(siblings) < 2:
            return []
        current = product.product_template_attribute_value_ids
        lines = []
        for line in product.product_tmpl_id.valid_product_template_attribute_line_ids:
            rest = current.filtered(lambda v, line=line: v.attribute_line_id != line)
            values = self._b2b_variant_values(line, rest, siblings, product)
            if len(values) > 1:
                lines.append({"name": line.attribute_id.name, "values": values})
        return lines

    def _b2b_variant_values(self, line, rest, siblings, product):
        values = []
        for value in line.product_template_value_ids:
            wanted = rest | value
            hit = siblings.filtered(
                lambda p, w=wanted: p.product_template_attribute_value_ids == w
            ) or siblings.filtered(
                lambda p, v=value: v in p.product_template_attribute_value_ids
            )
            if hit:
                values.append(
                    {
                        "name": value.name,
                        "url": f"/trade/product/{hit[0].id}",
                        "current": value
                        in product.product_template_attribute_value_ids,
                    }
                )
        return values

    def _b2b_history(self, ctx, product):
        """Twelve months of the party and this article, and the last order."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT so.date_order::date, sol.product_uom_qty,
                       sol.price_reduce_taxexcl, so.currency_id
                  FROM sale_order so
                  JOIN sale_order_line sol ON sol.order_id = so.id
                 WHERE so.b2b_party_id = %s AND so.state = 'sale'
                   AND sol.product_id = %s AND sol.product_uom_qty > 0
                   AND so.date_order > now() AT TIME ZONE 'UTC' - interval '365 days'
                 ORDER BY so.date_order
                """,
                ctx.party.id,
                product.id,
            )
        )
        if not rows:
            return {"total": 0}
        today = fields.Date.context_today(self)
        months = self._b2b_months([(row[0], row[1]) for row in rows], today)
        total = sum(month["quantity"] for month in months)
        found = rhythm([(row[0], float(row[1])) for row in rows], today)
        date, quantity, price, currency_id = rows[-1]
        currency = ctx.env["res.currency"].browse(currency_id)
        pieces = number(self.env, quantity)
        last = self.env._("%s pieces", pieces)
        if ctx.can("see_prices") and price:
            last = self.env._(
                "%(quantity)s pieces at %(price)s",
                quantity=pieces,
                price=money(self.env, price, currency),
            )
        return {
            "total": total,
            "months": months,
            "sentence": self.env._("%s pieces in 12 months", number(self.env, total)),
            "last_date": day(self.env, date, weekday=False),
            "last": last,
            "next": ctx.env["b2b.portal.home"]._b2b_next(found),
        }

    def _b2b_months(self, rows, today):
        first = today.replace(day=1) - relativedelta(months=11)
        sums = {first + relativedelta(months=i): 0.0 for i in range(12)}
        for date, quantity in rows:
            begun = datetime.date(date.year, date.month, 1)
            if begun in sums:
                sums[begun] += float(quantity)
        top = max(sums.values()) or 1.0
        return [
            {
                "label": month(self.env, first_day),
                "quantity": quantity,
                "percent": max(3, round(100 * quantity / top)) if quantity else 3,
            }
            for first_day, quantity in sums.items()
        ]

    def _b2b_details(self, ctx, product, row):
        """Plain facts; bridges and other addons append theirs."""
        _ = self.env._
        details = [(_("Category"), product.categ_id.name or "")]
        if row["step"] != 1:
            details.append((_("Pack"), number(self.env, row["step"])))
        if row["min"] > row["step"]:
            details.append((_("Smallest order"), number(self.env, row["min"])))
        if row["max"]:
            details.append((_("Largest order"), number(self.env, row["max"])))
        if product.weight:
            details.append(
                (
                    _("Weight"),
                    f"{number(self.env, product.weight)} {product.weight_uom_name}",
                )
            )
        if row["barcode"]:
            details.append((_("EAN"), row["barcode"]))
        return details
