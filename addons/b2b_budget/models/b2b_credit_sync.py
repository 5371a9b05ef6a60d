from odoo import models
from odoo.fields import Domain

from ..rules import booking


class CreditAccount(models.Model):
    """Orders follow when an account opens, closes, or a party joins a group."""

    _inherit = "b2b.credit.account"

    def _b2b_sync_orders(self, permitted="before"):
        """Book orders that count now, give back what counts no more.

        :param str permitted: why it may be booked above the limit
        """
        orders = self.env["sale.order"].sudo()
        for account in self.sudo():
            orders |= account._b2b_booked_orders()
            if account.active:
                orders |= account._b2b_countable_orders()
        orders._b2b_book_credit(permitted=permitted)

    def _b2b_parties(self, on=None):
        """Parties that share this account on a day."""
        self.ensure_one()
        if self.party_id:
            return self.party_id
        members = self.env["b2b.party.group.member"].sudo()
        domain = (
            Domain("group_id", "=", self.party_group_id.id)
            & Domain("group_id.active", "=", True)
            & Domain("kind", "=", "party")
            & self.env["b2b.party.group"]._b2b_valid_domain(on)
        )
        return members.search(domain).partner_id

    def _b2b_countable_orders(self):
        """Confirmed orders that are not invoiced in full, and waiting ones."""
        self.ensure_one()
        parties = self._b2b_parties()
        if not parties:
            return self.env["sale.order"]
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("b2b_historical", "=", False)
            & Domain("partner_invoice_id.commercial_partner_id", "in", parties.ids)
            & (
                (Domain("state", "=", "sale") & Domain("b2b_credit_amount", "!=", 0))
                | Domain("b2b_submit_state", "in", list(booking.WAITING))
            )
        )
        return self.env["sale.order"].sudo().search(domain)

    def _b2b_booked_orders(self):
        """Orders that hold something of this account."""
        self.ensure_one()
        groups = (
            self.env["b2b.credit.entry"]
            .sudo()
            ._read_group(
                [
                    ("account_id", "=", self.id),
                    ("kind", "in", ["confirmed", "waiting"]),
                ],
                ["order_id"],
                ["amount:sum"],
                having=[("amount:sum", "!=", 0)],
            )
        )
        orders = self.env["sale.order"].sudo()
        return orders.browse([order.id for order, _sum in groups])


class PartyGroupMember(models.Model):
    """Who joins or leaves a group counts in its credit account, or no more."""

    _inherit = "b2b.party.group.member"

    def _b2b_changed(self):
        result = super()._b2b_changed()
        self.env.registry.clear_cache()
        # sudo: who keeps the group need not see credit.
        accounts = self.env["b2b.credit.account"].sudo()
        # Members that were deleted have no group any more, so all groups are asked.
        accounts = accounts.search([("party_group_id", "!=", False)])
        accounts._b2b_touch_rows()
        accounts._b2b_sync_orders()
        return result


class PartyGroup(models.Model):
    _inherit = "b2b.party.group"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env.registry.clear_cache()
            # sudo: who keeps the group need not see credit.
            accounts = self.env["b2b.credit.account"].sudo()
            accounts = accounts.search([("party_group_id", "in", self.ids)])
            accounts._b2b_touch_rows()
            accounts._b2b_sync_orders()
        return result
