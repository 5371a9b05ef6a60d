from odoo import models

#: What of a party or an address decides about the tax of its orders.
FACTS = frozenset(
    {
        "vat",
        "b2b_vat_state",
        "country_id",
        "state_id",
        "zip",
        "property_account_position_id",
        "b2b_tax_mark",
        "b2b_tax_document",
        "b2b_tax_valid_until",
    }
)


class ResPartner(models.Model):
    """Open orders and carts follow what their tax was decided by (DECISIONS 15).

    Else a cart begun with a checked VAT number would still go out untaxed after the
    number turned out to be invalid, and one begun before the check would be taxed.
    """

    _inherit = "res.partner"

    def write(self, vals):
        if not FACTS & vals.keys():
            return super().write(vals)
        followers = self._b2b_orders_that_follow()
        result = super().write(vals)
        for order in followers:
            order._b2b_follow_facts()
        return result

    def _b2b_orders_that_follow(self):
        """Open orders whose fiscal position is the one that follows from all rules.

        A position that somebody typed stays for the gate to find; what was submitted
        keeps what it was sent with.
        """
        # sudo: who checks a number or moves an address need not see every order.
        orders = self.env["sale.order"].sudo()
        orders = orders.search(
            [
                ("state", "in", ["draft", "sent"]),
                "|",
                ("b2b_party_id", "in", self.commercial_partner_id.ids),
                ("partner_shipping_id", "in", self.ids),
            ]
        )
        return orders.filtered(
            lambda order: (
                order.b2b_is_trade
                and not order._b2b_channel_is_fixed()
                and order.fiscal_position_id.id == order._b2b_wanted_position().id
            )
        )
