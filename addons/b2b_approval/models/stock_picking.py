from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare
from odoo.tools.misc import formatLang


class ResCompany(models.Model):
    _inherit = "res.company"

    b2b_over_delivery = fields.Selection(
        [("refuse", "Is refused"), ("flag", "Is delivered and told")],
        "More than was ordered",
        default="refuse",
        required=True,
        help="What happens when a delivery to a trade customer holds more than was "
        "ordered, or an article nobody ordered. A change of the order passes budgets, "
        "approvals and credit; a heavier parcel does not.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    b2b_over_delivery = fields.Selection(
        related="company_id.b2b_over_delivery", readonly=False
    )


def _in_unit(records, quantity, unit, product):
    """Sum of a quantity of lines or moves, in the unit of the article."""
    return sum(
        record[unit]._compute_quantity(record[quantity], product.uom_id, round=False)
        for record in records
    )


class StockPicking(models.Model):
    """No way around the gate by the warehouse: nothing leaves that was not ordered."""

    _inherit = "stock.picking"

    def _action_done(self):
        self._b2b_check_over_delivery()
        return super()._action_done()

    def _b2b_check_over_delivery(self):
        """Refuse, or tell, what trade customers would get beyond their orders.

        :raise UserError: with article, ordered and delivered quantity
        """
        # sudo: the warehouse may not read orders; only quantities are said. Deliveries
        # of one order that leave together are looked at together.
        for order, pickings in self.sudo().grouped("sale_id").items():
            if not order.b2b_is_trade:
                continue
            refused = order.company_id.b2b_over_delivery == "refuse"
            excess = pickings._b2b_excess(order, refused)
            if not excess:
                continue
            text = " ".join(excess)
            if refused:
                raise UserError(
                    self.env._(
                        "%(order)s: %(what)s Deliver what was ordered, or change the "
                        "order first.",
                        order=order.name,
                        what=text,
                    )
                )
            order.message_post(body=text)
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=(order.user_id or self.env.user).id,
                summary=self.env._("More was delivered than ordered"),
                note=text,
            )

    def _b2b_excess(self, order, refused):
        """One sentence for each article of which more leaves than was ordered.

        :param bool refused: whether it stays here; else it is told as done
        """
        moves = self.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.quantity
                and move.location_dest_id.usage == "customer"
                # Of a kit its parts are moved, and they are no line of the order.
                and move.product_id == (move.sale_line_id or move).product_id
            )
        )
        found = []
        for product in moves.product_id:
            lines = order.order_line.filtered(lambda ln, p=product: ln.product_id == p)
            own = moves.filtered(lambda move, p=product: move.product_id == p)
            ordered = _in_unit(lines, "product_uom_qty", "product_uom_id", product)
            before = _in_unit(lines, "qty_delivered", "product_uom_id", product)
            total = before + _in_unit(own, "quantity", "product_uom", product)
            if float_compare(total, ordered, 3) > 0:
                found.append(self._b2b_excess_text(product, ordered, total, refused))
        return found

    def _b2b_excess_text(self, product, ordered, delivered, refused):
        values = {
            "article": product.name,
            "ordered": self._b2b_figure(ordered),
            "delivered": self._b2b_figure(delivered),
        }
        if not refused and not ordered:
            return self.env._(
                "%(article)s: %(delivered)s delivered, it was not ordered.", **values
            )
        if not refused:
            return self.env._(
                "%(article)s: %(delivered)s delivered, %(ordered)s were ordered.",
                **values,
            )
        if not ordered:
            return self.env._(
                "%(article)s: %(delivered)s would be delivered, it was not ordered.",
                **values,
            )
        return self.env._(
            "%(article)s: %(delivered)s would be delivered, %(ordered)s were ordered.",
            **values,
        )

    def _b2b_figure(self, number):
        return formatLang(self.env, number, digits=0 if number == int(number) else 2)
