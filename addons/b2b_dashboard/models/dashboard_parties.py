from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..rules.rhythm import is_sleeping, rhythm

SHOWN = 5


class Dashboard(models.AbstractModel):
    """Who buys most, and who has gone quiet against the own rhythm."""

    _inherit = "b2b.dashboard"

    @api.model
    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        if self.env["sale.order"].has_access("read"):
            sections.append(self._b2b_best_parties(filters))
            sections.append(self._b2b_sleeping_parties(filters))
        return sections

    @api.model
    def _b2b_party_action(self, domain, name):
        return self._b2b_open("res.partner", domain, name)

    @api.model
    def _b2b_best_parties(self, filters):
        period = self._b2b_period(filters)
        domain = self._b2b_sold_domain(filters) & self._b2b_between(
            "date_order", period.start, period.end
        )
        margin = self._b2b_sees_margin()
        measures = ["b2b_net_company:sum"]
        if margin:
            measures.append("b2b_cost_company:sum")
        found = self.env["sale.order"]._read_group(
            domain, ["b2b_party_id"], measures,
            order="b2b_net_company:sum DESC", limit=SHOWN,
        )  # fmt: skip
        top = max((row[1] for row in found), default=0) or 1
        rows = []
        for party, net, *cost in found:
            cells = {
                "party": party.name,
                "country": party.country_id.code or "",
                "share": max(0.0, net / top),
                "sales": net,
            }
            if margin:
                cells["margin"] = (net - cost[0]) / net if net else 0.0
            own = self._b2b_json(domain & Domain("b2b_party_id", "=", party.id))
            rows.append({"cells": cells, "domain": own})
        columns = [
            {"key": "party", "label": self.env._("Party")},
            {"key": "country", "label": self.env._("Country"), "kind": "muted"},
            {"key": "share", "label": self.env._("Share"), "kind": "bar"},
            {"key": "sales", "label": self.env._("Sales"), "kind": "money"},
        ]
        if margin:
            columns.append(
                {"key": "margin", "label": self.env._("Margin"), "kind": "percent"}
            )
        return {
            "id": "best_parties", "kind": "table", "sequence": 310,
            "title": self.env._("Best parties"), "columns": columns, "rows": rows,
            "subtitle": self._b2b_days(period.start, period.end),
            "action": self._b2b_open("sale.order", domain, self.env._("Orders sold")),
            "empty": self.env._("No order was confirmed in these days."),
        }  # fmt: skip

    @api.model
    def _b2b_sleeping_parties(self, filters):
        today = self._b2b_today()
        domain = (
            self._b2b_sold_domain(filters)
            & self._b2b_between("date_order", today - timedelta(days=365), today)
            & Domain("b2b_net_company", ">", 0)
        )
        found = self.env["sale.order"]._read_group(
            domain, ["b2b_party_id"],
            ["date_order:min", "date_order:max", "__count", "b2b_net_company:sum"],
        )  # fmt: skip
        sleeping = []
        for party, first, last, count, net in found:
            days = rhythm(first.date(), last.date(), count)
            silent = (today - last.date()).days
            if is_sleeping(days, silent):
                sleeping.append((party, days, silent, net))
        sleeping.sort(key=lambda row: -row[3])
        rows = [
            {
                "cells": {
                    "party": party.name,
                    "rhythm": self.env._("every %s d", days),
                    "silent": silent,
                    "net": net,
                },
                "tone": "warn",
                "domain": self._b2b_json(
                    domain & Domain("b2b_party_id", "=", party.id)
                ),
            }
            for party, days, silent, net in sleeping[:SHOWN]
        ]
        everyone = Domain("id", "in", [party.id for party, *_rest in sleeping])
        return {
            "id": "sleeping_parties", "kind": "table", "sequence": 320, "rows": rows,
            "title": self.env._("Sleeping parties"),
            "subtitle": self.env._("no order for twice their rhythm"),
            "columns": [
                {"key": "party", "label": self.env._("Party")},
                {"key": "rhythm", "label": self.env._("Rhythm"), "kind": "muted"},
                {"key": "silent", "label": self.env._("Silent"), "kind": "days"},
                {"key": "net", "label": self.env._("12 months"), "kind": "money"},
            ],
            "action": self._b2b_party_action(
                everyone, self.env._("Sleeping parties")
            ),
            "row_model": "sale.order",
            "empty": self.env._("Every party orders in its rhythm."),
        }  # fmt: skip
