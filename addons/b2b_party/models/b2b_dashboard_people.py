from odoo import models


class Dashboard(models.AbstractModel):
    """Who waits for an answer of ours."""

    _inherit = "b2b.dashboard"

    def _b2b_sections(self, filters):
        sections = super()._b2b_sections(filters)
        requests = self.env["b2b.access.request"]
        if not requests.has_access("read"):
            return sections
        domain = [("state", "=", "new"), ("company_id", "in", self.env.companies.ids)]
        waiting = requests.search_fetch(domain, ["company_name"])
        if not waiting:
            return sections
        tile = {
            "id": "access_requests",
            "kind": "tile",
            "sequence": 60,
            "title": self.env._("Access requests"),
            "value": len(waiting),
            "unit": "number",
            "subtitle": ", ".join(waiting[:2].mapped("company_name")),
            "action": {
                "res_model": "b2b.access.request",
                "name": self.env._("Access requests"),
                "domain": domain,
            },
        }
        return [*sections, tile]
