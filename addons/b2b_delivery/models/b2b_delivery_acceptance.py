from odoo import api, fields, models
from odoo.exceptions import UserError


class DeliveryAcceptance(models.Model):
    """Who accepted which version of a method's conditions for an order, and when.

    Evidence: written by a submission, never changed, gone only with its order.
    """

    _name = "b2b.delivery.acceptance"
    _description = "B2B Accepted Delivery Conditions"
    _order = "id desc"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    carrier_id = fields.Many2one(
        "delivery.carrier", "Delivery method", required=True, ondelete="restrict"
    )
    conditions_id = fields.Many2one(
        "b2b.delivery.conditions",
        required=True,
        index=True,
        ondelete="restrict",
        help="The version that was on the screen.",
    )
    version = fields.Integer(related="conditions_id.version")
    user_id = fields.Many2one(
        "res.users", "Accepted by", required=True, ondelete="restrict"
    )
    seat_id = fields.Many2one("b2b.seat", ondelete="set null")
    accepted_at = fields.Datetime("Accepted on", required=True)
    lang = fields.Char("Language", help="The language in which the text was read.")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    party_id = fields.Many2one(
        related="order_id.b2b_party_id", store=True, index=True, string="Party"
    )

    _once = models.UniqueIndex(
        "(order_id, conditions_id, user_id)",
        "These conditions were already accepted for the order.",
    )

    @api.depends("conditions_id", "user_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.conditions_id.display_name}: {one.user_id.name}"

    def write(self, vals):
        raise UserError(self.env._("What was accepted is never changed."))

    def unlink(self):
        raise UserError(self.env._("What was accepted is never deleted."))
