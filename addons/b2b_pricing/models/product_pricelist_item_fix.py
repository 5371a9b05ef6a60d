from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from .product_pricelist_item_supplier import SUPPLIER_NET


class ProductPricelistItem(models.Model):
    """Prices from supplier net become fixed ones before the addon goes.

    Odoo would set the base of such a rule back to the sales price: 12.00 would become
    900.00 overnight (DESIGN 4.10).
    """

    _inherit = "product.pricelist.item"

    def _b2b_fix_last_prices(self):
        """Replace these rules by fixed prices per variant, break and period.

        Prices are those of today, at today's rates, also for periods to come.

        :return: the fixed rules
        """
        todo = self.filtered(lambda rule: rule.base == SUPPLIER_NET)
        made = self.browse()
        for pricelist in todo.pricelist_id:
            own = todo.filtered(lambda rule, of=pricelist: rule.pricelist_id == of)
            made += self.create(pricelist._b2b_last_prices(own))
        todo.unlink()
        return made

    def _b2b_covered_products(self):
        """All variants that one of these rules may price."""
        scopes = []
        for rule in self:
            if rule.applied_on == "0_product_variant":
                scopes.append(Domain("id", "=", rule.product_id.id))
            elif rule.applied_on == "1_product":
                scopes.append(Domain("product_tmpl_id", "=", rule.product_tmpl_id.id))
            elif rule.applied_on == "2_product_category":
                scopes.append(Domain("categ_id", "child_of", rule.categ_id.id))
            else:
                scopes.append(Domain("sale_ok", "=", True))
        own = Domain("company_id", "in", (False, self.env.company.id))
        # Archived ones as well: they come back with the price they had.
        Product = self.env["product.product"].with_context(active_test=False)
        return Product.search(Domain.OR(scopes) & own)


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def _b2b_last_prices(self, rules):
        """Values of fixed rules that charge what ``rules`` of this list charge."""
        self.ensure_one()
        company = self.company_id or self.env.company
        pricelist = self.with_company(company)
        products = rules.with_company(company)._b2b_covered_products()
        values = []
        for start, end in pricelist._b2b_periods():
            values += pricelist._b2b_last_prices_in(start, end, products)
        return values

    def _b2b_periods(self):
        """``(from, until)`` between the moments at which rules begin or end.

        The first one has begun, the last one has no end.
        """
        now = fields.Datetime.now()
        rules = self.env["product.pricelist.item"].search(
            [("pricelist_id", "=", self.id)]
        )
        second = timedelta(seconds=1)
        turns = {rule.date_start for rule in rules if rule.date_start}
        turns |= {rule.date_end + second for rule in rules if rule.date_end}
        turns = sorted(moment for moment in turns if moment > now)
        ends = [moment - second for moment in turns]
        return list(zip([now, *turns], [*ends, False], strict=True))

    def _b2b_last_prices_in(self, start, end, products):
        """Fixed rules of one period, for products that supplier net prices here."""
        Item = self.env["product.pricelist.item"]
        zero = dict.fromkeys(products.ids, 0.0)
        batch = self._b2b_batch(products, {pid: {0.0} for pid in products.ids})
        call = {"date": start, "b2b_alone": True, "b2b_batch": batch}
        points = self._b2b_break_points(products, zero, zero, call)
        begun = start <= fields.Datetime.now()
        values = []
        for product_id, found in points.items():
            rules = Item.browse({rule for _price, rule in found.values() if rule})
            if SUPPLIER_NET not in rules.mapped("base"):
                continue
            values += [
                {
                    "pricelist_id": self.id,
                    "applied_on": "0_product_variant",
                    "product_id": product_id,
                    "compute_price": "fixed",
                    "fixed_price": price,
                    "min_quantity": quantity,
                    "date_start": False if begun else start,
                    "date_end": end,
                }
                for quantity, (price, rule) in sorted(found.items())
                if rule
            ]
        return values
