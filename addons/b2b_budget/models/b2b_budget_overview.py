from datetime import date as Date

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import booking, burndown, periods
from .b2b_budget_ledger import MOVEMENTS_SHOWN


class Budget(models.Model):
    """Everything the portal's budget page shows, in a constant number of queries."""

    _inherit = "b2b.budget"

    @api.model
    def _b2b_visible(self, seat):
        """Domain of the budgets that a seat may see: those that count its orders, or
        all of its party and its groups where it keeps budgets or sees all orders."""
        everything = _sees_everything(seat)
        members = self.env["b2b.party.group.member"].sudo()
        today = self.env["b2b.party.group"]._b2b_valid_domain()
        member = Domain("party_id", "=", seat.party_id.id) & today
        own = Domain("party_id", "=", seat.party_id.id)
        if not everything:
            member &= Domain("seat_id", "in", (False, seat.id))
            own &= Domain("seat_ids", "=", False) | Domain("seat_ids", "in", seat.ids)
        groups = members.search(member).group_id.filtered("active")
        return own | Domain("party_group_id", "in", groups.ids)

    @api.model
    def _b2b_overview(self, seat, date=None):
        """Budgets that a seat may see, the one that runs out first at the top.

        The caller has checked that the seat is the user's; called with all rights
        lifted. A seat that keeps budgets or sees the company's orders sees all
        budgets of the party with everybody's figures, else those that count its
        orders, with its own movements only. Of a group's budget every member sees the
        total and the movements of the own party.

        :param seat: b2b.seat
        :param date: a day of the period to show; default: today
        :return: list of dicts, see :meth:`_b2b_overview_one`
        """
        budgets = self.search(self._b2b_visible(seat))
        return sorted(budgets._b2b_details(seat, date), key=_runs_out_first)

    def _b2b_details(self, seat, date=None, limit=MOVEMENTS_SHOWN):
        """Everything about these budgets, which the seat may see."""
        statuses = self._b2b_statuses(date)
        keys = [
            (budget.id, statuses[budget.id]["date_from"])
            for budget in self
            if statuses[budget.id]["date_from"]
        ]
        only = None if _sees_everything(seat) else seat.id
        days = self._b2b_used_by_day(keys)
        people = self._b2b_by_person(keys, seat.party_id.id, only)
        movements = self._b2b_movements(keys, seat.party_id.id, only, limit)
        sent = self._b2b_mailed(keys)
        return [
            budget._b2b_overview_one(
                statuses[budget.id],
                days.get(budget.id, {}),
                people.get(budget.id, []),
                movements.get(budget.id, []),
                sent.get(budget.id, {}),
            )
            for budget in self
        ]

    @api.model
    def _b2b_overview_page(self, seat, company, limit, offset=0):
        """A page of the running budgets a seat may see, what runs out first on top.

        The figures of all are read in one query and ordered here, the rest is read of
        the page's budgets only.

        :return: (list of dicts as :meth:`_b2b_heads`, number of all budgets)
        """
        terms = self._b2b_visible_terms(seat, company, _sees_everything(seat))
        figures = self._b2b_figures(terms)
        order = sorted(figures, key=lambda budget_id: figures[budget_id]["order"])
        budgets = self.browse(order[offset : offset + limit])
        return budgets._b2b_heads(figures), len(order)

    @api.model
    def _b2b_visible_terms(self, seat, company, everything):
        """Terms of the running budgets that a seat may see; mostly without a query."""
        terms = self._b2b_terms(company.id, seat.party_id.id)
        today = fields.Date.context_today(self)
        return [t for t in terms if t.visible_to(seat.id, everything, today)]

    def _b2b_figures(self, terms):
        """{budget id: amount, used, pending, start, order} of today's periods."""
        days = self._b2b_days(terms, fields.Datetime.now())
        starts = []
        for term in terms:
            period = term.shown_period(days[term.id])
            starts.append(period.start if period else None)
        self.env["b2b.budget"].flush_model(["amount"])
        rows = self.env.execute_query(
            SQL(
                """SELECT b.id, COALESCE(p.amount, b.amount, 0), COALESCE(p.used, 0),
                          COALESCE(p.pending, 0), asked.start
                     FROM unnest(%s::int[], %s::date[]) AS asked(id, start)
                     JOIN b2b_budget b ON b.id = asked.id
                LEFT JOIN b2b_budget_period p
                       ON p.budget_id = b.id AND p.date_from = asked.start""",
                [term.id for term in terms],
                starts,
            )
        )
        known = {term.id: term for term in terms}
        result = {}
        for budget_id, amount, used, pending, start in rows:
            term, sums = known[budget_id], tuple(map(float, (amount, used, pending)))
            period = term.shown_period(days[budget_id])
            pace = period and burndown.pace(
                amount=sums[0],
                used=sums[1],
                pending=sums[2],
                start=start,
                end=period.end,
                today=days[budget_id],
            )
            place = (
                (pace and pace.runs_out) or Date.max,
                -booking.percent_used(*sums),
                term.name,
                budget_id,
            )
            result[budget_id] = {"period": period, "sums": sums, "order": place}
        return result

    def _b2b_heads(self, figures):
        """What the list of the page says of each of these budgets.

        :return: list of dicts with the keys of :meth:`_b2b_status`, and id, name,
            title, seats, action, action_label, max_order_amount, percent_used
        """
        result = []
        for budget in self:
            period = figures[budget.id]["period"]
            amount, used, pending = figures[budget.id]["sums"]
            label = budget._b2b_period_label(period)
            result.append(
                {
                    "id": budget.id,
                    "name": budget.name,
                    "title": f"{budget.name} · {label}",
                    "period_label": label,
                    "amount": amount,
                    "used": used,
                    "pending": pending,
                    "left": budget.currency_id.round(amount - used - pending),
                    "percent": booking.percent_used(amount, used, pending),
                    "percent_used": booking.percent_used(amount, used, 0.0),
                    "currency": budget.currency_id,
                    "date_from": period.start if period else False,
                    "date_to": period.end if period else False,
                    "max_order_amount": budget.max_order_amount,
                    **budget._b2b_words(),
                }
            )
        return result

    def _b2b_words(self):
        """Whose orders count, what happens, what counts: the same on list and page."""
        deciders = self.supervisor_ids.filtered(lambda s: s.state == "active")
        return {
            "use": self.use,
            "action": self.action,
            "action_label": self._b2b_action_label(deciders.person_id),
            "deciders": deciders.person_id.mapped("name"),
            "seats": self.seat_ids.person_id.mapped("name"),
            "group": self.party_group_id.name or "",
            "categories": self.category_ids.mapped("name"),
            "tax_basis": self.tax_basis,
            "include_delivery": self.include_delivery,
        }

    def _b2b_overview_one(self, status, used_by_day, people, movements, sent):
        """One budget of the page.

        :return: the dict of :meth:`_b2b_status` with id, name, title, use, period,
            action, action_label, deciders, seats (names, empty: everybody),
            max_order_amount, tax_basis, include_delivery, group, categories,
            alert_percent, alerts [(percent, mailed at or None)], percent_used (booked),
            today, pace (even_used, even_left, ahead, runs_out) or None,
            series [{date, left, even}] (left is None after today),
            people [{seat_id, name, used, pending}],
            movements [{id, when, order_id, order, by, kind, amount, left_after}],
            movement_count
        """
        self.ensure_one()
        zone = pytz.timezone(self.tz)
        today = periods.local_date(fields.Datetime.now(), zone)
        amount, used = status["amount"], status["used"]
        return {
            **status,
            "id": self.id,
            "name": self.name,
            "title": f"{self.name} · {status['period_label']}",
            **self._b2b_words(),
            "period": self.period,
            "max_order_amount": self.max_order_amount,
            "alert_percent": self.alert_percent,
            "alerts": [(p, sent.get(p)) for p in self._b2b_percents()],
            "percent_used": 100 * used / amount if amount else 0.0,
            "today": today,
            "pace": self._b2b_pace(status, today),
            "series": self._b2b_series(status, used_by_day, today),
            "people": people,
            "movements": movements,
            "movement_count": movements[0]["count"] if movements else 0,
        }

    def _b2b_action_label(self, deciders):
        if self.action == "block":
            return self.env._("blocks")
        if self.action == "warn":
            return self.env._("warns")
        names = self.env._(" or ").join(deciders.mapped("name"))
        return self.env._("asks %s", names or self.env._("the supervisor"))

    def _b2b_pace(self, status, today):
        if not status["date_from"]:
            return None
        pace = burndown.pace(
            amount=status["amount"],
            used=status["used"],
            pending=status["pending"],
            start=status["date_from"],
            end=status["date_to"] or None,
            today=today,
        )
        if pace is None:
            return None
        rounded = self.currency_id.round
        return {
            "even_used": rounded(pace.even_used),
            "even_left": rounded(status["amount"] - pace.even_used),
            "ahead": rounded(pace.ahead),
            "runs_out": pace.runs_out,
        }

    def _b2b_series(self, status, used_by_day, today):
        start, end = status["date_from"], status["date_to"] or today
        if not start or end < start:
            return []
        amount, rounded = status["amount"], self.currency_id.round
        last = min(max(today, start), end)
        left = dict(burndown.burn_down(amount, used_by_day, start, last))
        return [
            {
                "date": day,
                "left": rounded(left[day]) if day in left else None,
                "even": rounded(burndown.even_left(amount, start, end, day)),
            }
            for day, _left in burndown.burn_down(amount, {}, start, end)
        ]


def _sees_everything(seat):
    return seat.role_id.manage_budgets or seat.role_id.see_company_orders


def _runs_out_first(item):
    pace = item["pace"] or {}
    return pace.get("runs_out") or Date.max, -item["percent"], item["name"], item["id"]
