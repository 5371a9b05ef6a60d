from odoo import api, models


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
