from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import points as rules
from .sale_order_points import is_settling


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    b2b_points_credited = fields.Monetary(
        "Points that came back",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Of goods that are credited beside others that are charged: what points "
        "had paid of them.",
    )

    def _b2b_points_quantity(self, sale_line):
        """Quantity of this line in the unit of a line of an order."""
        self.ensure_one()
        return rules.decimal(
            self.product_uom_id._compute_quantity(
                self.quantity, sale_line.product_uom_id
            ),
            6,
        )

    def unlink(self):
        if not is_settling():
            # sudo: who changes an invoice need not see orders.
            self.sudo()._b2b_points_check_removed()
        return super().unlink()

    def _b2b_points_check_removed(self):
        """Refuse to take points from a draft whose goods stay.

        They would be billed without them, and the points would come back to nobody.
        """
        for move in self.move_id.filtered(lambda one: one.state == "draft"):
            for line in move._b2b_points_lines() & self:
                paid = line.sale_line_ids.filtered(lambda one: one._b2b_is_points())
                goods = paid[:1]._b2b_points_of_tax()
                left = (move.invoice_line_ids - self).filtered(
                    lambda one, goods=goods: one.sale_line_ids & goods
                )
                if left:
                    raise UserError(
                        self.env._(
                            "“%s” belongs to the goods on this document and stays "
                            "with them. Remove the goods as well, or cancel the "
                            "invoice and change the points of the order.",
                            (line.name or "").split("\n")[0],
                        )
                    )
