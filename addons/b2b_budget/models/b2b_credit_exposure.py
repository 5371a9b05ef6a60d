from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..rules.exposure import Exposure, settled, status_of

# Of Odoo's accounting; flushed before they are read.
ITEM_FIELDS = (
    "account_id",
    "amount_currency",
    "amount_residual_currency",
    "company_id",
    "currency_id",
    "date_maturity",
    "move_id",
    "parent_state",
    "partner_id",
    "reconciled",
)
CACHED = (
    "figures",
    "limit",
    "is_checked",
    "posted",
    "drafted",
    "used",
    "exposure",
    "available",
    "used_percent",
    "overdue",
    "overdue_since",
    "is_over",
    "status",
    "confirmed",
    "waiting",
)


class CreditAccount(models.Model):
    """The figures of credit accounts: one query, whatever their number.

    Kept in the cache of the transaction by ``figures``, because the gate and the
    booking ask for the same ones one after the other. Whatever moves them in the same
    transaction calls :meth:`_b2b_forget_figures`.
    """

    _inherit = "b2b.credit.account"

    figures = fields.Json(
        compute="_compute_figures", help="All figures of today, as plain values."
    )
    limit = fields.Monetary(compute="_compute_amounts", help="Valid today, added up.")
    is_checked = fields.Boolean(
        "Checked",
        compute="_compute_amounts",
        search="_search_is_checked",
        help="Whether a limit has begun. Without one credit is not checked.",
    )
    posted = fields.Monetary(
        "Open invoices",
        compute="_compute_amounts",
        help="Posted and unpaid, less payments and credit notes that are not used up.",
    )
    drafted = fields.Monetary(
        "Draft invoices", compute="_compute_amounts", help="Not posted yet."
    )
    used = fields.Monetary(
        compute="_compute_amounts",
        help="Open and draft invoices and confirmed orders not yet invoiced.",
    )
    exposure = fields.Monetary(
        compute="_compute_amounts", help="Used, and what waiting orders reserve."
    )
    available = fields.Monetary(
        compute="_compute_amounts",
        help="What may still be ordered; below zero after releases.",
    )
    used_percent = fields.Float(
        "Used %", compute="_compute_amounts", help="Exposure in % of the limit."
    )
    overdue = fields.Monetary(
        compute="_compute_amounts",
        search="_search_overdue",
        help="Past the due date, disputed invoices left out, less payments that are "
        "not used up.",
    )
    overdue_since = fields.Date(
        "Oldest due date",
        compute="_compute_amounts",
        help="Due date of the oldest invoice that is overdue.",
    )
    is_over = fields.Boolean(
        "Over limit",
        compute="_compute_amounts",
        search="_search_is_over",
        help="The exposure is above the limit.",
    )

    status = fields.Selection(
        [
            ("unchecked", "Not checked"),
            ("prepaid", "Prepaid only"),
            ("fits", "Within limit"),
            ("nearly", "Nearly used"),
            ("over", "Over limit"),
        ],
        compute="_compute_amounts",
        help="Nearly used: from 80 % of the limit on.",
    )

    def _compute_figures(self):
        found = self._b2b_read_exposures()
        for account in self:
            exposure = found.get(account._origin.id, Exposure())
            account.figures = {
                **exposure.__dict__,
                "oldest": fields.Date.to_string(exposure.oldest) or None,
            }

    @api.depends("figures", "currency_id")
    def _compute_amounts(self):
        exposures = self._b2b_exposures()
        for account in self:
            exposure = exposures.get(account.id, Exposure())
            rounded = (account.currency_id or self.env.company.currency_id).round
            account.limit = exposure.limit or 0.0
            account.is_checked = exposure.is_checked
            account.posted = exposure.posted
            account.drafted = exposure.drafted
            account.used = rounded(exposure.used)
            account.exposure = rounded(exposure.total)
            account.available = (
                rounded(exposure.available) if exposure.is_checked else 0.0
            )
            account.used_percent = exposure.percent
            account.overdue = rounded(settled(exposure.overdue, exposure.unused))
            account.overdue_since = exposure.oldest
            account.is_over = exposure.is_checked and account.available < 0
            account.status = status_of(exposure, account.is_over)

    def _b2b_exposures(self, fresh=False):
        """{account id: Exposure} of today, in the currency of each account.

        :param bool fresh: read again what this transaction has read before
        """
        if fresh:
            self._b2b_forget_figures()
        result = {}
        for account in self:
            values = dict(account.sudo().figures or {})
            values["oldest"] = fields.Date.to_date(values.get("oldest"))
            result[account.id] = Exposure(**values)
        return result

    def _b2b_forget_figures(self):
        self.invalidate_recordset(CACHED, flush=False)

    @api.model
    def _b2b_cached_fields(self):
        """Figures that are worked out once per transaction."""
        return CACHED

    # ----------------------------------------------------------------- reading

    def _b2b_read_exposures(self):
        ids = tuple(filter(None, self._origin.ids))
        if not ids:
            return {}
        self.env["account.move.line"].flush_model(ITEM_FIELDS)
        self.env["account.move"].flush_model(["b2b_disputed", "move_type", "state"])
        self.env["b2b.credit.limit"].flush_model()
        rows = self.env.execute_query(self._b2b_exposure_query(ids))
        sums = {id_: defaultdict(float) for id_ in ids}
        limits, oldest, rates = {}, {}, {}
        for id_, bucket, currency_id, amount, overdue, late, due in rows:
            if bucket == "limit":
                # No line that has begun: nothing is checked.
                limits[id_] = None if amount is None else float(amount)
                continue
            rate = 1.0
            if currency_id:
                rate = self._b2b_rate_today(id_, currency_id, rates)
            values = sums[id_]
            values[bucket] += float(amount or 0.0) * rate
            values["overdue"] += float(overdue or 0.0) * rate
            values["late"] += float(late or 0.0) * rate
            if due:
                oldest[id_] = min(due, oldest.get(id_, due))
        return {
            id_: self._b2b_make_exposure(id_, limits.get(id_), values, oldest.get(id_))
            for id_, values in sums.items()
        }

    def _b2b_make_exposure(self, id_, limit, values, oldest):
        rounded = self.browse(id_)._b2b_currency().round
        unused = rounded(values["unused"])
        return Exposure(
            limit=limit,
            posted=rounded(values["owed"] - unused),
            drafted=rounded(values["draft"]),
            confirmed=rounded(values["confirmed"]),
            waiting=rounded(values["waiting"]),
            overdue=rounded(values["overdue"]),
            late=rounded(values["late"]),
            unused=unused,
            oldest=oldest,
        )

    def _b2b_rate_today(self, id_, currency_id, rates):
        """Account currency per other currency today, asked once per pair."""
        target = self.browse(id_)._b2b_currency()
        company = self.env["res.company"].browse(self._b2b_terms_of(id_).company_id)
        key = (currency_id, target.id, company.id)
        if key not in rates:
            source = self.env["res.currency"].browse(currency_id)
            rates[key] = self.env["res.currency"]._get_conversion_rate(
                source, target, company, fields.Date.context_today(self)
            )
        return rates[key]

    def _b2b_exposure_query(self, ids):
        """Counters, limits of today and open items of accounts, in one statement."""
        return SQL(
            """WITH who AS (%(owners)s),
               items AS (
                   SELECT who.account_id, l.currency_id, l.parent_state,
                          l.date_maturity, COALESCE(m.b2b_disputed, FALSE) AS disputed,
                          a.overdue_days,
                          CASE l.parent_state WHEN 'posted'
                               THEN l.amount_residual_currency
                               ELSE l.amount_currency END AS amount
                     FROM who
                     JOIN b2b_credit_account a ON a.id = who.account_id
                     JOIN res_partner p ON p.commercial_partner_id = who.party_id
                     JOIN account_move_line l ON l.partner_id = p.id
                          AND l.company_id = who.company_id
                          AND l.reconciled IS NOT TRUE
                          AND l.account_id IN (SELECT id FROM account_account
                               WHERE account_type = 'asset_receivable')
                     JOIN account_move m ON m.id = l.move_id
                    WHERE l.parent_state = 'posted'
                       OR (l.parent_state = 'draft'
                           AND m.move_type IN ('out_invoice', 'out_receipt')))
               SELECT account_id,
                      CASE WHEN parent_state = 'draft' THEN 'draft'
                           WHEN amount < 0 THEN 'unused' ELSE 'owed' END AS bucket,
                      currency_id, SUM(CASE WHEN parent_state = 'posted' AND amount < 0
                                            THEN -amount ELSE amount END),
                      SUM(amount) FILTER (WHERE %(overdue)s),
                      SUM(amount) FILTER (WHERE %(overdue)s
                          AND date_maturity < %(today)s - overdue_days),
                      MIN(date_maturity) FILTER (WHERE %(overdue)s)
                 FROM items GROUP BY 1, 2, 3
               UNION ALL
               SELECT id, kind, NULL, amount, NULL, NULL, NULL
                 FROM b2b_credit_account, LATERAL (VALUES
                      ('confirmed', confirmed), ('waiting', waiting)) c(kind, amount)
                WHERE id IN %(ids)s
               UNION ALL
               SELECT account_id, 'limit', NULL, %(valid)s, NULL, NULL, NULL
                 FROM b2b_credit_limit
                WHERE account_id IN %(ids)s
                  AND COALESCE(date_from, '-infinity') <= %(today)s
                GROUP BY account_id""",
            owners=self._b2b_owner_query(ids),
            overdue=SQL(
                "parent_state = 'posted' AND amount > 0 AND NOT disputed "
                "AND date_maturity < %s",
                fields.Date.context_today(self),
            ),
            valid=SQL(
                "COALESCE(SUM(amount) FILTER (WHERE "
                "COALESCE(date_to, 'infinity') >= %s), 0)",
                fields.Date.context_today(self),
            ),
            today=fields.Date.context_today(self),
            ids=ids,
        )

    def _b2b_owner_query(self, ids):
        """(account, company, party) of accounts; a group's parties of today."""
        return SQL(
            """SELECT id AS account_id, company_id, party_id
                 FROM b2b_credit_account
                WHERE id IN %(ids)s AND party_id IS NOT NULL
               UNION ALL
               SELECT a.id, a.company_id, m.partner_id
                 FROM b2b_credit_account a
                 JOIN b2b_party_group g ON g.id = a.party_group_id AND g.active
                 JOIN b2b_party_group_member m ON m.group_id = g.id AND m.kind = 'party'
                WHERE a.id IN %(ids)s
                  AND COALESCE(m.date_from, '-infinity') <= %(today)s
                  AND COALESCE(m.date_to, 'infinity') >= %(today)s""",
            ids=ids,
            today=fields.Date.context_today(self),
        )

    # --------------------------------------------------------------- searching

    def _b2b_search_figures(self, wanted, positive=True):
        """Accounts of which ``wanted(Exposure)`` is true; reads them in one query."""
        # All of them: what is asked for is no column.
        accounts = self.sudo().search([])  # pylint: disable=no-search-all
        found = [id_ for id_, e in accounts._b2b_exposures().items() if wanted(e)]
        return [("id", "in" if positive else "not in", found)]

    def _search_is_checked(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._b2b_search_figures(lambda e: e.is_checked, True in value)

    def _search_is_over(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._b2b_search_figures(
            lambda e: e.is_checked and e.available < 0, True in value
        )

    def _search_overdue(self, operator, value):
        if operator != ">":
            return NotImplemented
        return self._b2b_search_figures(lambda e: settled(e.overdue, e.unused) > value)
