from odoo import api, models

from odoo.addons.b2b_party.rules.finding import WARN


class SaleOrder(models.Model):
    """The agreement is the first that may overrule the tax of the place of supply."""

    _inherit = "sale.order"

    @api.depends("b2b_agreement_id")
    def _compute_fiscal_position_id(self):
        # What it becomes follows from the holders below.
        super()._compute_fiscal_position_id()

    @api.depends("b2b_agreement_id")
    def _compute_b2b_tax_note(self):
        super()._compute_b2b_tax_note()

    def _b2b_tax_holders(self):
        agreement = self.sudo().b2b_agreement_id
        own = [("agreement", agreement)] if agreement.fiscal_position_id else []
        return own + super()._b2b_tax_holders()

    def _b2b_tax_holder_name(self, key, holder):
        if key == "agreement":
            return self.env._("agreement “%s”", holder.name)
        return super()._b2b_tax_holder_name(key, holder)

    def _b2b_position_under(self, agreement):
        """The fiscal position as it would be under another agreement."""
        below = [row for row in self._b2b_tax_holders() if row[0] != "agreement"]
        own = agreement.sudo()
        first = [("agreement", own)] if own.fiscal_position_id else []
        return self._b2b_wanted_position(first + below)

    def _b2b_tax_severity(self, key):
        # What waits keeps what it was sent with.
        return WARN if self._b2b_is_submitted() else super()._b2b_tax_severity(key)

    # -- in an open form --

    def _b2b_follow_position(self, former):
        result = super()._b2b_follow_position(former)
        self._b2b_carry_condition_taxes()
        return result

    def _b2b_take_taxes_back(self):
        result = super()._b2b_take_taxes_back()
        self._b2b_carry_condition_taxes()
        return result

    def _b2b_carry_condition_taxes(self):
        """Charges have the taxes of the goods: saving settles it, a form shows it."""
        if self.id:
            return
        goods = self.order_line.filtered(
            lambda line: line._origin.tax_ids and not line.b2b_condition_kind
        )
        now = {line._origin.tax_ids: line.tax_ids for line in goods}
        for line in self.order_line.filtered("b2b_condition_kind"):
            taxes = now.get(line._origin.tax_ids)
            if taxes is not None and taxes != line.tax_ids:
                line.tax_ids = taxes
