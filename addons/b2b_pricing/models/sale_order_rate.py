from odoo import models

from odoo.addons.b2b_party.rules.finding import BLOCK, SELLER, Finding


class SaleOrder(models.Model):
    """No order in a currency that would be converted one to one."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if not self.b2b_is_trade or self.b2b_historical:
            return findings
        # sudo: asked in the name of portal users as well.
        currency = self.sudo().currency_id
        if not currency or not currency._b2b_lacks_rate(self.sudo().company_id):
            return findings
        return findings + [
            Finding(
                code="rate",
                severity=BLOCK,
                side=SELLER,
                message=self.env._(
                    "There is no exchange rate for %s; enter one under Accounting, "
                    "Currencies.",
                    currency.name,
                ),
                buyer_message=self.env._(
                    "Orders in %s are not possible at the moment; your account "
                    "manager can help.",
                    currency.name,
                ),
            )
        ]
