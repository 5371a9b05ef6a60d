from odoo import models
from odoo.tools import SQL


class SaleOrder(models.Model):
    """Tax groups of an order's lines, for pages that only show their names."""

    _inherit = "sale.order"

    def _b2b_tax_is_closed(self):
        # The buyer sends his cart himself: nobody would be asked about a typed tax.
        return super()._b2b_tax_is_closed() or (
            self.b2b_is_cart and self.state == "draft"
        )

    def _b2b_tax_groups(self):
        """``{line id: [(id, name) of a tax group, in the order of its taxes]}``.

        One query: the taxes and their groups themselves are not needed here.
        """
        self.order_line.flush_recordset(["tax_ids"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rel.sale_order_line_id, g.id, %(name)s
                  FROM account_tax_sale_order_line_rel rel
                  JOIN account_tax t ON t.id = rel.account_tax_id
                  JOIN account_tax_group g ON g.id = t.tax_group_id
                 WHERE rel.sale_order_line_id IN %(lines)s
                 ORDER BY rel.sale_order_line_id, t.sequence, t.id
                """,
                name=self.env["account.tax.group"]._field_to_sql("g", "name"),
                lines=tuple(self.order_line.ids) or (0,),
            )
        )
        found = {}
        for line, group, name in rows:
            found.setdefault(line, []).append((group, name))
        return found
