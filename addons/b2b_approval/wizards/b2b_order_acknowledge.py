from odoo import api, fields, models


class OrderAcknowledge(models.TransientModel):
    """Dialog of the Confirm button: what is to be noted before the order goes on."""

    _name = "b2b.order.acknowledge"
    _description = "B2B Warnings Dialog"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, help="The order to be confirmed."
    )
    message = fields.Text(readonly=True, help="What is to be noted.")
    warnings = fields.Json(readonly=True, help="Code and subject of each warning.")

    @api.model
    def _b2b_dialog(self, order, findings):
        """The action that opens the dialog for these warnings."""
        dialog = self.create(
            {
                "order_id": order.id,
                "message": "\n".join(finding.message for finding in findings),
                "warnings": [list(finding.identity) for finding in findings],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Please note"),
            "res_model": self._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_confirm(self):
        """Take note in the own name, and confirm the order."""
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        seen = [tuple(identity) for identity in self.warnings or []]
        notes = order._b2b_price_anew()
        if order.b2b_submit_state != "waiting":
            # As the gate does before it looks; what it asked about was rolled back.
            order._b2b_settle_lines()
        for finding in notes + order._b2b_open_findings():
            if finding.severity == "warn" and finding.identity in seen:
                order._b2b_record_warning(finding, "acknowledged", self.env.user)
        result = order.with_context(b2b_ask=True).action_confirm()
        return (
            result
            if isinstance(result, dict)
            else {"type": "ir.actions.act_window_close"}
        )
