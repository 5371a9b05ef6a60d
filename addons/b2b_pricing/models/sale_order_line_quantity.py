from odoo import api, models


class SaleOrderLine(models.Model):
    """Quantities that can be ordered, by article and customer (C7)."""

    _inherit = "sale.order.line"

    @api.onchange("product_id")
    def _onchange_b2b_product(self):
        """A new line starts with the smallest quantity: nobody typed one yet."""
        if self.product_id and self.order_id.b2b_is_trade and not self.display_type:
            corrected, _note = self._b2b_corrected_quantity()
            self.product_uom_qty = corrected

    @api.onchange("product_uom_qty", "product_uom_id")
    def _onchange_b2b_quantity(self):
        """In the form the quantity is corrected with a word why.

        What would become more than half as much again is asked about and left as it
        was typed (DECISIONS 18); the gate refuses it.
        """
        if not self.order_id.b2b_is_trade or self.display_type:
            return None
        corrected, note = self._b2b_corrected_quantity()
        if not note:
            return None
        if note.ask:
            message, kind = self.product_id._b2b_ask_text(note), "dialog"
        else:
            message, kind = self.product_id._b2b_note_text(note), "notification"
            self.product_uom_qty = corrected
        return {
            "warning": {
                "title": self.product_id.display_name,
                "message": message,
                "type": kind,
            }
        }

    def _b2b_quantity_rules_of_customer(self):
        """``{line: QuantityRule}``: one query per order at most."""
        found = {}
        for order in self.order_id:
            lines = self.filtered(lambda ln, of=order: ln.order_id == of)
            rules = lines.product_id._b2b_quantity_rules(
                order.b2b_party_id, order.b2b_agreement_id
            )
            found |= {ln: rules[ln.product_id.id] for ln in lines if ln.product_id}
        return found

    def _b2b_corrected_quantity(self, rule=None):
        """``(quantity in the line's unit, Note or None)`` for this customer.

        :param rule: QuantityRule of the customer where it is known already
        """
        self.ensure_one()
        product, unit = self.product_id, self.product_uom_id
        if not product or self.product_uom_qty <= 0:
            return self.product_uom_qty, None
        order = self.order_id
        rule = rule or product._b2b_quantity_rule(
            order.b2b_party_id, order.b2b_agreement_id
        )
        asked = self.product_uom_qty
        if unit and unit != product.uom_id:
            asked = unit._compute_quantity(
                asked, product.uom_id, round=False, raise_if_failure=False
            )
        corrected, note = rule.check(asked)
        if note and unit and unit != product.uom_id:
            corrected = product.uom_id._compute_quantity(
                corrected, unit, raise_if_failure=False
            )
        return (corrected, note) if note else (self.product_uom_qty, None)
