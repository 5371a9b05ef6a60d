from odoo import api, fields, models
from odoo.tools import SQL

# Fields that the statement below reads.
READ = {
    "sale.order": ["state", "warehouse_id", "b2b_submit_state", "b2b_keep_until"],
    "sale.order.line": [
        "order_id",
        "product_id",
        "product_uom_id",
        "product_uom_qty",
    ],
}


class SaleOrder(models.Model):
    """What waiting orders take off the shelf (DECISIONS 2).

    Nothing is reserved in the warehouse: others may order that much less until the
    order is released (then Odoo reserves), refused, withdrawn, or its time is over.
    """

    _inherit = "sale.order"

    @api.model
    def _b2b_held_stock_sql(self, product_sql, warehouses):
        """``product_id, warehouse_id, quantity`` of each line that waits.

        Call :meth:`_b2b_flush_held_stock` first.

        :param product_sql: what stands behind ``IN``: ids, or a sub-select
        :param warehouses: stock.warehouse
        :return: SQL, quantities in the unit of the article
        """
        return SQL(
            """
            SELECT held_line.product_id, held.warehouse_id,
                   held_line.product_uom_qty * unit.factor
                   / NULLIF(own_unit.factor, 0) AS quantity, held.id AS order_id
              FROM sale_order held
              JOIN sale_order_line held_line ON held_line.order_id = held.id
              JOIN product_product variant ON variant.id = held_line.product_id
              JOIN product_template template ON template.id = variant.product_tmpl_id
              JOIN uom_uom unit ON unit.id = held_line.product_uom_id
              JOIN uom_uom own_unit ON own_unit.id = template.uom_id
             WHERE held.state IN ('draft', 'sent')
               AND (held.b2b_submit_state = 'queued'
                    OR held.b2b_submit_state = 'waiting'
                   AND (held.b2b_keep_until IS NULL OR held.b2b_keep_until > %(now)s))
               AND held.warehouse_id IN %(warehouses)s
               AND held_line.product_id IN %(products)s
            """,
            now=fields.Datetime.now(),
            warehouses=tuple(warehouses.ids) or (0,),
            products=product_sql,
        )

    @api.model
    def _b2b_flush_held_stock(self):
        for model, names in READ.items():
            self.env[model].flush_model(names)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    b2b_held_elsewhere = fields.Float(
        "Held for others",
        compute="_compute_b2b_held_elsewhere",
        digits="Product Unit",
        groups="base.group_user",
        help="What other orders that wait for a decision keep of this article in the "
        "same warehouse, in the article's unit. It is not reserved, so Odoo's forecast "
        "does not know of it.",
    )

    @api.depends("product_id", "order_id.warehouse_id")
    def _compute_b2b_held_elsewhere(self):
        self.b2b_held_elsewhere = 0.0
        lines = self.filtered(
            lambda line: line.state in ("draft", "sent") and line.product_id
        )
        if not lines:
            return
        orders = self.env["sale.order"].sudo()
        orders._b2b_flush_held_stock()
        inner = orders._b2b_held_stock_sql(
            SQL("%s", tuple(lines.product_id.ids)), lines.order_id.warehouse_id
        )
        # sudo for the sum alone: whose orders these are stays unsaid.
        rows = self.env.execute_query(
            SQL(
                """SELECT product_id, warehouse_id, order_id, SUM(quantity)
                     FROM (%s) waiting GROUP BY 1, 2, 3""",
                inner,
            )
        )
        for line in lines:
            own, place = line.order_id._origin.id, line.order_id.warehouse_id.id
            line.b2b_held_elsewhere = sum(
                quantity
                for product, warehouse, order, quantity in rows
                if (product, warehouse) == (line.product_id.id, place) and order != own
            )
