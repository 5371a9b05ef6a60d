from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import SQL


class CreditTerms(NamedTuple):
    """What is known of a credit account without asking the database."""

    id: int
    company_id: int
    currency_id: int
    action: str
    overdue_action: str
    overdue_days: int
    overdue_ignored: float
    is_group: bool


class CreditAccount(models.Model):
    """Which accounts concern which party on which day."""

    _inherit = "b2b.credit.account"

    @api.model
    def _b2b_accounts_of(self, company_id, party_id, on=None):
        """Terms of the accounts that concern a party: its own and its groups'.

        :param on: a day; today in the zone of the user by default
        """
        on = on or fields.Date.context_today(self)
        return self._b2b_accounts_on(company_id, party_id, on)

    @api.model
    @tools.ormcache("company_id", "party_id", "day")
    def _b2b_accounts_on(self, company_id, party_id, day):
        self.flush_model(["active", "company_id", "party_id", "party_group_id"])
        self.env["b2b.party.group.member"].flush_model()
        self.env["b2b.party.group"].flush_model(["active"])
        rows = self.env.execute_query(
            SQL(
                """SELECT a.id
                     FROM b2b_credit_account a
                    WHERE a.active AND a.company_id = %(company)s
                      AND (a.party_id = %(party)s OR a.party_group_id IN (
                            SELECT m.group_id FROM b2b_party_group_member m
                              JOIN b2b_party_group g ON g.id = m.group_id AND g.active
                             WHERE m.partner_id = %(party)s
                               AND COALESCE(m.date_from, '-infinity') <= %(day)s
                               AND COALESCE(m.date_to, 'infinity') >= %(day)s))
                    ORDER BY a.id""",
                company=company_id,
                party=party_id,
                day=day,
            )
        )
        accounts = self.sudo().browse([row[0] for row in rows])
        return tuple(account._b2b_as_terms() for account in accounts)

    @api.model
    @tools.ormcache("account_id")
    def _b2b_terms_of(self, account_id):
        """Terms of one account; None when it does not exist."""
        account = self.sudo().browse(account_id).exists()
        return account._b2b_as_terms() if account else None

    def _b2b_currency(self):
        """Currency of this account, without a query."""
        self.ensure_one()
        return self.env["res.currency"].browse(self._b2b_terms_of(self.id).currency_id)

    def _b2b_as_terms(self):
        self.ensure_one()
        return CreditTerms(
            id=self.id,
            company_id=self.company_id.id,
            currency_id=self.currency_id.id,
            action=self.action,
            overdue_action=self.overdue_action,
            overdue_days=self.overdue_days,
            overdue_ignored=self.overdue_ignored,
            is_group=bool(self.party_group_id),
        )

    @api.model
    def _b2b_accounts_of_parties(self, company, parties):
        """Accounts that concern any of these parties, as records, rights lifted."""
        ids = {
            term.id
            for party in parties
            for term in self._b2b_accounts_of(company.id, party.id)
        }
        return self.sudo().browse(sorted(ids))
