from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

WINDOW = 90
SHOWN = 5
LOOKED_AT = 200
SHORT, VERY_SHORT = 14, 3


class Dashboard(models.AbstractModel):
    """Articles that trade parties buy and that will soon be gone."""

    _inherit = "b2b.dashboard"

    @api.model
    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        models_read = ("sale.order.line", "stock.quant", "product.product")
        if all(self.env[name].has_access("read") for name in models_read):
            sections.append(self._b2b_stock_at_risk())
        return sections

    @api.model
    def _b2b_sold_pieces(self):
        """Pieces sold to trade parties in the last 90 days, by article."""
        today = self._b2b_today()
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "sale")
            & Domain("product_id.is_storable", "=", True)
            & Domain("order_id.b2b_party_id.b2b_customer_type", "=", "trade")
            & self._b2b_between(
                "order_id.date_order", today - timedelta(days=WINDOW), today
            )
        )
        return self.env["sale.order.line"]._read_group(
            domain, ["product_id"], ["product_uom_qty:sum"],
            order="product_uom_qty:sum DESC", limit=LOOKED_AT,
        )  # fmt: skip

    @api.model
    def _b2b_stock_at_risk(self):
        sold = [(product, pieces) for product, pieces in self._b2b_sold_pieces()]
        free = {
            product.id: quantity - reserved
            for product, quantity, reserved in self.env["stock.quant"]._read_group(
                Domain("product_id", "in", [product.id for product, _n in sold])
                & Domain("location_id.usage", "=", "internal")
                & Domain("company_id", "=", self.env.company.id),
                ["product_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
        }
        risky = []
        for product, pieces in sold:
            left = max(0.0, free.get(product.id, 0.0))
            lasts = int(left / (pieces / WINDOW)) if pieces > 0 else WINDOW
            if lasts < SHORT:
                risky.append((lasts, product, left))
        risky.sort(key=lambda row: (row[0], row[1].id))
        rows = [
            {
                "cells": {"article": product.name, "free": left, "lasts": lasts},
                "image": f"/web/image/product.product/{product.id}/image_128",
                "tone": "bad" if lasts <= VERY_SHORT else "warn",
                "domain": self._b2b_json(Domain("id", "=", product.id)),
            }
            for lasts, product, left in risky[:SHOWN]
        ]
        ids = [product.id for _lasts, product, _left in risky]
        return {
            "id": "stock_at_risk", "kind": "table", "sequence": 330, "rows": rows,
            "title": self.env._("Stock at risk"),
            "subtitle": self.env._("lasts less than %s days", SHORT),
            "columns": [
                {"key": "article", "label": self.env._("Bought by trade parties")},
                {"key": "free", "label": self.env._("Free"), "kind": "number"},
                {"key": "lasts", "label": self.env._("Lasts"), "kind": "days"},
            ],
            "action": self._b2b_open(
                "product.product", Domain("id", "in", ids), self.env._("Stock at risk")
            ),
            "empty": self.env._("What trade parties buy lasts two weeks or longer."),
        }  # fmt: skip
