from typing import NamedTuple

from odoo import api, models, tools

from ..rules.approval import Condition, Facts, matches


class RuleTerms(NamedTuple):
    """A rule as plain values, cached."""

    id: int
    side: str
    currency_id: int
    group_id: int
    condition: Condition


class ApprovalRule(models.Model):
    """Which rules an order meets."""

    _inherit = "b2b.approval.rule"

    @api.model
    @tools.ormcache("company_id", "party_id")
    def _b2b_terms(self, company_id, party_id):
        """Rules that may concern a party's orders, cached until any rule changes.

        Rules for a party group are among them whether or not the party belongs to
        the group: that depends on the day.
        """
        rules = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                [
                    ("company_id", "in", [company_id, False]),
                    ("party_id", "in", [party_id, False]),
                ]
            )
        )
        return tuple(
            RuleTerms(
                rule.id,
                rule.side,
                rule.currency_id.id,
                rule.party_group_id.id or 0,
                rule._b2b_condition(),
            )
            for rule in rules
        )

    @api.model
    def _b2b_for_order(self, order):
        """The rules that an order meets, with all rights lifted.

        :param order: sale.order, one
        """
        order, rules = order.sudo(), self.sudo()
        found = self._b2b_terms(order.company_id.id, order.b2b_party_id.id)
        if not found:
            return rules
        groups = rules.env["b2b.party.group"].browse(
            {terms.group_id for terms in found if terms.group_id}
        )
        if groups:
            groups = groups._b2b_covers(
                party=order.b2b_party_id,
                address=order.partner_shipping_id,
                seat=order.b2b_seat_id,
            )
        facts, ids = order._b2b_rule_facts(), []
        for terms in found:
            if terms.group_id and terms.group_id not in groups.ids:
                continue
            currency = rules.env["res.currency"].browse(terms.currency_id)
            if matches(terms.condition, order._b2b_facts_in(facts, currency)):
                ids.append(terms.id)
        return rules.browse(ids)


class SaleOrder(models.Model):
    """What approval rules look at."""

    _inherit = "sale.order"

    def _b2b_rule_facts(self):
        """Amounts in the order's currency, numbers and ids as plain values."""
        self.ensure_one()
        goods = self.order_line.filtered(
            lambda line: not line.display_type and line._b2b_kind() == "goods"
        )
        delivery = self.order_line.filtered(lambda ln: ln._b2b_kind() == "delivery")
        return Facts(
            amount=self._b2b_limit_amount(),
            lines=len(goods.filtered("product_uom_qty")),
            categories=frozenset(goods.product_id.categ_id.ids),
            delivery=sum(delivery.mapped("price_subtotal")),
            seat=self.b2b_seat_id.id or None,
            role=self.b2b_seat_id.role_id.id or None,
        )

    def _b2b_facts_in(self, facts, currency):
        """The same facts with amounts in another currency, at today's rate."""
        if currency == self.currency_id:
            return facts
        return facts._replace(
            amount=self._b2b_in_currency(facts.amount, currency),
            delivery=self._b2b_in_currency(facts.delivery, currency),
        )
