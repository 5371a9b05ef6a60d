from odoo import models
from odoo.fields import Domain

from odoo.addons.b2b_pricing.rules.context import PriceContext

#: Articles of a page that visitors see.
PAGE = 48


class B2bPortalRange(models.AbstractModel):
    """The public part of the range: what visitors may know of it.

    No prices, no stock, no quantities: names, codes, pictures, categories.
    """

    _name = "b2b.portal.range"
    _description = "Public range of the trade portal"

    def _b2b_is_open(self):
        """Whether the company shows a part of its range to anybody."""
        return self.env.company.sudo().b2b_public_range

    def _b2b_context(self):
        """Nobody in particular: only catalogs for everyone count."""
        env = self.sudo().env
        return PriceContext(
            party=env["res.partner"],
            seat=None,
            agreement=None,
            pricelist=None,
            company=env.company,
        )

    def _b2b_find(self, text="", category_id=0, offset=0):
        """One page of articles and how many there are: ``(rows, total)``."""
        context = self._b2b_context()
        catalog = context.company.env["b2b.catalog"]
        domain = catalog._b2b_search_domain(context, text)
        if category_id:
            domain &= Domain("categ_id", "=", category_id)
        total = catalog.env["product.product"].search_count(
            domain & catalog._b2b_domain(context)
        )
        found = catalog._b2b_products(
            context, domain, order="name, id", limit=PAGE, offset=offset
        )
        rows = found.env["b2b.portal.rows"]
        images = rows._b2b_images(found)
        return [
            {
                "id": product.id,
                "name": rows._b2b_name(product),
                "code": product.default_code or "",
                "category": product.categ_id.name,
                "tint": product.categ_id.id % 6,
                "image": images.get(product.id, ""),
            }
            for product in found
        ], total

    def _b2b_categories(self):
        """``[(id, name, count)]`` of the categories with public articles."""
        context = self._b2b_context()
        groups = context.company.env["product.product"]._read_group(
            context.company.env["b2b.catalog"]._b2b_domain(context),
            ["categ_id"],
            ["__count"],
        )
        return sorted(
            ((categ.id, categ.name, count) for categ, count in groups if categ),
            key=lambda row: row[1],
        )

    def _b2b_product(self, product_id):
        """The article if visitors may see it, with lifted rights; else nothing."""
        context = self._b2b_context()
        env = context.company.env
        return env["b2b.catalog"]._b2b_allows(
            context, env["product.product"].browse(product_id)
        )
