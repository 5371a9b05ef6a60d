from odoo import fields, models

from odoo.addons.b2b_party.tools import money


class Dashboard(models.AbstractModel):
    """Orders that wait for a decision: how many, how much, and why."""

    _inherit = "b2b.dashboard"

    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        if not self.env["sale.order"].has_access("read"):
            return sections
        domain = self._b2b_waiting_domain(filters)
        orders = self.env["sale.order"].search_fetch(
            domain, ["amount_untaxed", "currency_rate", "b2b_submitted_at"]
        )
        return [
            *sections,
            self._b2b_waiting_tile(orders, domain),
            self._b2b_waiting_reasons(orders, domain),
        ]

    def _b2b_waiting_domain(self, filters):
        domain = [
            ("b2b_submit_state", "=", "waiting"),
            ("company_id", "in", self.env.companies.ids),
        ]
        return [*domain, *self._b2b_mine(filters, "b2b_party_id.")]

    def _b2b_waiting_net(self, orders):
        """Their total excluding tax in the company's currency at the order's rate."""
        return sum(o.amount_untaxed / (o.currency_rate or 1.0) for o in orders)

    def _b2b_waiting_action(self, domain):
        return {
            "res_model": "sale.order",
            "name": self.env._("Waiting orders"),
            "domain": domain,
        }

    def _b2b_waiting_tile(self, orders, domain):
        currency = self.env.company.currency_id
        net = money(self.env, self._b2b_waiting_net(orders), currency)
        return {
            "id": "orders_waiting",
            "kind": "tile",
            "sequence": 30,
            "title": self.env._("Orders waiting"),
            "value": len(orders),
            "unit": "number",
            "subtitle": net,
            "action": self._b2b_waiting_action(domain),
        }

    def _b2b_waiting_reasons(self, orders, domain):
        holds = self.env["b2b.order.hold"]
        groups = holds._read_group(
            [("state", "=", "open"), ("order_id", "in", orders.ids)],
            ["code", "side"],
            ["order_id:recordset"],
        )
        words, now = holds._b2b_reasons(), fields.Datetime.now()
        sides = dict(holds._fields["side"]._description_selection(self.env))
        rows = []
        for code, side, held in groups:
            oldest = min(held.mapped("b2b_submitted_at"))
            rows.append(
                {
                    "cells": {
                        "reason": f"{words.get(code, code)} · {sides[side]}",
                        "orders": len(held),
                        "amount": self._b2b_waiting_net(held),
                        "oldest": (now - oldest).days,
                    },
                    "tone": "info" if side == "buyer" else "bad",
                    "domain": [("id", "in", held.ids)],
                }
            )
        return {
            "id": "waiting_reasons",
            "kind": "table",
            "sequence": 130,
            "title": self.env._("Orders waiting, by reason"),
            "columns": [
                {"key": "reason", "label": self.env._("Reason"), "kind": "tone"},
                {"key": "orders", "label": self.env._("Orders"), "kind": "number"},
                {"key": "amount", "label": self.env._("Amount"), "kind": "money"},
                {"key": "oldest", "label": self.env._("Oldest"), "kind": "days"},
            ],
            "rows": sorted(rows, key=lambda row: -row["cells"]["orders"]),
            "empty": self.env._("Nothing waits for a decision."),
            "action": self._b2b_waiting_action(domain),
        }
