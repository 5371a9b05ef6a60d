from odoo import api, models


class IrActions(models.Model):
    """The menu of actions of an order, for those who may only read it."""

    _inherit = "ir.actions.actions"

    @api.model
    def get_bindings(self, model_name):
        """Readers of orders get the papers, and no action that would fail."""
        bindings = super().get_bindings(model_name)
        if model_name == "sale.order" and not self.env[model_name].has_access("write"):
            return {kind: rows for kind, rows in bindings.items() if kind == "report"}
        return bindings
