import logging

from odoo import api, models
from odoo.tools import SQL, html2plaintext

from odoo.addons.b2b_party.tools import money

from ..rules import booking

_logger = logging.getLogger(__name__)


class CreditAccount(models.Model):
    """The invariant: sum of the movements = counter = orders.

    Nothing in the addon can break it; raw SQL or an edited tax can. So it is looked
    at every night, and nothing is corrected silently.
    """

    _inherit = "b2b.credit.account"

    @api.model
    def _b2b_credit_drift(self):
        """Accounts whose counter, movements and orders differ.

        :return: list of dicts: account_id, order_id (None: the counter itself),
            booked and expected as rules.booking.Booking
        """
        return self._b2b_counter_drift() + self._b2b_order_drift()

    @api.model
    def _b2b_counter_drift(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT a.id, a.confirmed, a.waiting,
                          COALESCE(e.confirmed, 0), COALESCE(e.waiting, 0)
                     FROM b2b_credit_account a
                LEFT JOIN (SELECT account_id,
                                  COALESCE(SUM(amount)
                                           FILTER (WHERE kind = 'confirmed'), 0)
                                      AS confirmed,
                                  COALESCE(SUM(amount)
                                           FILTER (WHERE kind = 'waiting'), 0)
                                      AS waiting
                             FROM b2b_credit_entry GROUP BY account_id) e
                       ON e.account_id = a.id
                    WHERE a.confirmed != COALESCE(e.confirmed, 0)
                       OR a.waiting != COALESCE(e.waiting, 0)
                    ORDER BY a.id"""
            )
        )
        return [
            {
                "account_id": id_,
                "order_id": None,
                "booked": booking.Booking(float(confirmed), float(waiting)),
                "expected": booking.Booking(float(ledger), float(pending)),
            }
            for id_, confirmed, waiting, ledger, pending in rows
        ]

    @api.model
    def _b2b_order_drift(self):
        orders = self.env["sale.order"].sudo()
        accounts = self.sudo().with_context(active_test=False)
        # Every one: the job is about all accounts.
        for account in accounts.search([]):  # pylint: disable=no-search-all
            orders |= account._b2b_booked_orders()
            if account.active:
                orders |= account._b2b_countable_orders()
        orders.invalidate_recordset(["b2b_credit_booked"])
        result = []
        for order in orders:
            booked = order._b2b_credit_rows()
            for step in order._b2b_credit_steps(booked):
                row = booked.get(step.account.id)
                sums = row.sums if row else booking.Booking()
                expected = booking.Booking(
                    sums.used + step.change.used, sums.pending + step.change.pending
                )
                result.append(
                    {
                        "account_id": step.account.id,
                        "order_id": order.id,
                        "booked": sums,
                        "expected": expected,
                    }
                )
        return result

    # ----------------------------------------------------------------- nightly

    @api.model
    def _cron_b2b_credit_night(self):
        """Let groups and limits follow the calendar, then report what differs."""
        # sudo: the nightly job is about all accounts.
        accounts = self.sudo().search([])  # pylint: disable=no-search-all
        accounts.filtered("party_group_id")._b2b_sync_orders()
        accounts._b2b_note_limits_by_date()
        self._b2b_report_drift()

    def _b2b_note_limits_by_date(self):
        """The ledger says when a limit began or ended by its dates."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (account_id) account_id, after, permission
                     FROM b2b_credit_entry
                    WHERE kind = 'limit' AND account_id IN %s
                    ORDER BY account_id, id DESC""",
                tuple(self.ids) or (0,),
            )
        )
        noted = {
            id_: None if permission == "unchecked" else float(after or 0.0)
            for id_, after, permission in rows
        }
        now = self._b2b_limits_now()
        words = self.env._("by its dates")
        self.env["b2b.credit.entry"]._b2b_append_limits(
            [
                (account, noted.get(account.id), now[account.id], words)
                for account in self
                if noted.get(account.id) != now[account.id]
            ]
        )

    @api.model
    def _b2b_report_drift(self):
        """Tell the credit team on the account and in the log; correct nothing."""
        for drift in self._b2b_credit_drift():
            account = self.sudo().browse(drift["account_id"])
            order = self.env["sale.order"].sudo().browse(drift["order_id"] or ())
            _logger.error(
                "Credit account %s, %s: booked %s, expected %s",
                account.id,
                order.name or "counter",
                drift["booked"],
                drift["expected"],
            )
            text = account._b2b_drift_text(order, drift)
            if account._b2b_drift_is_told(text):
                continue
            team = account._b2b_team()
            account.message_post(body=text, partner_ids=team.partner_id.ids)
            account.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Credit figures differ"),
                note=text,
                user_id=team[:1].id or self.env.uid,
            )

    def _b2b_drift_is_told(self, text):
        """Whether somebody has this very difference on his list already."""
        notes = self.activity_ids.mapped("note")
        return any(html2plaintext(note or "").strip() == text for note in notes)

    def _b2b_drift_text(self, order, drift):
        """One sentence: where, what is booked, what it should be."""
        figures = {
            name: money(self.env, drift[side].total, self.currency_id)
            for name, side in (("booked", "booked"), ("expected", "expected"))
        }
        if order:
            return self.env._(
                "%(order)s has booked %(booked)s here but comes to %(expected)s. "
                "Nothing was changed; tell the administrator.",
                order=order.name,
                **figures,
            )
        return self.env._(
            "The counter of this account says %(booked)s, its movements add up to "
            "%(expected)s. Nothing was changed; tell the administrator.",
            **figures,
        )
