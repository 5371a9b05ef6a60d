from odoo import api, fields, models

# Who reads the log; the same groups as its access rights.
LOG_READERS = (
    "b2b_party.group_rep,b2b_party.group_sales_manager,b2b_party.group_credit,"
    "b2b_party.group_pricing,b2b_party.group_order_desk"
)


class ResPartner(models.Model):
    """State, terms and people of a party are in the log; contacts are not."""

    _name = "res.partner"
    _inherit = ["res.partner", "b2b.audit.mixin"]

    b2b_audit_entry_count = fields.Integer(
        "Log lines",
        compute="_compute_b2b_audit_entry_count",
        groups=LOG_READERS,
        help="How many changes of this party are in the log.",
    )

    def _compute_b2b_audit_entry_count(self):
        counts = dict(
            self.env["b2b.audit.entry"]._read_group(
                [("party_id", "in", self.ids)], ["party_id"], ["__count"]
            )
        )
        for partner in self:
            partner.b2b_audit_entry_count = counts.get(partner._origin, 0)

    @api.model
    def _b2b_audited_fields(self):
        return (
            *super()._b2b_audited_fields(),
            "name",
            "vat",
            "b2b_state",
            "b2b_block_level",
            "b2b_block_reason",
            "b2b_customer_type",
            "b2b_customer_group_id",
            "b2b_erp_ref",
            "b2b_rep_ids",
            "b2b_agent_ids",
            "user_id",
            "credit_limit",
            "use_partner_credit_limit",
            "property_payment_term_id",
            "property_account_position_id",
            "specific_property_product_pricelist",
            "b2b_currency_id",
            "b2b_incoterm_id",
            "b2b_po_policy",
            "b2b_limit_basis",
            "active",
        )

    def _b2b_audit_scope(self):
        """Trade parties themselves; retail customers and contacts make no lines."""
        return self.filtered(
            lambda p: p == p.commercial_partner_id and p.b2b_customer_type == "trade"
        )

    def _b2b_audit_party(self):
        return self

    def _b2b_audit_value_persons(self, name):
        persons = super()._b2b_audit_value_persons(name)
        if name == "b2b_agent_ids" and self.b2b_agent_ids:
            contacts = self.b2b_agent_ids
            return persons.search([("login_user_id.partner_id", "in", contacts.ids)])
        return persons

    def action_b2b_open_log(self):
        """Open the log of this party."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "b2b_party.b2b_audit_entry_action"
            ),
            "domain": [("party_id", "=", self.id)],
            "context": {},
        }
