from odoo import api, fields, models


class SaleOrder(models.Model):
    """What the list of waiting orders says: why each waits, and for whom."""

    _inherit = "sale.order"

    b2b_hold_reasons = fields.Char(
        "Reasons",
        compute="_compute_b2b_hold_reasons",
        groups="base.group_user",
        help="What was checked and holds the order.",
    )
    b2b_waiting_for = fields.Char(
        "Waits for",
        compute="_compute_b2b_hold_reasons",
        groups="base.group_user",
        help="Who is asked to decide: people of the customer, or one of our job roles.",
    )

    @api.depends("b2b_open_hold_ids.reason", "b2b_open_hold_ids.waiting_for")
    def _compute_b2b_hold_reasons(self):
        for order in self:
            holds = order.b2b_open_hold_ids.sorted("id")
            order.b2b_hold_reasons = _once(holds.mapped("reason"))
            order.b2b_waiting_for = _once(holds.mapped("waiting_for"))

    @api.depends("b2b_open_hold_ids.code")
    def _compute_b2b_party_note(self):
        super()._compute_b2b_party_note()

    def _b2b_party_note(self):
        # The banner of what holds the order says it already.
        if "party_state" in self.b2b_open_hold_ids.mapped("code"):
            return False
        return super()._b2b_party_note()


def _once(words):
    """Each of the words once, in their order."""
    return ", ".join(dict.fromkeys(filter(None, words)))
