from datetime import date as Date

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from ..rules import burndown, periods

MOVEMENTS_SHOWN = 20


class Budget(models.Model):
    """Everything the portal's budget page shows, in a constant number of queries."""

    _inherit = "b2b.budget"

    @api.model
    def _b2b_overview(self, seat, date=None):
        """Budgets that a seat may see, the one that runs out first at the top.

        The caller has checked that the seat is the user's; called with all rights
        lifted. A seat that keeps budgets or sees the company's orders sees all
        budgets of the party with everybody's figures, else those that count its
        orders, with its own movements only.

        :param seat: b2b.seat
        :param date: a day of the period to show; default: today
        :return: list of dicts, see :meth:`_b2b_overview_one`
        """
        rights = seat.role_id
        everything = rights.manage_budgets or rights.see_company_orders
        budgets = self.search([("party_id", "=", seat.party_id.id)])
        if not everything:
            budgets = budgets.filtered(lambda b: not b.seat_ids or seat in b.seat_ids)
        statuses = budgets._b2b_statuses(date)
        keys = [
            (budget.id, statuses[budget.id]["date_from"])
            for budget in budgets
            if statuses[budget.id]["date_from"]
        ]
        only = None if everything else seat.id
        days = budgets._b2b_used_by_day(keys)
        people = budgets._b2b_by_person(keys, only)
        movements = budgets._b2b_movements(keys, only)
        result = [
            budget._b2b_overview_one(
                statuses[budget.id],
                days.get(budget.id, {}),
                people.get(budget.id, []),
                movements.get(budget.id, []),
                date,
            )
            for budget in budgets
        ]
        return sorted(result, key=_runs_out_first)

    def _b2b_overview_one(self, status, used_by_day, people, movements, date):
        """One budget of the page.

        :return: the dict of :meth:`_b2b_status` with id, name, title, use, period,
            action, action_label, deciders, seats (names, empty: everybody),
            max_order_amount, tax_basis, alert_percent, percent_used (booked),
            today, pace (even_used, even_left, ahead, runs_out) or None,
            series [{date, left, even}] (left is None after today),
            people [{seat_id, name, used, pending, quota, left}],
            movements [{id, when, order_id, order, by, kind, amount, left_after}],
            movement_count
        """
        self.ensure_one()
        zone = pytz.timezone(self.tz)
        today = periods.local_date(fields.Datetime.now(), zone)
        deciders = self.supervisor_ids.filtered(lambda s: s.state == "active")
        amount, used = status["amount"], status["used"]
        return {
            **status,
            "id": self.id,
            "name": self.name,
            "title": f"{self.name} · {status['period_label']}",
            "use": self.use,
            "period": self.period,
            "action": self.action,
            "action_label": self._b2b_action_label(deciders.person_id),
            "deciders": deciders.person_id.mapped("name"),
            "seats": self.seat_ids.person_id.mapped("name"),
            "max_order_amount": self.max_order_amount,
            "tax_basis": self.tax_basis,
            "alert_percent": self.alert_percent,
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

    # ---------------------------------------------------------------- queries

    def _b2b_used_by_day(self, keys):
        """{budget id: {local day: booked}} of the periods that begin at ``keys``."""
        if not keys:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT e.budget_id,
                          ((e.date AT TIME ZONE 'UTC') AT TIME ZONE b.tz)::date,
                          SUM(e.amount)
                     FROM b2b_budget_entry e
                     JOIN b2b_budget_period p ON p.id = e.period_id
                     JOIN b2b_budget b ON b.id = e.budget_id
                    WHERE (e.budget_id, p.date_from) IN %s AND e.kind = 'used'
                    GROUP BY 1, 2""",
                tuple(keys),
            )
        )
        result = {}
        for budget_id, day, amount in rows:
            result.setdefault(budget_id, {})[day] = float(amount)
        return result

    def _b2b_by_person(self, keys, only_seat_id=None):
        """{budget id: [figures per seat]}, who spent most first."""
        if not keys:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT e.budget_id, e.seat_id, MAX(person.name),
                          COALESCE(SUM(e.amount) FILTER (WHERE e.kind = 'used'), 0),
                          COALESCE(SUM(e.amount) FILTER (WHERE e.kind = 'pending'), 0)
                     FROM b2b_budget_entry e
                     JOIN b2b_budget_period p ON p.id = e.period_id
                LEFT JOIN b2b_seat seat ON seat.id = e.seat_id
                LEFT JOIN b2b_person person ON person.id = seat.person_id
                    WHERE (e.budget_id, p.date_from) IN %s
                      AND (%s::int IS NULL OR e.seat_id = %s::int)
                    GROUP BY 1, 2
                    ORDER BY 1, 4 DESC, 2""",
                tuple(keys),
                only_seat_id,
                only_seat_id,
            )
        )
        result = {}
        for budget_id, seat_id, name, used, pending in rows:
            result.setdefault(budget_id, []).append(
                {
                    "seat_id": seat_id,
                    "name": name or self.env._("Without a person"),
                    "used": float(used),
                    "pending": float(pending),
                    # Quotas per person inside a shared budget: no field yet.
                    "quota": None,
                    "left": None,
                }
            )
        return result

    def _b2b_movements(self, keys, only_seat_id=None):
        """{budget id: [latest movements]}, newest first, a limited number each."""
        if not keys:
            return {}
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT * FROM (
                     SELECT e.budget_id, e.id, e.date AS when, e.order_id,
                            o.name AS "order", e.kind, e.amount, e.left_after,
                            e.permission, COALESCE(person.name, partner.name) AS by,
                            COUNT(*) OVER (PARTITION BY e.budget_id) AS count,
                            ROW_NUMBER() OVER (
                                PARTITION BY e.budget_id ORDER BY e.id DESC) AS place
                       FROM b2b_budget_entry e
                       JOIN b2b_budget_period p ON p.id = e.period_id
                       JOIN sale_order o ON o.id = e.order_id
                       JOIN res_users u ON u.id = e.user_id
                       JOIN res_partner partner ON partner.id = u.partner_id
                  LEFT JOIN b2b_seat seat ON seat.id = e.seat_id
                  LEFT JOIN b2b_person person ON person.id = seat.person_id
                      WHERE (e.budget_id, p.date_from) IN %s
                        AND (%s::int IS NULL OR e.seat_id = %s::int)) numbered
                    WHERE place <= %s ORDER BY budget_id, id DESC""",
                tuple(keys),
                only_seat_id,
                only_seat_id,
                MOVEMENTS_SHOWN,
            )
        )
        result = {}
        for row in rows:
            row["amount"] = float(row["amount"])
            row["left_after"] = float(row["left_after"])
            result.setdefault(row.pop("budget_id"), []).append(row)
        return result


def _runs_out_first(item):
    pace = item["pace"] or {}
    return pace.get("runs_out") or Date.max, -item["percent"], item["name"], item["id"]
