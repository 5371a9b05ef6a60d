from odoo import fields, models


class ResPartner(models.Model):
    """When the rest of a party's orders is closed by itself."""

    _inherit = "res.partner"

    b2b_rest_policy = fields.Selection(
        [("company", "As usual"), ("never", "Never"), ("days", "After days")],
        "Rest of orders is closed",
        default="company",
        required=True,
        groups="base.group_user",
        help="As usual: as the settings of the company say. What is closed is not "
        "delivered any more and frees budget and credit.",
    )
    b2b_rest_days = fields.Integer(
        "Days after the last delivery",
        default=30,
        groups="base.group_user",
        help="After how many days without a delivery the rest of an order is closed.",
    )

    _b2b_rest_days_positive = models.Constraint(
        "CHECK(b2b_rest_days > 0)",
        "The rest is closed one day or more after the last delivery.",
    )

    def _b2b_rest_days(self, company):
        """Days after which a rest is closed, 0 for never.

        :param company: res.company that sells
        """
        self.ensure_one()
        party = self.sudo()
        if party.b2b_rest_policy == "never":
            return 0
        if party.b2b_rest_policy == "days":
            return party.b2b_rest_days
        return company.sudo().b2b_rest_days

    def _b2b_audited_fields(self):
        return (*super()._b2b_audited_fields(), "b2b_rest_policy", "b2b_rest_days")
