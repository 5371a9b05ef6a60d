from datetime import datetime, time

import pytz
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..rules.overview import change_text, months
from ..tools import money, whole_money

SHOWN = 5


class ResPartner(models.Model):
    """One page before a call: what a party bought, what is open, why it is where.

    Each section is a dictionary: ``id``, ``sequence``, ``title`` and any of ``figure``,
    ``chip``, ``subtitle``, ``bars``, ``parts``, ``notes``, ``rows``, ``badge``,
    ``empty`` and ``link``. A row has any of ``icon``, ``tone``, ``label``, ``day``,
    ``tag``, ``text``, ``amount``, ``share`` and ``action``. An action names
    ``res_model``, ``name`` and ``domain`` or ``res_id``: every figure opens its
    records. Addons extend :meth:`_b2b_overview_sections` and
    :meth:`_b2b_overview_points` by ``super()``.
    """

    _inherit = "res.partner"

    def b2b_overview(self):
        """The overview of this party for one of our people, in one call.

        Everything is read with the rights of the user, so a figure never shows more
        than its list.

        :return: dict with ``sections`` in their order
        :raise AccessError: for anybody but staff who may read the party
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("The overview is for our own staff."))
        self.ensure_one()
        self.check_access("read")
        party = self.commercial_partner_id
        party.check_access("read")
        sections = party._b2b_overview_sections()
        return {"sections": sorted(sections, key=lambda s: s["sequence"])}

    def _b2b_overview_sections(self):
        """Sections of this and all inheriting addons."""
        self.ensure_one()
        sections = [self._b2b_overview_open(), self._b2b_overview_segments()]
        if self.env["sale.order"].has_access("read"):
            sections += [self._b2b_overview_turnover(), self._b2b_overview_orders()]
        if self._b2b_overview_sees_credit():
            sections.append(self._b2b_overview_credit())
        return sections

    # -- words -----------------------------------------------------------------

    def _b2b_overview_action(self, model, name, domain):
        return {"res_model": model, "name": name, "domain": list(Domain(domain))}

    def _b2b_overview_record(self, record):
        return {
            "res_model": record._name,
            "name": record.display_name,
            "res_id": record.id,
        }

    def _b2b_overview_today(self):
        return fields.Date.context_today(self)

    def _b2b_overview_utc(self, day):
        """The moment a day of the user begins, as text for a domain."""
        local = self.env.tz.localize(datetime.combine(day, time.min))
        return fields.Datetime.to_string(local.astimezone(pytz.utc))

    def _b2b_overview_sold(self, since=None, before=None):
        """Confirmed orders of this party in the current company."""
        domain = (
            Domain("b2b_party_id", "=", self.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "sale")
        )
        if since:
            domain &= Domain("date_order", ">=", self._b2b_overview_utc(since))
        if before:
            domain &= Domain("date_order", "<", self._b2b_overview_utc(before))
        return domain

    # -- turnover --------------------------------------------------------------

    def _b2b_overview_turnover(self):
        today = self._b2b_overview_today()
        starts = months(today, 12)
        net, total, before = self._b2b_overview_net(today)
        currency = self.env.company.currency_id
        change = change_text(total, before)
        since = today - relativedelta(years=1, days=-1)
        return {
            "id": "turnover",
            "sequence": 10,
            "title": self.env._("Turnover, 12 months"),
            "figure": whole_money(self.env, total, currency),
            "chip": change
            and {"text": change, "tone": "good" if total >= before else "bad"},
            "subtitle": self.env._(
                "year before: %s", whole_money(self.env, before, currency)
            ),
            "bars": [
                self._b2b_overview_bar(start, net, running=start == starts[-1])
                for start in starts
            ]
            if any(net.values())
            else [],
            "empty": self.env._("No order was confirmed in two years."),
            "action": self._b2b_overview_action(
                "sale.order",
                self.env._("Orders of %s", self.name),
                self._b2b_overview_sold(since),
            ),
        }

    def _b2b_overview_net(self, today):
        """Net in the company's currency: of each month, of 12 months, of those before.

        Both sums end on the same day of the year, so that a month which is not over
        is not compared with a whole one.
        """
        since = months(today, 24)[0] - relativedelta(months=1)
        figures = ["date_order", "amount_untaxed", "currency_rate"]
        self.env["sale.order"].flush_model(figures)
        # With the rights of the user: the query holds the rules for orders.
        orders = self.env["sale.order"]._search(self._b2b_overview_sold(since))
        year = today - relativedelta(years=1)
        rows = self.env.execute_query(
            SQL(
                """SELECT date_trunc('month', day)::date, SUM(net),
                          COALESCE(SUM(net) FILTER (WHERE day > %(year)s), 0),
                          COALESCE(SUM(net) FILTER (
                              WHERE day > %(before)s AND day <= %(year)s), 0)
                     FROM (SELECT (date_order AT TIME ZONE 'UTC'
                                              AT TIME ZONE %(zone)s)::date AS day,
                                  amount_untaxed
                                  / COALESCE(NULLIF(currency_rate, 0), 1) AS net
                             FROM sale_order
                            WHERE id IN %(orders)s) sold
                 GROUP BY 1""",
                year=year,
                before=today - relativedelta(years=2),
                zone=self.env.tz.zone,
                orders=orders.subselect(),
            )
        )
        net = {row[0]: float(row[1]) for row in rows}
        return net, *(float(sum(row[i] for row in rows)) for i in (2, 3))

    def _b2b_overview_bar(self, start, net, running):
        end = start + relativedelta(months=1)
        past = start - relativedelta(years=1)
        currency, value = self.env.company.currency_id, net.get(start, 0.0)
        before = net.get(past, 0.0)
        name = format_date(self.env, start, date_format="MMMM y")
        return {
            "label": format_date(self.env, start, date_format="MMM"),
            "value": value,
            "before": before,
            "running": running,
            "text": self.env._(
                "%(month)s: %(net)s, year before %(before)s",
                month=name,
                net=whole_money(self.env, value, currency),
                before=whole_money(self.env, before, currency),
            ),
            "action": self._b2b_overview_action(
                "sale.order", name, self._b2b_overview_sold(start, end)
            ),
        }

    # -- what is open ----------------------------------------------------------

    def _b2b_overview_open(self):
        points = sorted(self._b2b_overview_points(), key=lambda row: row["sequence"])
        return {
            "id": "open",
            "sequence": 20,
            "title": self.env._("Open points"),
            "badge": len(points),
            "rows": points[: 2 * SHOWN],
            "empty": self.env._("Nothing is open."),
        }

    def _b2b_overview_points(self):
        """What somebody has to do about this party; addons add theirs."""
        points = self._b2b_overview_state()
        if self.env["sale.order"].has_access("read"):
            points += self._b2b_overview_quotations()
        if self.env["account.move"].has_access("read"):
            points += self._b2b_overview_overdue()
        return points

    def _b2b_overview_state(self):
        if self.b2b_customer_type != "trade" or self.b2b_state == "active":
            return []
        label = dict(self._fields["b2b_state"]._description_selection(self.env))
        return [
            {
                "sequence": 0,
                "icon": "fa-ban",
                "tone": "bad",
                "text": self.env._("Trade state: %s", label[self.b2b_state].lower()),
            }
        ]

    def _b2b_overview_quotations(self):
        domain = Domain("b2b_party_id", "=", self.id) & Domain("state", "=", "sent")
        orders = self.env["sale.order"].search_fetch(
            domain & Domain("company_id", "=", self.env.company.id),
            ["name", "validity_date", "amount_untaxed", "currency_id"],
            limit=SHOWN,
            order="validity_date, id",
        )
        return [
            {
                "sequence": 40,
                "icon": "fa-tag",
                "tone": "info",
                "text": self.env._(
                    "%(order)s offered, ends %(day)s",
                    order=order.name,
                    day=format_date(self.env, order.validity_date),
                )
                if order.validity_date
                else self.env._("%s offered", order.name),
                "amount": money(self.env, order.amount_untaxed, order.currency_id),
                "action": self._b2b_overview_record(order),
            }
            for order in orders
        ]

    def _b2b_overview_overdue_domain(self):
        return (
            Domain("commercial_partner_id", "=", self.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("move_type", "=", "out_invoice")
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", ["not_paid", "partial"])
            & Domain("invoice_date_due", "<", self._b2b_overview_today())
        )

    def _b2b_overview_overdue(self):
        today = self._b2b_overview_today()
        moves = self.env["account.move"].search_fetch(
            self._b2b_overview_overdue_domain(),
            ["name", "invoice_date_due", "amount_residual", "currency_id"],
            limit=SHOWN,
            order="invoice_date_due, id",
        )
        return [
            {
                "sequence": 30,
                "icon": "fa-clock-o",
                "tone": "bad",
                "text": self._b2b_overdue_text(move, today),
                "amount": money(self.env, move.amount_residual, move.currency_id),
                "action": self._b2b_overview_record(move),
            }
            for move in moves
        ]

    def _b2b_overdue_text(self, move, today):
        days = (today - move.invoice_date_due).days
        if days == 1:
            return self.env._("%s overdue since yesterday", move.name)
        return self.env._(
            "%(invoice)s overdue %(days)s days", invoice=move.name, days=days
        )

    # -- last orders -----------------------------------------------------------

    def _b2b_overview_orders(self):
        orders = self.env["sale.order"]
        domain = self._b2b_overview_sold()
        last = orders.search_fetch(
            domain,
            ["name", "date_order", "amount_untaxed", "currency_id", "delivery_status"],
            limit=SHOWN,
            order="date_order desc, id desc",
        )
        name = self.env._("Orders of %s", self.name)
        return {
            "id": "orders",
            "sequence": 40,
            "title": self.env._("Last orders"),
            "rows": [self._b2b_overview_order(order) for order in last],
            "empty": self.env._("No order was confirmed yet."),
            "link": last
            and {
                "text": self.env._("All %s", orders.search_count(domain)),
                "action": self._b2b_overview_action("sale.order", name, domain),
            },
        }

    def _b2b_overview_order(self, order):
        moment = fields.Datetime.context_timestamp(order, order.date_order)
        tag, tone = self.env._("delivered"), "good"
        if not order.b2b_historical and order.delivery_status != "full":
            tag, tone = self.env._("confirmed"), "info"
            if order.delivery_status in ("started", "partial"):
                tag, tone = self.env._("partly delivered"), "warn"
        return {
            "label": order.name,
            "day": format_date(self.env, moment.date(), date_format="d MMM y"),
            "tag": {"text": tag, "tone": tone},
            "amount": money(self.env, order.amount_untaxed, order.currency_id),
            "action": self._b2b_overview_record(order),
        }
