from odoo import fields, models
from odoo.exceptions import UserError


class AgreementCompare(models.TransientModel):
    """Dialog: what an open order would come to under each agreement."""

    _name = "b2b.agreement.compare"
    _description = "B2B Comparison of Agreements"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("b2b.agreement.compare.line", "compare_id")


class AgreementCompareLine(models.TransientModel):
    _name = "b2b.agreement.compare.line"
    _description = "B2B Total under an Agreement"

    compare_id = fields.Many2one(
        "b2b.agreement.compare", required=True, ondelete="cascade"
    )
    agreement_id = fields.Many2one(
        "b2b.agreement", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    is_current = fields.Boolean(readonly=True)
    is_usable = fields.Boolean(readonly=True)
    note = fields.Char("", readonly=True, help="In use now, or since when it ended.")
    amount_untaxed = fields.Monetary(
        "Excl. tax", readonly=True, help="In the currency of the agreement's list."
    )
    amount_tax = fields.Monetary("Tax", readonly=True, help="As for this delivery.")
    amount_total = fields.Monetary("Total", readonly=True, help="Tax included.")

    def action_take(self):
        """Put the order under this agreement: its prices and terms follow.

        :raise UserError: when the order is no longer open
        :raise AccessError: for who may not change the order
        """
        self.ensure_one()
        order = self.compare_id.order_id
        order.check_access("write")
        if order.state != "draft" or order._b2b_is_submitted():
            raise UserError(
                self.env._("%s is no longer open; its agreement is fixed.", order.name)
            )
        order.b2b_agreement_id = self.agreement_id
        return {"type": "ir.actions.act_window_close"}
