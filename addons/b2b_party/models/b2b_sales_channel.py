from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesChannel(models.Model):
    """The way by which an order reached us."""

    _name = "b2b.sales.channel"
    _description = "B2B Sales Channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="Shown on orders and lists.")
    code = fields.Char(
        required=True, help="Fixed word used by the system: portal, rep, phone ..."
    )
    kind = fields.Selection(
        [
            ("portal", "Portal"),
            ("rep", "Sales rep"),
            ("phone", "Phone"),
            ("agent", "Agent"),
            ("edi", "EDI or API"),
            ("shop", "Shop"),
            ("webshop", "Webshop"),
            ("marketplace", "Marketplace"),
        ],
        required=True,
        default="rep",
        help="What sort of channel it is. There may be several of a sort, for instance "
        "two shops or three marketplaces.",
    )
    sequence = fields.Integer(
        default=10, help="Order in which channels are offered; the lowest comes first."
    )
    active = fields.Boolean(
        default=True, help="Archived channels are no longer offered for new orders."
    )
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the channel between your companies."
    )

    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)",
        "There is already a sales channel with this code.",
    )

    @api.model
    def _b2b_standard(self, kind):
        """The channel of a sort that the system itself uses: its lowest one.

        :param str kind: ``portal``, ``rep``, ``agent`` ...
        """
        return self.search([("kind", "=", kind)], limit=1)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: orders that this user may not see count as well.
        used = self.env["sale.order"].sudo()
        for channel in self:
            count = used.search_count([("b2b_channel_id", "=", channel.id)])
            if count:
                raise UserError(
                    self.env._(
                        "Orders came by %(channel)s (%(count)s); archive the channel "
                        "instead of deleting it.",
                        count=count,
                        channel=channel.name,
                    )
                )
