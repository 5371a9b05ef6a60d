from odoo import api, fields, models

STAFF = "base.group_user"


class ResPartner(models.Model):
    """Suppliers are parties too: the same list and form, with a tab of their own."""

    _inherit = "res.partner"

    b2b_is_supplier = fields.Boolean(
        "Supplier",
        copy=False,
        groups=STAFF,
        help="We buy from this company. It may be a customer at the same time.",
    )
    b2b_party_role = fields.Selection(
        [
            ("customer", "Customer"),
            ("supplier", "Supplier"),
            ("both", "Customer and supplier"),
        ],
        "Party role",
        compute="_compute_b2b_party_role",
        store=True,
        index="btree_not_null",
        groups=STAFF,
        help="Whether this company buys from us as a trade customer, sells to us, or "
        "both.",
    )
    b2b_supply_currency_id = fields.Many2one(
        "res.currency",
        "Supply currency",
        groups=STAFF,
        help="Currency in which this supplier invoices us; proposed on its articles.",
    )
    b2b_supply_days = fields.Integer(
        "Lead time (days)",
        groups=STAFF,
        help="Days from our order until its goods arrive; proposed on its articles.",
    )
    b2b_supplied_ids = fields.One2many(
        "product.supplierinfo",
        "partner_id",
        "Supplied articles",
        groups=STAFF,
        help="Articles that we buy from this supplier, with its codes and prices.",
    )

    _b2b_supply_days_positive = models.Constraint(
        "CHECK(b2b_supply_days >= 0)", "A lead time has no fewer than 0 days."
    )

    @api.depends("b2b_customer_type", "b2b_is_supplier", "commercial_partner_id")
    def _compute_b2b_party_role(self):
        for partner in self:
            sells = partner.b2b_is_supplier
            buys = partner.b2b_customer_type == "trade"
            if partner.commercial_partner_id != partner:
                partner.b2b_party_role = False
            elif sells and buys:
                partner.b2b_party_role = "both"
            else:
                partner.b2b_party_role = (sells and "supplier") or (buys and "customer")

    @api.model
    def _b2b_audited_fields(self):
        supply = ("b2b_is_supplier", "b2b_supply_currency_id", "b2b_supply_days")
        return (*super()._b2b_audited_fields(), *supply, "b2b_marketplace_ids")

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._b2b_rank_suppliers()
        return partners

    def write(self, vals):
        result = super().write(vals)
        if vals.get("b2b_is_supplier"):
            self._b2b_rank_suppliers()
        return result

    def _b2b_rank_suppliers(self):
        """Odoo's lists of vendors go by a rank; a supplier has one from the start."""
        # sudo: the field is for staff, a buyer's new contact is none the less checked.
        suppliers = self.sudo().filtered(
            lambda p: p.b2b_is_supplier and not p.supplier_rank
        )
        if suppliers:
            suppliers.supplier_rank = 1
