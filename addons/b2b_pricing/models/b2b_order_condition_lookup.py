from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..rules import conditions as rules


class OrderCondition(models.Model):
    """Which conditions count for an order."""

    _inherit = "b2b.order.condition"

    @api.model
    def _b2b_for_order(self, order, agreement=None):
        """The conditions that count for an order, by kind; plain values.

        Read once per customer and kept: carts ask with every change.

        :param order: sale.order with lifted rights
        :param agreement: another one than the order's own, for comparing
        :return: dict of :class:`~..rules.conditions.Condition`
        """
        agreement = order.b2b_agreement_id if agreement is None else agreement
        party = order.b2b_party_id
        groups = self._b2b_used_groups(order.company_id.id)
        if groups:
            covering = self.env["b2b.party.group"].sudo().browse(groups)
            groups = covering._b2b_covers(
                party, order.partner_shipping_id, order.b2b_seat_id
            )._ids
        rows = self._b2b_rows(
            order.company_id.id,
            agreement._origin.id,
            party._origin.id,
            tuple(sorted(groups)),
            party.b2b_customer_group_id._origin.id,
        )
        return rules.choose(rows, fields.Date.context_today(order))

    @api.model
    @tools.ormcache("company_id")
    def _b2b_used_groups(self, company_id):
        """Ids of the party groups for which there is a condition."""
        # sudo: portal users read no conditions, which decide about their orders.
        found = self.sudo()._read_group(
            [("company_id", "=", company_id), ("party_group_id", "!=", False)],
            ["party_group_id"],
        )
        return tuple(group.id for (group,) in found)

    @api.model
    @tools.ormcache("company_id", "agreement_id", "party_id", "groups", "group_id")
    def _b2b_rows(self, company_id, agreement_id, party_id, groups, group_id):
        """All conditions that may count for a customer, on whatever day."""
        owners = {
            "agreement_id": agreement_id,
            "party_id": party_id,
            "customer_group_id": group_id,
        }
        domain = Domain("audience", "=", "everyone")
        for name, owner in owners.items():
            if owner:
                domain |= Domain(name, "=", owner)
        if groups:
            domain |= Domain("party_group_id", "in", groups)
        # sudo: portal users read no conditions, which decide about their orders.
        found = self.sudo().search(domain & Domain("company_id", "=", company_id))
        return tuple(condition._b2b_plain() for condition in found)

    def _b2b_plain(self):
        self.ensure_one()
        return rules.Condition(
            id=self.id,
            kind=self.kind,
            audience=self.audience,
            sequence=self.sequence,
            start=self.date_start or None,
            end=self.date_end or None,
            threshold=self.threshold,
            charge=self.charge,
            below=self.below,
            steps=tuple((s.amount_from, s.percent) for s in self.step_ids),
            carrier=self.replaces_carrier,
            currency=self.currency_id.id,
        )
