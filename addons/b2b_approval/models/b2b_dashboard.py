from odoo import models


class Dashboard(models.AbstractModel):
    _inherit = "b2b.dashboard"

    def _b2b_sections(self, filters):
        return super()._b2b_sections(filters) + self._b2b_waiting_sections(filters)

    def _b2b_waiting_domain(self, filters):
        domain = [
            ("b2b_submit_state", "=", "waiting"),
            ("company_id", "in", self.env.companies.ids),
        ]
        if filters["mine"]:
            domain += [
                "|",
                ("b2b_party_id.b2b_rep_ids", "in", self.env.uid),
                ("user_id", "=", self.env.uid),
            ]
        return domain

    def _b2b_waiting_sections(self, filters):
        """Tile and table of the orders that wait, amounts in company currency."""
        domain = self._b2b_waiting_domain(filters)
        orders = self.env["sale.order"].search_fetch(
            domain, ["amount_untaxed", "currency_rate", "b2b_submitted_at"]
        )
        net = {o.id: o.amount_untaxed / (o.currency_rate or 1.0) for o in orders}
        action = {
            "res_model": "sale.order",
            "name": self.env._("Waiting orders"),
            "domain": domain,
        }
        rows = []
        holds = self.env["b2b.order.hold"]._read_group(
            [("state", "=", "open"), ("order_id", "in", orders.ids)],
            ["code"],
            ["order_id:recordset"],
        )
        for code, held in holds:
            rows.append(
                {
                    "label": code,
                    "count": len(held),
                    "value": sum(net[order.id] for order in held),
                    "oldest": min(held.mapped("b2b_submitted_at")),
                    "domain": [("id", "in", held.ids)],
                }
            )
        currency = self.env.company.currency_id
        total = sum(net.values())
        return [
            {
                "id": "orders_waiting",
                "kind": "tile",
                "sequence": 30,
                "title": self.env._("Orders waiting"),
                "value": len(orders),
                "display": str(len(orders)),
                "subtitle": currency.format(total),
                "action": action,
            },
            {
                "id": "orders_waiting_by_reason",
                "kind": "table",
                "sequence": 130,
                "title": self.env._("Orders waiting, by reason"),
                "rows": sorted(rows, key=lambda row: -row["value"]),
                "action": action,
            },
        ]
