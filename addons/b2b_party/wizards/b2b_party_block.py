from odoo import fields, models

from ..rules.people import DELIVERIES, ORDERS


class PartyBlock(models.TransientModel):
    """Dialog on a party: what is stopped, and why."""

    _name = "b2b.party.block"
    _description = "B2B Party Block"

    party_id = fields.Many2one(
        "res.partner", required=True, readonly=True, help="Who is blocked."
    )
    level = fields.Selection(
        [
            (ORDERS, "No new orders"),
            (DELIVERIES, "No new orders and no deliveries"),
        ],
        "Stop",
        required=True,
        default=ORDERS,
        help="Confirmed orders are delivered unless deliveries are stopped as well.",
    )
    reason = fields.Text(
        required=True, help="For our own people; the buyer does not read it."
    )

    def action_block(self):
        """Block the party."""
        self.ensure_one()
        self.party_id.action_b2b_block(self.level, self.reason)
        return {"type": "ir.actions.act_window_close"}
