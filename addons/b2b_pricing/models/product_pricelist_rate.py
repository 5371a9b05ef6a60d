from odoo import models
from odoo.exceptions import ValidationError


class ProductPricelist(models.Model):
    """Lists in a currency for which nobody entered a rate.

    Odoo converts such amounts one to one, without a word: budgets, credit and
    turnover would be wrong.
    """

    _inherit = "product.pricelist"

    def _b2b_lacks_rate(self, company):
        """Whether a company knows no rate of the list's currency."""
        self.ensure_one()
        return self.currency_id._b2b_lacks_rate(company)

    def _b2b_check_rate(self, company=None):
        """Refuse lists that are given to somebody without a rate of their currency."""
        for pricelist in self:
            owner = company or pricelist.company_id or self.env.company
            if pricelist._b2b_lacks_rate(owner):
                raise ValidationError(
                    self.env._(
                        "Price list %(list)s is in %(currency)s, for which "
                        "%(company)s has no exchange rate; enter one under Accounting, "
                        "Currencies, then choose the list.",
                        list=pricelist.name,
                        currency=pricelist.currency_id.name,
                        company=owner.name,
                    )
                )


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def _b2b_lacks_rate(self, company):
        """Whether a company would convert this currency one to one."""
        self.ensure_one()
        if self == company.currency_id:
            return False
        root = company.root_id
        # sudo: rates are no secret, but portal users have no access to them.
        return not (
            self.env["res.currency.rate"]
            .sudo()
            .search_count(
                [
                    ("currency_id", "=", self.id),
                    ("company_id", "in", (False, root.id)),
                ],
                limit=1,
            )
        )
