from odoo import api, models
from odoo.fields import Domain


def _customer(env):
    """The party of the order whose line is typed, from the form's context."""
    partner_id = env.context.get("partner_id")
    none = env["res.partner"]
    if not isinstance(partner_id, int) or env.user.share:
        return none
    # The context comes from the browser: only a party that the user may see.
    partner = none.browse(partner_id).exists()
    party = partner.sudo().commercial_partner_id.sudo(False)
    if party.sudo().b2b_customer_type != "trade" or not party.has_access("read"):
        return none
    return party


def _with_own_hits(found, hits, limit):
    """``name_search`` pairs with the products of an own code first."""
    ids = set(hits.ids)
    own = [(record.id, record.display_name) for record in hits.sudo()]
    rest = [pair for pair in found if pair[0] not in ids]
    return (own + rest)[: limit or None]


class ProductProduct(models.Model):
    """On an order line the customer's own code finds the product."""

    _inherit = "product.product"

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        found = super().name_search(name, domain, operator, limit)
        if not name or operator in Domain.NEGATIVE_OPERATORS:
            return found
        ids = self.env["b2b.product.code"]._b2b_product_ids(_customer(self.env), name)
        if not ids:
            return found
        hits = self.search_fetch(
            Domain(domain or Domain.TRUE) & Domain("id", "in", ids),
            ["display_name"],
            limit=limit,
        )
        return _with_own_hits(found, hits, limit)


class ProductTemplate(models.Model):
    """The order line searches templates; products of an own code come first."""

    _inherit = "product.template"

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        found = super().name_search(name, domain, operator, limit)
        if not name or operator in Domain.NEGATIVE_OPERATORS:
            return found
        ids = self.env["b2b.product.code"]._b2b_product_ids(_customer(self.env), name)
        if not ids:
            return found
        hits = self.search_fetch(
            Domain(domain or Domain.TRUE) & Domain("product_variant_ids", "in", ids),
            ["display_name"],
            limit=limit,
        )
        return _with_own_hits(found, hits, limit)
