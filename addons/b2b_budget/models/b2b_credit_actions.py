from odoo import fields, models
from odoo.fields import Domain


class CreditAccount(models.Model):
    """Every figure of an account opens its records."""

    _inherit = "b2b.credit.account"

    overdue_count = fields.Integer(
        compute="_compute_overdue_count", help="Overdue invoices, disputed ones too."
    )

    def _compute_overdue_count(self):
        for account in self:
            moves = self.env["account.move"]
            if moves.has_access("read"):
                account.overdue_count = moves.search_count(
                    account._b2b_overdue_domain()
                )
            else:
                account.overdue_count = 0

    def _b2b_team(self):
        """Whom credit of this account concerns: its controller, else all of them."""
        self.ensure_one()
        if self.user_id.active:
            return self.user_id
        group = self.env.ref("b2b_party.group_credit").sudo()
        company = self.company_id
        everybody = group.all_user_ids.filtered(
            lambda user: not user.share and company in user.company_ids
        )
        # Administrators hold every role; they are asked when nobody else is there.
        return (everybody & group.user_ids) or everybody

    def _b2b_invoice_domain(self):
        self.ensure_one()
        parties = self.sudo()._b2b_parties()
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("partner_id.commercial_partner_id", "in", parties.ids)
            & Domain("move_type", "in", ["out_invoice", "out_receipt", "out_refund"])
        )

    def _b2b_overdue_domain(self):
        today = fields.Date.context_today(self)
        return (
            self._b2b_invoice_domain()
            & Domain("state", "=", "posted")
            & Domain("move_type", "!=", "out_refund")
            & Domain("payment_state", "in", ["not_paid", "partial"])
            & Domain("invoice_date_due", "<", today)
        )

    def _b2b_open_window(self, model, name, domain, **extra):
        self.ensure_one()
        self.check_access("read")
        self.env[model].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "name": name,
            "view_mode": "list,form",
            "domain": list(Domain(domain)),
            "context": {"create": False},
            **extra,
        }

    def action_overdue_invoices(self):
        """Open overdue invoices."""
        return self._b2b_open_window(
            "account.move",
            self.env._("Overdue invoices of %s", self.display_name),
            self._b2b_overdue_domain(),
        )

    def action_open_invoices(self):
        """Open unpaid and draft invoices."""
        unpaid = Domain("state", "=", "posted") & Domain(
            "payment_state", "in", ["not_paid", "partial"]
        )
        return self._b2b_open_window(
            "account.move",
            self.env._("Open invoices of %s", self.display_name),
            self._b2b_invoice_domain() & (unpaid | Domain("state", "=", "draft")),
        )

    def action_orders(self):
        """Open the orders that hold something of this account."""
        return self._b2b_open_window(
            "sale.order",
            self.env._("Orders on the credit of %s", self.display_name),
            Domain("id", "in", self.sudo()._b2b_booked_orders().ids),
        )

    def action_entries(self):
        """Open the movements of this account."""
        return self._b2b_open_window(
            "b2b.credit.entry",
            self.env._("Credit movements of %s", self.display_name),
            Domain("account_id", "=", self.id),
        )

    def action_history(self):
        """Open movements and accounting documents of this account together."""
        parties = self.sudo()._b2b_parties()
        return self._b2b_open_window(
            "b2b.credit.history",
            self.env._("Credit history of %s", self.display_name),
            Domain("company_id", "=", self.company_id.id)
            & (
                Domain("account_id", "=", self.id)
                | Domain("party_id", "in", parties.ids)
            ),
        )

    def action_change_limit(self):
        """Open the dialog that changes the limit."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "b2b_budget.b2b_credit_change_action"
        )
        return action | {"context": {"default_account_id": self.id}}
