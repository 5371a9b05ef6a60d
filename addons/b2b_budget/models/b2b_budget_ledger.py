from odoo import models
from odoo.tools import SQL

MOVEMENTS_SHOWN = 20


class Budget(models.Model):
    """Figures of the ledger, for many budgets in one query each."""

    _inherit = "b2b.budget"

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

    def _b2b_by_person(self, keys, party_id, only_seat_id=None):
        """{budget id: [figures per seat]}, who spent most first; people of other
        members of a group in one row."""
        if not keys:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT sums.budget_id, sums.own, sums.seat, person.name, sums.used,
                          sums.pending
                     FROM (
                       SELECT e.budget_id, e.party_id = %(party)s AS own,
                              CASE WHEN e.party_id = %(party)s THEN e.seat_id
                              END AS seat,
                              COALESCE(
                                SUM(e.amount) FILTER (WHERE e.kind = 'used'), 0
                              ) AS used,
                              COALESCE(
                                SUM(e.amount) FILTER (WHERE e.kind = 'pending'), 0
                              ) AS pending
                         FROM b2b_budget_entry e
                         JOIN b2b_budget_period p ON p.id = e.period_id
                        WHERE (e.budget_id, p.date_from) IN %(keys)s
                          AND (%(only)s::int IS NULL OR e.seat_id = %(only)s::int)
                        GROUP BY 1, 2, 3
                     ) sums
                LEFT JOIN b2b_seat seat ON seat.id = sums.seat
                LEFT JOIN b2b_person person ON person.id = seat.person_id
                    ORDER BY 1, 2 DESC, 5 DESC, 3""",
                keys=tuple(keys),
                party=party_id,
                only=only_seat_id,
            )
        )
        result = {}
        for budget_id, own, seat_id, name, used, pending in rows:
            nobody = self.env._("Without a person")
            result.setdefault(budget_id, []).append(
                {
                    "seat_id": seat_id,
                    "name": (name or nobody) if own else self.env._("Other members"),
                    "used": float(used),
                    "pending": float(pending),
                }
            )
        return result

    def _b2b_movements(self, keys, party_id, only_seat_id=None, limit=MOVEMENTS_SHOWN):
        """{budget id: [latest movements]}, newest first, a limited number each."""
        if not keys:
            return {}
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT p.budget_id, e.id, e.date AS when, e.order_id,
                          o.name AS "order", e.kind, e.amount, e.left_after,
                          e.permission, COALESCE(person.name, partner.name) AS by,
                          (SELECT COUNT(*) FROM b2b_budget_entry c
                            WHERE c.period_id = p.id AND c.party_id = %(party)s
                              AND (%(only)s::int IS NULL OR c.seat_id = %(only)s::int)
                          ) AS count
                     FROM b2b_budget_period p
                     JOIN LATERAL (
                            SELECT * FROM b2b_budget_entry f
                             WHERE f.period_id = p.id AND f.party_id = %(party)s
                               AND (%(only)s::int IS NULL OR f.seat_id = %(only)s::int)
                             ORDER BY f.id DESC LIMIT %(limit)s) e ON TRUE
                     JOIN sale_order o ON o.id = e.order_id
                     JOIN res_users u ON u.id = e.user_id
                     JOIN res_partner partner ON partner.id = u.partner_id
                LEFT JOIN b2b_seat seat ON seat.id = e.seat_id
                LEFT JOIN b2b_person person ON person.id = seat.person_id
                    WHERE (p.budget_id, p.date_from) IN %(keys)s
                    ORDER BY p.budget_id, e.id DESC""",
                keys=tuple(keys),
                party=party_id,
                only=only_seat_id,
                limit=limit,
            )
        )
        result = {}
        for row in rows:
            row["amount"] = float(row["amount"])
            row["left_after"] = float(row["left_after"])
            result.setdefault(row.pop("budget_id"), []).append(row)
        return result

    def _b2b_mailed(self, keys):
        """{budget id: {percentage: when it was mailed}} of these periods."""
        if not keys:
            return {}
        self.env["b2b.budget.alert"].flush_model(["sent_at"])
        rows = self.env.execute_query(
            SQL(
                """SELECT a.budget_id, a.percent, a.sent_at
                     FROM b2b_budget_alert a
                     JOIN b2b_budget_period p ON p.id = a.period_id
                    WHERE (a.budget_id, p.date_from) IN %s""",
                tuple(keys),
            )
        )
        result = {}
        for budget_id, percent, sent_at in rows:
            result.setdefault(budget_id, {})[percent] = sent_at
        return result
