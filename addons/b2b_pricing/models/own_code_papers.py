from odoo import models


class SaleOrder(models.Model):
    """Quotation and order name products as the customer does, beside our words."""

    _inherit = "sale.order"

    def _b2b_own_labels(self):
        """``{product id: own code and name}`` of the customer, one query."""
        self.ensure_one()
        if not self.b2b_is_trade:
            return {}
        codes = self.env["b2b.product.code"]
        return codes._b2b_labels(self.b2b_party_id, self.order_line.product_id)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _b2b_own_labels(self):
        """``{product id: own code and name}`` on invoices and credit notes."""
        self.ensure_one()
        if not self.is_sale_document():
            return {}
        codes = self.env["b2b.product.code"]
        return codes._b2b_labels(
            self.commercial_partner_id, self.invoice_line_ids.product_id
        )


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _b2b_own_labels(self):
        """``{product id: own code and name}`` of who ordered the delivery."""
        self.ensure_one()
        if self.picking_type_code != "outgoing":
            return {}
        # sudo: the warehouse need not see the order to print its slip.
        picking = self.sudo()
        party = picking.sale_id.b2b_party_id or picking.partner_id.commercial_partner_id
        products = picking.move_ids.product_id | picking.move_line_ids.product_id
        return self.env["b2b.product.code"]._b2b_labels(party, products)
