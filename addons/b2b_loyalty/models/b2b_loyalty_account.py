from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import formatLang

from ..rules import points as rules


class LoyaltyAccount(models.Model):
    """The points of one party in one program.

    ``balance`` and ``pending`` are the sums of the ledger. Only the ledger changes
    them, in the statement that inserts its rows, see ``_b2b_book``.
    """

    _name = "b2b.loyalty.account"
    _description = "B2B Loyalty Account"
    _order = "program_id, party_id"
    _rec_name = "display_name"

    program_id = fields.Many2one(
        "b2b.loyalty.program",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The program the points belong to.",
    )
    party_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The company that owns the points, whoever of it ordered.",
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="program_id.currency_id")
    balance = fields.Integer(
        readonly=True, default=0, help="Granted points: the sum of the ledger."
    )
    pending = fields.Integer(
        readonly=True,
        default=0,
        help="Points of confirmed orders that are not invoiced yet.",
    )
    reserved = fields.Integer(
        readonly=True,
        default=0,
        help="Points that waiting orders hold; nobody else can use them.",
    )
    available = fields.Integer(
        compute="_compute_available",
        help="Granted points that are not reserved; what can be used now.",
    )
    liability = fields.Monetary(
        compute="_compute_liability",
        store=True,
        help="Balance at the value of a point; below zero it counts as 0.",
    )
    entry_ids = fields.One2many(
        "b2b.loyalty.entry",
        "account_id",
        "Ledger",
        readonly=True,
        help="Every movement; rows are never changed.",
    )

    _party_unique = models.Constraint(
        "UNIQUE(program_id, party_id)", "The party already has an account for this."
    )

    @api.depends("balance", "program_id.point_value")
    def _compute_liability(self):
        for account in self:
            granted, _owed = rules.shown(account.balance)
            account.liability = granted * account.program_id.point_value

    @api.depends("balance", "reserved")
    def _compute_available(self):
        for account in self:
            account.available = max(account.balance - account.reserved, 0)

    @api.depends("party_id.name", "program_id.name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = (
                f"{account.party_id.name} · {account.program_id.name}"
            )

    @api.constrains("party_id")
    def _check_party(self):
        for account in self:
            if account.party_id != account.party_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%s is a contact; points belong to its company.",
                        account.party_id.display_name,
                    )
                )

    def action_open_entries(self):
        """Open the ledger of this account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ledger of %s", self.display_name),
            "res_model": "b2b.loyalty.entry",
            "view_mode": "list,pivot,graph,form",
            "domain": [("account_id", "=", self.id)],
        }

    # -- for portal and orders -------------------------------------------------------

    @api.model
    def _b2b_for_party(self, party, company=None):
        """The account that shows the points of a party, in sudo.

        That of the program it takes part in today, else its latest one; empty when
        the party never earned points.
        """
        company = company or self.env.company
        party = party.sudo().commercial_partner_id
        accounts = self.sudo().search_fetch(
            [("party_id", "=", party.id), ("company_id", "=", company.id)],
            ["program_id", "party_id", "company_id", "balance", "reserved"],
            order="id desc",
        )
        today = fields.Date.context_today(self)
        program = self.env["b2b.loyalty.program"]._b2b_for_party(party, company, today)
        return accounts.filtered(lambda a: a.program_id == program) or accounts[:1]

    def _b2b_shown(self):
        """Balance and pending as a buyer sees them (DECISIONS 27).

        :return: dict with ``points``, ``pending``, ``settles`` and ``text``
        """
        self.ensure_one()
        points, settles = rules.shown(self.balance)
        text = self.env._("%s points", formatLang(self.env, points, digits=0))
        if settles:
            text = self.env._(
                "0, next %s points settle corrections",
                formatLang(self.env, settles, digits=0),
            )
        return {
            "points": points,
            "pending": self.pending,
            "settles": settles,
            "text": text,
        }

    def _b2b_history(self, limit=20):
        """The latest movements in words for the buyer.

        Points of several lots that were used for one order, corrected at once or over
        on one day are one movement.

        :return: list of dicts with ``date``, ``kind``, ``kind_label``, ``points``,
            ``pending``, ``order`` (record or empty), ``document`` and ``text``
        """
        self.ensure_one()
        entries = self.env["b2b.loyalty.entry"].search(
            [("account_id", "=", self.id)], order="date desc, id desc", limit=limit
        )
        labels = {
            "pending": self.env._("pending"),
            "reserve": self.env._("reserved"),
            "earn": self.env._("earned"),
            "redeem": self.env._("redeemed"),
            "expire": self.env._("expired"),
            "reverse": self.env._("taken back"),
            "adjust": self.env._("adjusted"),
        }
        back, rows = self.env._("given back"), {}
        for entry in entries:
            place = entry._b2b_event()
            if place in rows:
                rows[place]["points"] += entry.points
                continue
            rows[place] = {
                "date": entry.date,
                "kind": entry.kind,
                "kind_label": back if entry._b2b_is_back() else labels[entry.kind],
                "points": entry.points,
                "pending": entry.kind in ("pending", "reserve"),
                "order": entry.order_id,
                "document": entry._b2b_document(),
                "text": entry._b2b_buyer_text(),
            }
        return list(rows.values())
