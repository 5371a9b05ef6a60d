from odoo import api, fields, models


class Marketplace(models.Model):
    """A marketplace on which parties buy from us: a sales channel with an address."""

    _name = "b2b.marketplace"
    _description = "B2B Marketplace"
    _order = "name"

    name = fields.Char(required=True, help="Name of the marketplace.")
    channel_id = fields.Many2one(
        "b2b.sales.channel",
        "Sales channel",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="Orders from this marketplace come by this channel. Made with the "
        "marketplace; the account of a party there stands in its channel terms.",
    )
    website = fields.Char("Web address", help="Where our shop on it is found.")
    company_id = fields.Many2one(
        "res.company",
        help="Leave empty to share the marketplace between your companies.",
    )
    active = fields.Boolean(
        default=True, help="Archived marketplaces are no longer offered."
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "b2b_partner_marketplace_rel",
        "marketplace_id",
        "partner_id",
        "Parties",
        help="Parties that buy from us there.",
    )

    _channel_unique = models.Constraint(
        "UNIQUE(channel_id)", "Each marketplace has a sales channel of its own."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("channel_id"):
                vals["channel_id"] = self._b2b_make_channel(vals).id
        return super().create(vals_list)

    def _b2b_make_channel(self, vals):
        """A channel of its own, so that orders and terms can name it."""
        name = vals.get("name") or ""
        code = "marketplace_" + self.env["ir.http"]._slugify(name).replace("-", "_")
        # sudo: channels are the administrator's; who may make a marketplace gets
        # exactly this one along with it.
        channels = self.env["b2b.sales.channel"].sudo()
        company = vals.get("company_id") or False
        taken = set(
            channels.with_context(active_test=False)
            .search([("code", "=like", f"{code}%"), ("company_id", "=", company)])
            .mapped("code")
        )
        numbers = (f"{code}_{number}" for number in range(2, len(taken) + 3))
        return channels.create(
            {
                "name": name,
                "kind": "marketplace",
                "code": next(c for c in (code, *numbers) if c not in taken),
                "company_id": company,
                "sequence": 90,
            }
        )

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            for marketplace in self:
                # sudo: the channel is renamed with its marketplace.
                marketplace.sudo().channel_id.name = marketplace.name
        return result
