from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models, tools
from odoo.tools import SQL, format_date

from ..rules import booking, periods
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
                        ("b2b_party_id", "=", budget.party_id.id),
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
        for budget in self.filtered(lambda b: b.active and b.amount):
            zone = pytz.timezone(budget.tz)
            today = periods.local_date(fields.Datetime.now(), zone)
            for day in (today, today + timedelta(days=ahead)):
                period = budget._b2b_as_terms().period(day)
                if period:
                    keys[budget.id, period.start] = period
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
        """Terms of a party's running budgets, cached until any budget changes."""
        budgets = (
            self.sudo()
            .with_context(active_test=True)
            .search([("company_id", "=", company_id), ("party_id", "=", party_id)])
        )
        return tuple(budget._b2b_as_terms() for budget in budgets)

    def _b2b_as_terms(self):
        self.ensure_one()
        categories = self.env["product.category"].sudo()
        if self.category_ids:
            categories = categories.search([("id", "child_of", self.category_ids.ids)])
        return Terms(
            id=self.id,
            name=self.name,
            use=self.use,
            action=self.action,
            period_kind=self.period,
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            start_date=self.start_date or None,
            tz=self.tz,
            tax_basis=self.tax_basis,
            currency_id=self.currency_id.id,
            max_order_amount=self.max_order_amount,
            has_amount=bool(self.amount),
            alert_percent=self.alert_percent,
            seats=frozenset(self.seat_ids.ids),
            categories=frozenset(categories.ids),
        )

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
        terms = self._b2b_terms(order.company_id.id, order.b2b_party_id.id)
        days = self._b2b_days(terms, order._b2b_budget_moment())
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
        """:meth:`_b2b_status` of many budgets in one query: {budget id: dict}."""
        wanted = {}
        for budget in self.filtered(lambda b: b._origin and b.period and b.tz):
            zone = pytz.timezone(budget.tz)
            day = date or periods.local_date(fields.Datetime.now(), zone)
            wanted[budget.id] = budget._b2b_shown_period(day)
        rows = self.env["b2b.budget.period"]._b2b_rows(
            [(budget_id, p.start) for budget_id, p in wanted.items() if p]
        )
        result = {}
        for budget in self:
            period = wanted.get(budget.id)
            row = rows.get((budget.id, period.start)) if period else None
            amount = row.amount if row else budget.amount
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
