import uuid

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_MAX_POINTS = 100_000_000


class LoyaltyAdjust(models.TransientModel):
    """Dialog: correct the points of a party by hand, with a reason."""

    _name = "b2b.loyalty.adjust"
    _description = "B2B Points Correction"

    program_id = fields.Many2one(
        "b2b.loyalty.program",
        required=True,
        help="The program of the points.",
        default=lambda self: self.env["b2b.loyalty.program"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        ),
    )
    party_id = fields.Many2one(
        "res.partner",
        required=True,
        domain="[('parent_id', '=', False)]",
        help="The company that gets or loses the points.",
    )
    balance = fields.Integer(
        "Balance now", compute="_compute_balance", help="Granted points before."
    )
    balance_after = fields.Integer(
        "Balance after",
        compute="_compute_balance",
        help="May go below zero; later points settle it.",
    )
    reserved = fields.Integer(
        compute="_compute_balance",
        help="Points that waiting orders hold; they cannot be taken away.",
    )
    points = fields.Integer(help="With a minus sign to take points away.")
    reason = fields.Char(
        required=True, help="Kept with the points; seen by us, not by the customer."
    )
    # Made when the dialog opens, so that a double click is one correction.
    key = fields.Char(
        default=lambda self: str(uuid.uuid4()),
        readonly=True,
        required=True,
        help="Makes a double click one correction.",
    )

    @api.depends("program_id", "party_id", "points")
    def _compute_balance(self):
        for wizard in self:
            account = self.env["b2b.loyalty.account"].search(
                [
                    ("program_id", "=", wizard.program_id.id),
                    ("party_id", "=", wizard.party_id.commercial_partner_id.id),
                ]
            )
            wizard.balance = account.balance
            wizard.reserved = account.reserved
            wizard.balance_after = account.balance + wizard.points

    def action_apply(self):
        """Book the correction."""
        self.ensure_one()
        if not self.env.user.has_group("b2b_party.group_loyalty"):
            raise AccessError(
                self.env._("Points are corrected by the loyalty role only.")
            )
        self._b2b_check_points(self.points)
        if not (self.reason or "").strip():
            raise UserError(self.env._("Enter why the points are corrected."))
        self.program_id.check_access("read")
        accounts = self.env["b2b.loyalty.account"].sudo()
        account = accounts._b2b_get(self.program_id.id, self.party_id)
        self._b2b_check_reserved(account)
        row = {
            "account_id": account.id,
            "kind": "adjust",
            "points": self.points,
            "date": fields.Date.context_today(self),
            "idempotency_key": f"adjust:{self.key}",
            "reason": self.reason.strip(),
            "user_id": self.env.uid,
        }
        accounts._b2b_book([row] if self.points > 0 else account._b2b_spread(row))
        return {"type": "ir.actions.act_window_close"}

    @api.model_create_multi
    def create(self, vals_list):
        # Before the database has to take a number that it cannot hold.
        for vals in vals_list:
            if vals.get("points"):
                self._b2b_check_points(vals["points"])
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("points"):
            self._b2b_check_points(vals["points"])
        return super().write(vals)

    @api.model
    def _b2b_check_points(self, points):
        if not points or abs(points) > _MAX_POINTS:
            raise UserError(
                self.env._(
                    "%(points)s is no correction; enter points above or below zero, "
                    "up to %(max)s.",
                    points=f"{points:,}",
                    max=f"{_MAX_POINTS:,}",
                )
            )

    def _b2b_check_reserved(self, account):
        """Points that an order waits with stay: it was told that they are its own."""
        if self.points >= 0 or account.reserved <= 0:
            return
        if account.balance + self.points < account.reserved:
            raise UserError(
                self.env._(
                    "%(reserved)s of %(balance)s points are kept for orders that wait; "
                    "take at most %(most)s, or have these orders refused first.",
                    reserved=f"{account.reserved:,}",
                    balance=f"{account.balance:,}",
                    most=f"{max(account.available, 0):,}",
                )
            )
