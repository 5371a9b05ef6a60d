from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import booking
from ..rules.terms import pots_for
from .res_partner import STAFF

IN_PROGRESS = (*booking.WAITING, "done")


class SaleOrder(models.Model):
    """What an order does to the budgets: reading only, carts and previews ask too."""

    _inherit = "sale.order"

    b2b_budget_id = fields.Many2one(
        "b2b.budget",
        "Pot",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('use', '=', 'pot'), '|', ('party_id', '=', b2b_party_id), "
        "('party_group_id.member_ids.party_id', '=', b2b_party_id)]",
        help="The cost centre or event this order counts in. Limits count besides.",
    )
    b2b_budget_entry_count = fields.Integer(
        compute="_compute_b2b_budget_entry_count",
        groups=STAFF,
        help="Movements of budgets by this order.",
    )

    def _compute_b2b_budget_entry_count(self):
        counts = dict(
            self.env["b2b.budget.entry"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.b2b_budget_entry_count = counts.get(order, 0)

    def action_b2b_budget_entries(self):
        """Open what this order moved."""
        self.ensure_one()
        self.env["b2b.budget.entry"].check_access("read")
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "b2b_budget.b2b_budget_entry_action"
        )
        return action | {"domain": [("order_id", "=", self.id)], "context": {}}

    @api.constrains("b2b_budget_id", "partner_id")
    def _check_b2b_budget(self):
        for order in self.sudo():
            pot = order.b2b_budget_id
            if pot and (
                pot.use != "pot" or order.b2b_party_id not in pot._b2b_parties()
            ):
                raise UserError(
                    self.env._(
                        "%(budget)s is not a pot of %(party)s; choose another.",
                        budget=pot.name,
                        party=order.b2b_party_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        booked = (
            self.env["b2b.budget.entry"]
            .sudo()
            .search([("order_id", "in", self.ids)], limit=1)
        )
        if booked:
            raise UserError(
                self.env._(
                    "%s moved a budget and is kept for the record; cancel it instead.",
                    booked.order_id.name,
                )
            )

    # ---------------------------------------------------------------- what counts

    def _b2b_counts_in_budgets(self):
        self.ensure_one()
        return self.state == "sale" or self.b2b_submit_state in IN_PROGRESS

    def _b2b_budget_moment(self):
        """When the order was submitted; for one that was not, now."""
        self.ensure_one()
        if self._b2b_counts_in_budgets():
            return self.b2b_submitted_at or self.date_order or fields.Datetime.now()
        return fields.Datetime.now()

    def _b2b_covering_terms(self):
        """(terms of the party and of its groups on the day, submission day per
        budget id), whatever seats and pots they are for; rights lifted."""
        self.ensure_one()
        Budget = self.env["b2b.budget"].sudo()
        terms = Budget._b2b_terms(self.company_id.id, self.b2b_party_id.id)
        days = Budget._b2b_days(terms, self._b2b_budget_moment())
        if all(term.members is None for term in terms):
            return terms, days
        lineage = self.env["b2b.party.group"]._b2b_lineage
        partners = lineage(self.b2b_party_id) | lineage(self.partner_shipping_id)
        seat = self.b2b_seat_id.filtered(lambda s: s.active and s.state != "suspended")
        covering = [t for t in terms if t.covers(partners._ids, seat.id, days[t.id])]
        return covering, days

    def _b2b_budget_rate(self, term, day):
        """Budget currency per order currency on the day of submission."""
        self.ensure_one()
        return self.env["res.currency"]._get_conversion_rate(
            self.currency_id,
            self.env["res.currency"].browse(term.currency_id),
            self.company_id,
            day,
        )

    def _b2b_available_pots(self):
        """Pots that this order may be put into, rights lifted."""
        self.ensure_one()
        terms, days = self.sudo()._b2b_covering_terms()
        pots = pots_for(terms, self.sudo().b2b_seat_id.id, days)
        return self.env["b2b.budget"].sudo().browse([term.id for term in pots])

    def _b2b_preset_pot(self):
        """The pot to propose: the only one, that of the last order to the same
        address, or the last one this seat used (DECISIONS 8)."""
        self.ensure_one()
        pots = self._b2b_available_pots()
        if len(pots) < 2:
            return pots
        past = [
            ("b2b_budget_id", "in", pots.ids),
            ("b2b_seat_id", "=", self.b2b_seat_id.id),
            ("id", "!=", self._origin.id),
        ]
        same_address = [("partner_shipping_id", "=", self.partner_shipping_id.id)]
        orders = self.sudo()
        last = orders.search(past + same_address, order="id desc", limit=1)
        last = last or orders.search(past, order="id desc", limit=1)
        return last.b2b_budget_id

    def _b2b_settle_lines(self):
        result = super()._b2b_settle_lines()
        for order in self.sudo():
            if order.b2b_historical or order.b2b_budget_id or order.state == "sale":
                continue
            pot = order._b2b_preset_pot()
            if pot:
                order.b2b_budget_id = pot
        return result

    def _b2b_budget_effect(self):
        """What this order does to each budget that applies to it.

        :return: list of dicts, narrow budgets first: budget, amount (budget
            currency), used, pending (of others), total, left_before, left_after,
            over, currency, period_label, order_maximum, over_maximum, action, rate
        """
        self.ensure_one()
        order, Budget = self.sudo(), self.env["b2b.budget"].sudo()
        terms, days = Budget._b2b_terms_for_order(order)
        if not terms:
            return []
        # What was never submitted has nothing booked: no query for carts.
        submitted = order.b2b_submitted_at or order._b2b_counts_in_budgets()
        booked = order._b2b_booked_rows() if submitted else []
        returned = order._b2b_returned(terms) if booked else {}
        periods = {term.id: term.period(days[term.id]) for term in terms}
        rows = (
            self.env["b2b.budget.period"]
            .sudo()
            ._b2b_rows([(term.id, periods[term.id].start) for term in terms])
        )
        # Browsed together they are read together.
        budgets = {budget.id: budget for budget in Budget.browse(periods.keys())}
        return [
            order._b2b_one_effect(
                budgets[term.id],
                term,
                days[term.id],
                periods[term.id],
                rows.get((term.id, periods[term.id].start)),
                [row for row in booked if row.budget_id == term.id],
                returned.get(term.id),
            )
            for term in terms
        ]

    def _b2b_one_effect(self, budget, term, day, period, row, booked, returned):
        currency = self.env["res.currency"].browse(term.currency_id)
        own = [line for line in booked if line.start == period.start]
        rate = own[0].rate if own else self._b2b_budget_rate(term, day)
        amount = currency.round(self._b2b_budget_order_amount(term, returned) * rate)
        total = row.amount if row else budget.amount
        used = (row.used if row else 0.0) - sum(line.used for line in own)
        pending = (row.pending if row else 0.0) - sum(line.pending for line in own)
        before = currency.round(booking.left(total, used, pending))
        after = currency.round(before - amount)
        maximum = term.max_order_amount
        return {
            "budget": budget,
            "term": term,
            "rate": rate,
            "action": term.action,
            "amount": amount,
            "total": total if term.has_amount else 0.0,
            "used": currency.round(used),
            "pending": currency.round(pending),
            "left_before": before if term.has_amount else 0.0,
            "left_after": after if term.has_amount else 0.0,
            "over": max(-after, 0.0) if term.has_amount and amount > 0 else 0.0,
            "order_maximum": maximum,
            "over_maximum": booking.above(amount, maximum, currency.round),
            "currency": currency,
            "period_label": budget._b2b_period_label(period),
        }
