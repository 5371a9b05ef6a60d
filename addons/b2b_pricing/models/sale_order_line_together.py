from odoo import models

from .product_pricelist_engine import only_ours

#: Addons that are known to say what a line asks of a list, and what it costs. Where
#: another one has a say, each line is priced by itself, through Odoo's own methods.
KNOWN = (
    "odoo.addons.sale.",
    "odoo.addons.sale_loyalty.",
    "odoo.addons.website_sale.",
    "odoo.addons.b2b_",
)
ASKING = ("_get_pricelist_kwargs", "_get_order_date")
PRICING = (
    *ASKING,
    "_compute_price_unit",
    "_reset_price_unit",
    "_get_display_price",
    "_get_display_price_ignore_combo",
    "_get_pricelist_price",
    "_get_product_price_context",
)


class SaleOrderLine(models.Model):
    """Prices of the lines of an order, set in one pass.

    Odoo asks the same of the order for each line, and through a dozen methods. Rules
    and amounts stay Odoo's and this suite's, ``_compute_price``; the tests price
    random orders both ways.
    """

    _inherit = "sale.order.line"

    def _compute_price_unit(self):
        together = self.browse()
        if len(self) > 1 and all(only_ours(self, name, KNOWN) for name in PRICING):
            together = self.filtered(lambda line: line._b2b_has_plain_price())
        super(SaleOrderLine, self - together)._compute_price_unit()
        for company, lines in together.grouped("company_id").items():
            # The context is Odoo's own, of a price that nobody typed.
            lines = lines.with_context(sale_write_from_compute=True)
            lines.with_company(company)._b2b_set_list_prices()

    def _b2b_has_plain_price(self):
        """Whether its price is what a rule of the order's list gives, and is due.

        The same conditions in the same order as Odoo's; what is special is left to it.
        """
        self.ensure_one()
        order, product = self.order_id, self.product_id
        if not order or self.is_downpayment or self._is_global_discount():
            return False
        if not product or not self.product_uom_id or self.product_type == "combo":
            return False
        special = self.combo_item_id or self.display_type
        if special or ("is_reward_line" in self._fields and self.is_reward_line):
            return False
        currency = self.currency_id
        typed = not self.env.context.get("force_price_recomputation") and (
            not currency
            or currency.compare_amounts(self.technical_price_unit, self.price_unit)
        )
        if typed or self.qty_invoiced > 0 or product.expense_policy == "cost":
            return False
        rule = self.pricelist_item_id
        own = rule and rule.pricelist_id == order.pricelist_id
        return bool(own and not rule._show_discount())

    def _b2b_set_list_prices(self):
        """Write what the rules of the lines give."""
        for line, kwargs in self._b2b_asked():
            context = line._get_product_price_context()
            price = line.pricelist_item_id._compute_price(
                product=line.product_id.with_context(**context), **kwargs
            )
            position = line.order_id.fiscal_position_id
            if position:
                taxes = line.product_id.taxes_id
                price = line.product_id._get_tax_included_unit_price_from_price(
                    price,
                    product_taxes=taxes._filter_taxes_by_company(line.company_id),
                    fiscal_position=position,
                )
            line.update({"price_unit": price, "technical_price_unit": price})

    def _b2b_asked(self):
        """Pairs of a line and what it asks of a list, the order's part read once."""
        if not all(only_ours(self, name, KNOWN) for name in ASKING):
            for line in self:
                yield line, line._get_pricelist_kwargs()
            return
        of_orders = {}
        for line in self:
            order = line.order_id._ids
            if order not in of_orders:
                of_orders[order] = line._get_pricelist_kwargs()
            yield (
                line,
                {
                    **of_orders[order],
                    "quantity": line.product_uom_qty or 1.0,
                    "uom": line.product_uom_id,
                },
            )
