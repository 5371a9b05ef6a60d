import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OrderWritten(models.TransientModel):
    """A customer's written approval, recorded by a sales manager (DECISIONS 1).

    Only with the document, which the customer sees; never about an order that the
    sales manager entered himself.
    """

    _name = "b2b.order.written"
    _description = "B2B Written Approval"

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
        help="The order that waits for the customer.",
    )
    message = fields.Text(
        compute="_compute_message", help="What the approval has to be about."
    )
    document = fields.Binary(
        required=True,
        attachment=False,
        help="The letter or mail of the customer; the customer sees it.",
    )
    filename = fields.Char(help="Name of the document.")
    approver = fields.Char(
        "Approved by",
        required=True,
        help="Who at the customer signed, as the document says.",
    )
    comment = fields.Char(help="Kept with the decision; the customer reads it.")

    @api.depends("order_id")
    def _compute_message(self):
        for dialog in self:
            dialog.message = "\n".join(dialog._b2b_holds().mapped("message"))

    def _b2b_holds(self):
        """Open holds of the customer's side that a decision can close."""
        # sudo: a sales manager may read holds of the orders he may read.
        return self.order_id.sudo().b2b_open_hold_ids.filtered(
            lambda hold: hold.side == "buyer" and hold.severity == "authorize"
        )

    def action_record(self):
        """Release the customer's holds, with the document as the reason."""
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        holds = self._b2b_check(order)
        file = self.env["ir.attachment"].create(
            {
                "name": self.filename or self.env._("Written approval"),
                "raw": base64.b64decode(self.document),
                "res_model": order._name,
                "res_id": order.id,
            }
        )
        order._b2b_touch()
        holds._b2b_close("released", None, self.env.user)
        comment = self.env._(
            "%(who)s, in writing. %(comment)s",
            who=self.approver.strip(),
            comment=self.comment or "",
        )
        for hold in holds:
            hold._b2b_note("written", self.env.user, comment, attachment_id=file.id)
        order.message_post(
            body=self.env._("Approved in writing by %s", self.approver.strip()),
            attachment_ids=file.ids,
            subtype_xmlid="mail.mt_comment",
        )
        order._b2b_after_decision("released")
        return {"type": "ir.actions.act_window_close"}

    def _b2b_check(self, order):
        """The holds that are released, when everything is in order."""
        if not self.env.user.has_group("b2b_party.group_sales_manager"):
            raise AccessError(
                self.env._("Only a sales manager records a written approval.")
            )
        holds = self._b2b_holds()
        if not holds:
            raise UserError(
                self.env._("%s does not wait for the customer any more.", order.name)
            )
        if self.env.user in holds.requested_by_id | order.sudo().b2b_orderer_id:
            raise UserError(
                self.env._(
                    "You entered %s yourself; another sales manager records the "
                    "approval.",
                    order.name,
                )
            )
        if not self.document or not (self.approver or "").strip():
            raise UserError(
                self.env._("Attach the customer's document and say who signed it.")
            )
        return holds
