from odoo import models

from .product_pricelist_engine import only_ours

#: Where Odoo itself says what a distribution model applies to.
HOME = ("odoo.addons.analytic.models.", "odoo.addons.account.models.")

LINES = ("odoo.addons.sale.", "odoo.addons.analytic.", "odoo.addons.b2b_")
DECIDING = (
    "_create_domain",
    "_get_distribution",
    "_get_applicable_models",
    "_get_default_search_domain_vals",
)


class SaleOrderLine(models.Model):
    """Analytic distributions of many lines by one look at the models there are."""

    _inherit = "sale.order.line"

    def _compute_analytic_distribution(self):
        """Odoo searches per line; here lines for which the same models count share it.

        A product or category that no model names is as good as none: the search then
        finds the same models. Most businesses have few of them, or none at all.
        """
        Model = self.env["account.analytic.distribution.model"]
        asked = self.filtered(lambda line: not line.display_type)
        if len(asked) < 2 or not asked._b2b_distributes_as_odoo():
            return super()._compute_analytic_distribution()
        # sudo: only which products and categories are named at all.
        models_ = Model.sudo().search_fetch([], ["product_id", "product_categ_id"])
        none = []
        for line, found in asked._b2b_distributions(models_):
            if found:
                line.analytic_distribution = found
            elif line.analytic_distribution:
                # Odoo's own words: what is there stays.
                line.analytic_distribution = line.analytic_distribution
            else:
                none.append(line.id)
        self.browse(none).analytic_distribution = False
        return None

    def _b2b_distributes_as_odoo(self):
        """Whether no other addon decides what a line or a model says."""
        Model = self.env["account.analytic.distribution.model"]
        return only_ours(self, "_compute_analytic_distribution", LINES) and all(
            only_ours(Model, name, HOME) for name in DECIDING
        )

    def _b2b_distributions(self, models_):
        """Pairs of a line and its distribution; lines that ask the same ask once."""
        if not models_:
            return [(line, {}) for line in self]
        products, categories = models_.product_id, models_.product_categ_id
        Model = self.env[models_._name]
        known, pairs = {}, []
        for line in self:
            partner, product = line.order_id.partner_id, line.product_id
            asked = {
                "product_id": (product & products).id,
                "product_categ_id": (product.categ_id & categories).id,
                "partner_id": partner.id,
                "partner_category_id": partner.category_id.ids,
                "company_id": line.company_id.id,
            }
            key = (*list(asked.values())[:3], line.company_id.id)
            if key not in known:
                known[key] = Model._get_distribution(asked)
            pairs.append((line, known[key]))
        return pairs
