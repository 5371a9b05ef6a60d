from odoo import api, fields, models

from ..rules.people import party_may_order


class SaleOrder(models.Model):
    """Who types an order learns at once that its party may not order."""

    _inherit = "sale.order"

    b2b_party_note = fields.Text(
        "Party note",
        compute="_compute_b2b_party_note",
        groups="base.group_user",
        help="Why this order cannot be confirmed at the moment: its party is not "
        "active.",
    )

    @api.depends(
        "state",
        "b2b_party_id.b2b_customer_type",
        "b2b_party_id.b2b_state",
        "b2b_party_id.b2b_block_reason",
    )
    def _compute_b2b_party_note(self):
        for order in self:
            order.b2b_party_note = order._b2b_party_note()

    def _b2b_party_note(self):
        """The banner's sentence, with our reason; False where nothing stops it."""
        self.ensure_one()
        # sudo: as the gate reads it, whoever may see the order.
        party = self.sudo().b2b_party_id
        if (
            self.state not in ("draft", "sent")
            or self.b2b_historical
            or party.b2b_customer_type != "trade"
            or party_may_order(party.b2b_state)
        ):
            return False
        labels = dict(party._fields["b2b_state"]._description_selection(self.env))
        note = self.env._(
            "%(party)s is %(state)s: this order can be prepared, but not confirmed "
            "until a sales manager or credit controller sets the party to active.",
            party=party.name,
            state=labels[party.b2b_state].lower(),
        )
        reason = party.b2b_block_reason if party.b2b_state == "blocked" else ""
        if reason:
            note += " " + self.env._("Reason: %s", reason)
        return note
