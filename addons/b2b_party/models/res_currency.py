from odoo import models
from odoo.exceptions import ValidationError


class ResCurrency(models.Model):
    """Without an exchange rate Odoo takes one unit for another; money is not."""

    _inherit = "res.currency"

    def _b2b_has_rate(self, company):
        """Whether amounts of this currency can be converted for a company of ours."""
        self.ensure_one()
        # sudo: that there is a rate is no secret.
        company = company.sudo()
        if self == company.currency_id:
            return True
        domain = [
            ("currency_id", "=", self.id),
            ("company_id", "in", (False, company.root_id.id)),
        ]
        return bool(self.env["res.currency.rate"].sudo().search_count(domain, limit=1))

    def _b2b_check_rate(self, company):
        """Refuse a limit in a currency that nothing can be converted to.

        :raise ValidationError: with both currencies and what to do
        """
        for currency in self:
            if not currency._b2b_has_rate(company):
                raise ValidationError(
                    self.env._(
                        "There is no exchange rate for %(currency)s; enter one, or "
                        "choose %(own)s.",
                        currency=currency.name,
                        own=company.sudo().currency_id.name,
                    )
                )
