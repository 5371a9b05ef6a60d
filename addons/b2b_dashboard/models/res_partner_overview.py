from odoo import models
from odoo.tools.misc import formatLang


class ResPartner(models.Model):
    """The margin of a party on its overview, for those who may see it."""

    _inherit = "res.partner"

    def _b2b_overview_turnover(self):
        section = super()._b2b_overview_turnover()
        if not self.env["b2b.dashboard"]._b2b_sees_margin():
            return section
        ((net, cost),) = self.env["sale.order"]._read_group(
            section["action"]["domain"],
            [],
            ["b2b_net_company:sum", "b2b_cost_company:sum"],
        )
        if net:
            share = formatLang(self.env, 100 * (net - (cost or 0.0)) / net, digits=1)
            margin = self.env._("margin %s %%", share).replace("-", "\N{MINUS SIGN}")
            section["subtitle"] = f"{margin} · {section['subtitle']}"
        return section
