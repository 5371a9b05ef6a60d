from odoo import api, fields, models
from odoo.exceptions import UserError


class CreditChange(models.TransientModel):
    """Dialog: another limit, now or for some time, without leaving the order."""

    _name = "b2b.credit.change"
    _description = "B2B Credit Limit Dialog"

    account_id = fields.Many2one("b2b.credit.account", required=True, readonly=True)
    hold_id = fields.Many2one(
        "b2b.order.hold", readonly=True, help="The hold that the change is to solve."
    )
    currency_id = fields.Many2one(related="account_id.currency_id")
    limit = fields.Monetary(related="account_id.limit", string="Limit now")
    exposure = fields.Monetary(related="account_id.exposure")
    overdue = fields.Monetary(related="account_id.overdue")
    kind = fields.Selection(
        [("own", "Own"), ("insured", "Insured"), ("temporary", "Temporary")],
        required=True,
        default="own",
        help="Own and insured: the present line ends and this amount takes its place. "
        "Temporary: this amount is added until the last day.",
    )
    amount = fields.Monetary(
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="Currency of the account, tax included. 0: prepaid only.",
    )
    date_to = fields.Date("Until", help="Last day. Empty: until further notice.")
    reference = fields.Char(help="Minutes, policy or letter it rests on.")

    @api.depends("kind", "account_id")
    def _compute_amount(self):
        for wizard in self:
            lines = wizard._b2b_present_lines()
            wizard.amount = sum(lines.mapped("amount")) if lines else 0.0

    def _b2b_present_lines(self):
        kind = self.kind
        return self.account_id.limit_ids.filtered(
            lambda line: line.is_valid and line.kind == kind and kind != "temporary"
        )

    def action_apply(self):
        """Write the limit; then the order that waits for it is checked again."""
        self.ensure_one()
        self.account_id.check_access("write")
        if self.kind == "temporary" and not self.date_to:
            raise UserError(
                self.env._("A temporary limit needs a last day; enter one.")
            )
        today = fields.Date.context_today(self)
        if self.date_to and self.date_to < today:
            raise UserError(
                self.env._("The last day is over; choose a day from today on.")
            )
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = " ".join(filter(None, (kinds[self.kind], self.reference)))
        with self.account_id._b2b_one_change(words):
            self._b2b_replace_lines(today)
        if self.hold_id and self.hold_id.state == "open":
            self.hold_id.action_b2b_check_again()
        return True

    def _b2b_replace_lines(self, today):
        """End what this amount takes the place of, yesterday, and add the new line."""
        values = {
            "account_id": self.account_id.id,
            "kind": self.kind,
            "amount": self.amount,
            "date_from": today,
            "date_to": self.date_to,
            "reference": self.reference,
        }
        for line in self._b2b_present_lines():
            if line.date_from and line.date_from >= today:
                line.unlink()
            else:
                line.date_to = fields.Date.subtract(today, days=1)
        self.env["b2b.credit.limit"].create(values)
