from odoo import api, fields, models

STAFF = "base.group_user"


class ResPartner(models.Model):
    """Trade data of a party sits on the commercial entity; contacts only follow."""

    _name = "res.partner"
    _inherit = ["res.partner", "b2b.erp.number"]
    _b2b_erp_field = "b2b_erp_ref"

    # The two commercial fields: Odoo copies them from the company to its contacts.
    b2b_customer_type = fields.Selection(
        [("trade", "Trade"), ("retail", "Retail")],
        "Customer type",
        default="retail",
        index=True,
        tracking=True,
        help="Trade customers buy for their business and pass the order gate; set on "
        "the company, every contact follows it.",
    )
    b2b_customer_group_id = fields.Many2one(
        "b2b.customer.group",
        "Customer group",
        index=True,
        ondelete="restrict",
        tracking=True,
        help="The one group this client belongs to.",
    )

    # Set on the commercial entity and read through commercial_partner_id.
    b2b_state = fields.Selection(
        [
            ("pending", "Pending"),
            ("active", "Active"),
            ("blocked", "Blocked"),
            ("rejected", "Rejected"),
        ],
        "Trade state",
        default="active",
        tracking=True,
        copy=False,
        groups=STAFF,
        help="Pending and rejected parties cannot use the portal. Blocked ones look "
        "but cannot buy; this wins over any open cart, quote or approval.",
    )
    b2b_erp_ref = fields.Char(
        "ERP ID",
        index=True,
        copy=False,
        groups=STAFF,
        tracking=True,
        help="Number of the party in your ERP; unique in a company.",
    )
    b2b_currency_id = fields.Many2one(
        "res.currency",
        "Trade currency",
        groups=STAFF,
        help="Currency agreed with this party; its price list decides on orders.",
    )
    b2b_incoterm_id = fields.Many2one(
        "account.incoterms",
        "Incoterm",
        groups=STAFF,
        help="Terms of shipment agreed with this party, proposed on its orders.",
    )
    b2b_rep_ids = fields.Many2many(
        "res.users",
        "b2b_partner_rep_rel",
        "partner_id",
        "user_id",
        "Sales reps",
        domain="[('share', '=', False)]",
        groups=STAFF,
        help="Our people who look after this party.",
    )
    b2b_agent_ids = fields.Many2many(
        "res.partner",
        "b2b_partner_agent_rel",
        "partner_id",
        "agent_id",
        "Agents",
        groups=STAFF,
        help="External agents who sell to this party for us.",
    )
    b2b_po_policy = fields.Selection(
        [
            ("optional", "Optional"),
            ("required", "Required"),
            ("unique", "Required and used once"),
        ],
        "Purchase order number",
        default="optional",
        required=True,
        groups=STAFF,
        help="What this party demands of its own order number. Blanks and case are "
        "ignored when it may be used only once.",
    )
    b2b_limit_basis = fields.Selection(
        [("untaxed", "Excluding tax"), ("total", "Including tax")],
        "Limits are measured",
        default="untaxed",
        required=True,
        groups=STAFF,
        help="What all limits of seats, roles, rules and budgets of this party are "
        "compared with: the order total including delivery, after discounts.",
    )
    b2b_seat_ids = fields.One2many(
        "b2b.seat",
        "party_id",
        "Seats",
        groups=STAFF,
        help="People of this party who may use the portal.",
    )
    b2b_seat_count = fields.Integer(
        "Number of seats", compute="_compute_b2b_seat_count", groups=STAFF
    )

    _b2b_erp_ref_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), b2b_erp_ref) WHERE b2b_erp_ref IS NOT NULL",
        "This ERP ID already belongs to another party.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + [
            "b2b_customer_type",
            "b2b_customer_group_id",
        ]

    @api.depends("b2b_seat_ids")
    def _compute_b2b_seat_count(self):
        counts = dict(
            self.env["b2b.seat"]._read_group(
                [("party_id", "in", self.ids)], ["party_id"], ["__count"]
            )
        )
        for partner in self:
            partner.b2b_seat_count = counts.get(partner, 0)

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"b2b_agent_ids", "parent_id"}:
            # Record rules read the parties of a user, which are cached.
            self.env.registry.clear_cache()
        return result

    def action_b2b_open_seats(self):
        """Open the seats of this party."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Seats of %s", self.name),
            "res_model": "b2b.seat",
            "view_mode": "list,form",
            "domain": [("party_id", "=", self.id)],
            "context": {"default_party_id": self.id},
        }

    def action_b2b_open_orders(self):
        """Open the orders of this party, historical ones included."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders of %s", self.name),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("b2b_party_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }

    def action_b2b_order(self):
        """Open a new order of this party."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order for %s", self.name),
            "res_model": "sale.order",
            "view_mode": "form",
            "context": {"default_partner_id": self.id},
        }
