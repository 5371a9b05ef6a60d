import math

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..rules import unusual
from .sale_order_unusual import ARTICLE, CODE, DESK


class OrderHold(models.Model):
    """An unusual quantity may be corrected by the order desk (DECISIONS 7)."""

    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {**super()._b2b_reasons(), CODE: self.env._("Unusual order")}

    def _b2b_unusual_product(self):
        """The article whose quantity waits for the order desk, or an empty record."""
        self.ensure_one()
        products = self.env["product.product"].sudo()
        prefix = DESK + ARTICLE
        key = self.key or ""
        if self.code != CODE or self.state != "open" or not key.startswith(prefix):
            return products
        return products.browse(int(key.removeprefix(prefix)))

    def _b2b_usual_quantity(self):
        """The usual quantity as it can be ordered, in the article's unit, or 0."""
        product = self._b2b_unusual_product()
        if not product:
            return 0.0
        order = self.sudo().order_id
        own, everybody, _past = order._b2b_usual()
        found, _is_own = unusual.usual(
            own.get(product.id, unusual.NOTHING),
            everybody.get(product.id, unusual.NOTHING),
            order.company_id.b2b_unusual_minimum,
        )
        return self._b2b_orderable_quantity(product, found)

    @api.model
    def _b2b_orderable_quantity(self, product, quantity):
        """Whole pieces; addons with packs and minimums round to theirs."""
        return math.ceil(quantity) if quantity >= 1 else quantity

    def action_correct(self, comment=""):
        """Set the article to the usual quantity and let the order go on.

        The order is checked again; other reasons keep it waiting. Orderer and order
        are told both figures.

        :param str comment: kept with the decision
        :raise AccessError: for somebody who may not decide
        :raise UserError: where there is no usual quantity, or it was decided already
        """
        self.ensure_one()
        user = self.env.user
        # sudo: holds are written by the system; who may decide is checked here.
        hold = self.sudo().exists()
        if not hold or not hold._b2b_concerns(user):
            raise AccessError(self.env._("You may not decide about this."))
        hold._b2b_check_decision("released", user)
        order, product = hold.order_id, hold._b2b_unusual_product()
        order._b2b_touch()
        quantity = hold._b2b_usual_quantity()
        if not quantity:
            raise UserError(
                self.env._("There is no usual quantity to correct to; release or ask.")
            )
        text = order._b2b_correct_line(product, quantity)
        note = f"{text} {(comment or '').strip()}".strip()
        hold._b2b_close("void", "corrected", user, note)
        with order._b2b_unattended():
            order.action_confirm()
        order._b2b_tell_orderer("_b2b_corrected_text")
        return True


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_correct_line(self, product, quantity):
        """Set an article of the order to a quantity in its own unit.

        :return: a sentence with both figures
        """
        self.ensure_one()
        before = self._b2b_typed_quantities().get(product, 0.0)
        lines = self._b2b_typed_lines().filtered(
            lambda line: line.product_id == product
        )
        first, others = lines[:1], lines[1:]
        others.unlink()
        unit = first.product_uom_id
        if unit != product.uom_id:
            first.product_uom_qty = product.uom_id._compute_quantity(quantity, unit)
        else:
            first.product_uom_qty = quantity
        return self.env._(
            "%(article)s: %(before)s → %(after)s %(unit)s.",
            article=product.name,
            before=self._b2b_figure(before),
            after=self._b2b_figure(quantity),
            unit=product.uom_id.name,
        )

    def _b2b_corrected_text(self):
        """What the orderer reads after a correction."""
        decision = self.b2b_hold_ids.decision_ids.filtered(
            lambda row: row.verdict == "corrected"
        ).sorted("id")[-1:]
        return self.env._(
            "%(who)s set an unusual quantity of %(order)s to the usual one. %(what)s",
            who=decision._b2b_who_for_buyer(),
            order=self.name,
            what=decision.comment or "",
        )
