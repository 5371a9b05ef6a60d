from odoo import api, fields, models, tools

from odoo.addons.b2b_party.tools import money

from .res_partner import STAFF


class ResPartner(models.Model):
    """Credit of a party on its form and on its overview."""

    _inherit = "res.partner"

    b2b_credit_account_ids = fields.One2many(
        "b2b.credit.account",
        "party_id",
        "Credit accounts",
        groups=STAFF,
        help="How much this party may owe us, per company.",
    )
    b2b_credit_used = fields.Float(
        "Credit used %",
        compute="_compute_b2b_credit_used",
        groups=STAFF,
        help="Exposure in % of the limit in the current company.",
    )

    @api.model
    @tools.ormcache("partner_id")
    def _b2b_commercial_id(self, partner_id):
        """Id of the party an address belongs to, kept until a parent changes."""
        partner = self.sudo().browse(partner_id)
        return partner.commercial_partner_id.id or partner_id

    def write(self, vals):
        result = super().write(vals)
        if {"parent_id", "is_company", "company_type"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def _compute_b2b_credit_used(self):
        company = self.env.company
        for partner in self:
            own = partner.b2b_credit_account_ids.filtered(
                lambda account: account.company_id == company
            )
            partner.b2b_credit_used = own[:1].used_percent

    def _b2b_credit_account(self):
        """The party's own account in the current company, if the user may read it."""
        self.ensure_one()
        accounts = self.env["b2b.credit.account"]
        if not accounts.has_access("read"):
            return accounts
        return accounts.search(
            [("party_id", "=", self.id), ("company_id", "=", self.env.company.id)]
        )

    def action_b2b_credit(self):
        """Open the credit account of this party, or a new one."""
        self.ensure_one()
        self.env["b2b.credit.account"].check_access("read")
        self.check_access("read")
        account = self._b2b_credit_account()
        return {
            "type": "ir.actions.act_window",
            "res_model": "b2b.credit.account",
            "name": self.env._("Credit of %s", self.name),
            "view_mode": "form" if account else "list,form",
            "res_id": account.id,
            "domain": [("party_id", "=", self.id)],
            "context": {"default_party_id": self.id},
        }

    # -------------------------------------------------------------- overview

    def _b2b_overview_sees_credit(self):
        return super()._b2b_overview_sees_credit() or bool(self._b2b_credit_account())

    def _b2b_overview_credit(self):
        """Our own figures where there is an account, else those of Odoo."""
        account = self._b2b_credit_account()
        if not account:
            return super()._b2b_overview_credit()
        exposure, currency = account._b2b_exposures()[account.id], account.currency_id
        top = max(exposure.limit or 0.0, exposure.total, 1.0)
        late = max(min(account.overdue, exposure.posted), 0.0)
        section = {
            "id": "credit",
            "sequence": 30,
            "title": self.env._("Credit"),
            "figure": money(self.env, exposure.total, currency),
            "subtitle": self._b2b_overview_limit(exposure, currency),
            "parts": [
                {"share": late / top, "tone": "bad"},
                {
                    "share": max(exposure.used - late, 0.0) / top,
                    "tone": "steel",
                },
                {"share": max(exposure.waiting, 0.0) / top, "tone": "striped"},
            ],
            "notes": self._b2b_overview_credit_notes(exposure, currency),
            "action": self._b2b_overview_record(account),
        }
        if account.overdue > 0:
            section["alert"] = {
                "text": self.env._(
                    "%s overdue", money(self.env, account.overdue, currency)
                ),
                "action": self._b2b_overview_action(
                    "account.move",
                    self.env._("Overdue invoices"),
                    account._b2b_overdue_domain(),
                ),
            }
        return section

    def _b2b_overview_limit(self, exposure, currency):
        if not exposure.is_checked:
            return self.env._("used, credit is not checked")
        if exposure.prepaid_only:
            return self.env._("used, prepaid only")
        return self.env._(
            "used of %(limit)s, %(left)s left",
            limit=money(self.env, exposure.limit, currency),
            left=money(self.env, exposure.available, currency),
        )

    def _b2b_overview_credit_notes(self, exposure, currency):
        rows = (
            (exposure.posted, self.env._("%s open invoices")),
            (exposure.drafted, self.env._("%s in draft invoices")),
            (exposure.confirmed, self.env._("%s confirmed, not invoiced yet")),
            (exposure.waiting, self.env._("%s waiting")),
        )
        return [
            text % money(self.env, value, currency) for value, text in rows if value
        ]
