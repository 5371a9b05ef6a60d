from odoo import api, fields, models
from odoo.exceptions import UserError


class LoyaltyEntry(models.Model):
    """One movement of points. Rows are inserted and never changed.

    ``pending`` rows make up the account's pending points, ``reserve`` rows what
    waiting orders hold of its balance, all others the balance: what becomes granted
    leaves by a second pending row and comes in as ``earn``, what is confirmed leaves
    the reserve and is taken by ``redeem``.

    A lot is a row that brings points and is of no lot itself.
    """

    _name = "b2b.loyalty.entry"
    _description = "B2B Loyalty Ledger Entry"
    _order = "id desc"
    _rec_name = "idempotency_key"

    account_id = fields.Many2one(
        "b2b.loyalty.account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whose points.",
    )
    program_id = fields.Many2one(
        "b2b.loyalty.program",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The program of the account.",
    )
    party_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The party of the account.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The company of the program.",
    )
    kind = fields.Selection(
        [
            ("pending", "Pending"),
            ("reserve", "Reserved"),
            ("earn", "Earned"),
            ("redeem", "Redeemed"),
            ("expire", "Expired"),
            ("reverse", "Taken back"),
            ("adjust", "Adjusted"),
        ],
        required=True,
        readonly=True,
        help="What happened.",
    )
    points = fields.Integer(
        required=True, readonly=True, help="Whole points, with their sign."
    )
    date = fields.Date(
        required=True,
        readonly=True,
        index=True,
        help="Day of the document the points come from.",
    )
    lot_id = fields.Many2one(
        "b2b.loyalty.entry",
        "Of lot",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The earned points that this row takes from, or gives back to.",
    )
    reversed_id = fields.Many2one(
        "b2b.loyalty.entry",
        "Reverses",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The row that this one takes back, wholly or in part.",
    )
    expires_on = fields.Date(
        "Usable until",
        readonly=True,
        help="Last day on which points of this lot can be used; empty: they never end.",
    )
    idempotency_key = fields.Char(
        "Key",
        required=True,
        readonly=True,
        help="Names the event; the same event is booked once, however often it is "
        "repeated.",
    )
    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The order the points come from.",
    )
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The invoice or credit note they come from.",
    )
    amount = fields.Monetary(
        "Net amount", readonly=True, help="Net amount of goods it was computed from."
    )
    currency_id = fields.Many2one(
        "res.currency", readonly=True, help="Currency of the net amount."
    )
    rate = fields.Float(
        readonly=True,
        digits=0,
        aggregator=None,
        help="The program's currency for one of the document's, at the order's date.",
    )
    weights = fields.Json(readonly=True, help="The weights that were applied.")
    weights_text = fields.Char(
        "Applied weights", compute="_compute_weights_text", help="The weights applied."
    )
    reason = fields.Char(readonly=True, help="Why the points were corrected by hand.")
    user_id = fields.Many2one(
        "res.users",
        "By",
        readonly=True,
        ondelete="restrict",
        help="Who made the correction.",
    )

    _key_unique = models.Constraint(
        "UNIQUE(idempotency_key)", "This event is already in the ledger."
    )
    _not_nothing = models.Constraint(
        "CHECK(points <> 0)", "A movement of zero points is none."
    )

    @api.depends("weights")
    def _compute_weights_text(self):
        for entry in self:
            entry.weights_text = ", ".join(
                f"{weight['name']} × {weight['factor']}"
                for weight in entry.weights or []
            )

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(
            self.env._("Points are booked by orders, invoices and corrections only.")
        )

    def write(self, vals):
        raise UserError(self.env._("Rows of the points ledger are never changed."))

    def unlink(self):
        raise UserError(self.env._("Rows of the points ledger are never deleted."))

    def _b2b_event(self):
        """What rows of several lots have in common that are one movement."""
        self.ensure_one()
        if self.kind == "redeem":
            return (self.date, self.order_id, self.move_id, self.points > 0)
        if self.kind == "adjust":
            # ``adjust:<dialog>``, and a number behind it for each further lot.
            return tuple(self.idempotency_key.split(":")[:2])
        return (self.kind, self.date) if self.kind == "expire" else self.id

    def _b2b_is_back(self):
        """Whether used points came back."""
        return self.kind == "redeem" and self.points > 0

    def _b2b_buyer_text(self):
        """What the buyer reads; our reason of a correction stays with us."""
        self.ensure_one()
        if self.kind == "adjust":
            return self.env._("Correction")
        if self.kind == "pending" and self.points > 0:
            return self._b2b_buyer_pending_text()
        if self.kind == "reserve":
            return self._b2b_buyer_reserve_text()
        if self.kind == "expire":
            return self.env._("Not used in time")
        if self.kind == "redeem" and self.points < 0:
            return self.env._("Used on %s", self._b2b_document())
        if self.kind == "redeem":
            return self.env._("%s, given back", self._b2b_document())
        if self.kind == "pending":
            return self.env._("Order %s, no longer pending", self.order_id.name)
        return self._b2b_document()

    def _b2b_buyer_pending_text(self):
        name, granted = self.order_id.name, self.program_id.sudo().granted
        if granted == "paid":
            return self.env._("Order %s, not paid yet", name)
        if granted == "delivered":
            return self.env._("Order %s, not delivered yet", name)
        return self.env._("Order %s, not invoiced yet", name)

    def _b2b_document(self):
        """Number of the invoice or order that a row comes from."""
        self.ensure_one()
        return self.move_id.name or self.order_id.name or ""

    def _b2b_buyer_reserve_text(self):
        if self.points > 0:
            return self.env._("Order %s, kept for it", self.order_id.name)
        return self.env._("Order %s, no longer kept", self.order_id.name)
