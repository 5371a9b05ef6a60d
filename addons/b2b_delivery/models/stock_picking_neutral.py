from odoo import fields, models
from odoo.tools import format_date


class StockPicking(models.Model):
    """Goods to an end customer of the buyer: his name on the slip, no word to them."""

    _inherit = "stock.picking"

    b2b_neutral = fields.Boolean(
        "For the buyer's end customer",
        compute="_compute_b2b_neutral",
        help="The slip names the buyer as sender and has no prices.",
    )

    def _compute_b2b_neutral(self):
        for picking in self:
            picking.b2b_neutral = picking._b2b_is_neutral()

    def _b2b_is_neutral(self):
        self.ensure_one()
        # sudo: printed by whoever packs, and by the buyer in the portal.
        return self.sudo().partner_id.b2b_end_customer

    def _b2b_sender(self):
        """In whose name the goods go: the buyer."""
        self.ensure_one()
        return self.sudo().partner_id.commercial_partner_id

    def _b2b_slip_date(self):
        """The day with the month by its name, where the goods are delivered.

        The receiver may read 12/03 another way round than the sender.
        """
        self.ensure_one()
        # By the clock of the schedule, not by that of whoever prints it.
        day = self._b2b_planned_day()
        return format_date(self.env, day, date_format="long")

    def _b2b_slip_lines(self):
        """``[(article, unit, ordered, delivered)]`` in the buyer's words, no prices.

        Articles without our numbers: the reader is not our customer.
        """
        self.ensure_one()
        rows = []
        for move in self.sudo().move_ids.filtered(lambda m: m.state != "cancel"):
            product = move.product_id.with_context(display_default_code=False)
            rows.append(
                (
                    product.display_name,
                    move.product_uom.name,
                    move.product_uom_qty,
                    move.quantity if self.state == "done" else move.product_uom_qty,
                )
            )
        return rows

    def _message_sms_with_template(self, *args, partner_ids=None, **options):
        """End customers of a buyer get no message from us, not even a short one."""
        if partner_ids:
            partners = self.env["res.partner"].sudo().browse(partner_ids)
            partner_ids = partners.filtered(lambda p: not p.b2b_end_customer).ids
            if not partner_ids:
                return None
        return super()._message_sms_with_template(
            *args, partner_ids=partner_ids, **options
        )
