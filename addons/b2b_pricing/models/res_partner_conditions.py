from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    b2b_condition_count = fields.Integer(
        "Order conditions",
        compute="_compute_b2b_condition_count",
        groups="base.group_user",
        help="Conditions made for this party or one of its agreements.",
    )

    def _compute_b2b_condition_count(self):
        Condition = self.env["b2b.order.condition"]
        counts = dict.fromkeys(self.ids, 0)
        for field in ("party_id", "agreement_id.party_id"):
            rows = Condition._read_group(
                [(field, "in", self.ids)], [field], ["__count"]
            )
            for party, count in rows:
                counts[party.id] += count
        for partner in self:
            partner.b2b_condition_count = counts.get(partner._origin.id, 0)
