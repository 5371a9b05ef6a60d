from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..rules import alerts, booking, periods
from ..rules.terms import Terms, applicable


class Budget(models.Model):
    """What applies to which order, and how full a budget is."""

    _inherit = "b2b.budget"

    def _b2b_count_again(self):
        """Book orders that were submitted since ``start_date`` and not yet counted.

        They are booked even when the amount does not suffice: they went through
        before this budget, or these terms, existed.
        """
        for budget in self.filtered(lambda b: b.active and b.amount and b.start_date):
            since = datetime.combine(budget.start_date, datetime.min.time())
            orders = (
                self.env["sale.order"]
                .sudo()
                .search(
                    [
                        ("b2b_party_id", "in", budget._b2b_parties().ids),
                        ("company_id", "=", budget.company_id.id),
                        ("b2b_historical", "=", False),
                        ("b2b_submitted_at", ">=", since - periods.LARGEST_OFFSET),
                        "|",
                        ("state", "=", "sale"),
                        ("b2b_submit_state", "in", list(booking.WAITING)),
                    ]
                )
            )
            if budget.use == "pot":
                # Nobody chose it before it was there.
                orders = orders.filtered(lambda o, b=budget: o.b2b_budget_id == b)
            orders._b2b_book_budgets(permitted="before")

    # ---------------------------------------------------------------- periods

    def _b2b_open_periods(self, ahead=0):
        """Open the counters of today, so that buyers do not race to open them.

        :param int ahead: also those of so many days later
        """
        keys = {}
        running = self.filtered(lambda b: b.active and b.amount)
        for term in running._b2b_all_terms():
            zone = pytz.timezone(term.tz)
            today = periods.local_date(fields.Datetime.now(), zone)
            for day in (today, today + timedelta(days=ahead)):
                period = term.period(day)
                if period:
                    keys[term.id, period.start] = period
        counters = self.env["b2b.budget.period"].sudo()
        for budget_id, start in sorted(keys.keys() - counters._b2b_rows(keys).keys()):
            counters._b2b_open(budget_id, keys[budget_id, start])

    def _b2b_close_unused_periods(self):
        """Drop the counters of another kind of period that were opened in advance."""
        self.env.execute_query(
            SQL(
                """DELETE FROM b2b_budget_period p WHERE p.budget_id IN %s
                    AND NOT EXISTS (SELECT FROM b2b_budget_entry e
                                     WHERE e.period_id = p.id)""",
                tuple(self.ids),
            )
        )
        self.env["b2b.budget.period"].invalidate_model(flush=False)
        self.invalidate_recordset(["period_ids"])

    @api.model
    def _cron_b2b_open_periods(self):
        """Open the periods that begin tomorrow."""
        # All of them: the job is about every budget.
        budgets = self.search([])  # pylint: disable=no-search-all
        budgets._b2b_open_periods(ahead=1)

    # ------------------------------------------------------------------ terms

    @api.model
    @tools.ormcache("company_id", "party_id")
    def _b2b_terms(self, company_id, party_id):
        """Terms of the running budgets of a party and of the groups it is or was in,
        cached until any budget or member changes; three queries however many."""
        party = self.env["res.partner"].browse(party_id)
        budgets = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                Domain("company_id", "=", company_id) & self._b2b_party_domain(party)
            )
        )
        return tuple(budgets._b2b_all_terms(party_id))

    def _b2b_all_terms(self, party_id=None):
        """Terms of these budgets.

        :param party_id: whose memberships those of a group hold
        """
        seats = self._b2b_related("b2b_budget_seat_rel", "seat_id")
        chosen = self._b2b_related("b2b_budget_category_rel", "category_id")
        below = self._b2b_categories_below(set().union(*chosen.values()))
        members = self._b2b_members(party_id) if party_id else {}
        for budget in self:
            group = party_id and budget.party_group_id.id
            yield Terms(
                id=budget.id,
                name=budget.name,
                use=budget.use,
                action=budget.action,
                period_kind=budget.period,
                date_from=budget.date_from or None,
                date_to=budget.date_to or None,
                start_date=budget.start_date or None,
                tz=budget.tz,
                tax_basis=budget.tax_basis,
                currency_id=budget.currency_id.id,
                max_order_amount=budget.max_order_amount,
                has_amount=bool(budget.amount),
                alerts=alerts.parse(budget.alert_percents),
                seats=frozenset(seats.get(budget.id, ())),
                categories=frozenset().union(
                    *(below[category] for category in chosen.get(budget.id, ()))
                ),
                with_delivery=budget.include_delivery,
                returns=budget.returns or budget.company_id.b2b_budget_returns,
                members=tuple(members.get(group, ())) if group else None,
                company_id=budget.company_id.id,
            )

    def _b2b_as_terms(self):
        self.ensure_one()
        return next(self._b2b_all_terms())

    def _b2b_related(self, table, column):
        """{budget id: ids} of a relation, in one query however many there are."""
        self.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                "SELECT budget_id, array_agg(%s) FROM %s WHERE budget_id = ANY(%s) "
                "GROUP BY budget_id",
                SQL.identifier(column),
                SQL.identifier(table),
                list(self.ids),
            )
        )
        return dict(rows)

    def _b2b_categories_below(self, ids):
        """{category id: it and all below it}."""
        if not ids:
            return {}
        categories = self.env["product.category"].sudo()
        below = {category: set() for category in ids}
        for category in categories.search([("id", "child_of", list(ids))]):
            for above in map(int, category.parent_path.strip("/").split("/")):
                if above in below:
                    below[above].add(category.id)
        return below

    @api.model
    def _b2b_days(self, terms, moment):
        """Submission day in the zone of each budget."""
        return {
            term.id: periods.local_date(moment, pytz.timezone(term.tz))
            for term in terms
        }

    @api.model
    def _b2b_terms_for_order(self, order):
        """(terms that apply to the order, submission day per budget id)."""
        order = order.sudo()
        if order.b2b_historical or not order.b2b_party_id:
            return [], {}
        terms, days = order._b2b_covering_terms()
        found = applicable(
            terms,
            order.b2b_seat_id.id,
            order.b2b_budget_id.id,
            days,
            submitted=order._b2b_counts_in_budgets(),
        )
        return found, days

    @api.model
    def _b2b_for_order(self, order):
        """Budgets that apply to an order, narrow ones first, rights lifted."""
        terms, _days = self._b2b_terms_for_order(order)
        return self.sudo().browse([term.id for term in terms])

    # ---------------------------------------------------------------- figures

    def _b2b_status(self, date=None):
        """How full the budget is in the period of ``date`` (default: today)."""
        self.ensure_one()
        return self._b2b_statuses(date)[self.id]

    def _b2b_statuses(self, date=None):
        """:meth:`_b2b_status` of many budgets in one query: {budget id: dict}.

        A budget that is being edited has the counters of the one that is stored.
        """
        wanted = {}
        for budget in self.filtered(lambda b: b._origin and b.period and b.tz):
            zone = pytz.timezone(budget.tz)
            day = date or periods.local_date(fields.Datetime.now(), zone)
            wanted[budget.id] = budget._b2b_shown_period(day)
        rows = self.env["b2b.budget.period"]._b2b_rows(
            [
                (budget._origin.id, wanted[budget.id].start)
                for budget in self
                if wanted.get(budget.id)
            ]
        )
        result = {}
        for budget in self:
            period = wanted.get(budget.id)
            row = rows.get((budget._origin.id, period.start)) if period else None
            # What was typed and not saved has no id yet.
            amount = row.amount if row and budget.id else budget.amount
            used, pending = (row.used, row.pending) if row else (0.0, 0.0)
            result[budget.id] = {
                "amount": amount,
                "used": used,
                "pending": pending,
                "left": budget.currency_id.round(booking.left(amount, used, pending)),
                "percent": booking.percent_used(amount, used, pending),
                "currency": budget.currency_id,
                "period_label": budget._b2b_period_label(period, date),
                "date_from": period.start if period else False,
                "date_to": period.end if period else False,
            }
        return result

    def _b2b_shown_period(self, day):
        """Period of ``day``; a one-off budget has only its own."""
        self.ensure_one()
        if self.period != "one_off":
            return periods.period_of(day, self.period)
        if not self.date_from:
            return None
        return periods.Period(self.period, self.date_from, self.date_to or None)

    def _b2b_period_label(self, period, today=None):
        """The period in words: "November", "quarter 4", "one-off"."""
        if period is None:
            return ""
        start, kind = period.start, period.kind
        if kind == "one_off":
            return self.env._("one-off")
        if kind == "week":
            return self.env._("week %s", start.isocalendar()[1])
        if kind == "year":
            return str(start.year)
        if kind == "quarter":
            label = self.env._("quarter %s", (start.month + 2) // 3)
        else:
            label = format_date(self.env, start, date_format="LLLL")
        this_year = (today or fields.Date.today()).year
        return label if start.year == this_year else f"{label} {start.year}"
