from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..rules.catalog import Terms

SHOWS = ("category_ids", "tag_ids", "product_ids")
HIDES = ("excluded_category_ids", "excluded_tag_ids", "excluded_product_ids")


class Catalog(models.Model):
    """Which products a party sees.

    All catalogs whose audience a party belongs to add up; what one of them excludes
    is hidden whatever the others include. While no catalog includes anything, trade
    parties see everything that can be sold.
    """

    _name = "b2b.catalog"
    _description = "B2B Catalog"
    _inherit = ["mail.thread"]
    _order = "sequence, name"
    _check_company_auto = True

    name = fields.Char(
        required=True, tracking=True, help="For your team, for instance “Christmas”."
    )
    sequence = fields.Integer(default=10, help="Order in this list only.")
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty for all of your companies."
    )
    whole_range = fields.Boolean(
        "Whole range",
        tracking=True,
        help="Shows every product that can be sold, except what is excluded.",
    )
    category_ids = fields.Many2many(
        "product.category",
        "b2b_catalog_category_rel",
        "catalog_id",
        "categ_id",
        "Categories",
        help="Shows all products in these categories and below.",
    )
    product_ids = fields.Many2many(
        "product.template",
        "b2b_catalog_product_rel",
        "catalog_id",
        "product_tmpl_id",
        "Products",
        check_company=True,
        help="Shows these products.",
    )
    tag_ids = fields.Many2many(
        "product.tag",
        "b2b_catalog_tag_rel",
        "catalog_id",
        "tag_id",
        "Tags",
        help="Shows all products with one of these tags.",
    )
    excluded_category_ids = fields.Many2many(
        "product.category",
        "b2b_catalog_excluded_category_rel",
        "catalog_id",
        "categ_id",
        "Excluded categories",
        help="Hides these categories and below; hiding wins over every catalog.",
    )
    excluded_product_ids = fields.Many2many(
        "product.template",
        "b2b_catalog_excluded_product_rel",
        "catalog_id",
        "product_tmpl_id",
        "Excluded products",
        check_company=True,
        help="Hides these products; hiding wins over every catalog.",
    )
    excluded_tag_ids = fields.Many2many(
        "product.tag",
        "b2b_catalog_excluded_tag_rel",
        "catalog_id",
        "tag_id",
        "Excluded tags",
        help="Hides all products with one of these tags; hiding wins over every "
        "catalog.",
    )
    includes = fields.Boolean(
        compute="_compute_includes",
        store=True,
        help="Shows something, and does not only hide.",
    )
    product_count = fields.Integer(
        compute="_compute_product_count", help="Products that this catalog shows."
    )

    @api.depends("whole_range", *SHOWS)
    def _compute_includes(self):
        for catalog in self:
            catalog.includes = catalog.whole_range or any(catalog[n] for n in SHOWS)

    @api.depends("whole_range", *SHOWS, *HIDES)
    def _compute_product_count(self):
        Product = self.env["product.product"]
        for catalog in self:
            catalog.product_count = (
                Product.search_count(
                    catalog._b2b_base_domain(catalog.company_id or self.env.company)
                    & catalog._b2b_own_domain()
                )
                if catalog.includes
                else 0
            )

    @api.constrains("whole_range", *SHOWS, *HIDES, "active")
    def _check_shows_something(self):
        for catalog in self.filtered("active"):
            if not catalog.includes and not any(catalog[n] for n in HIDES):
                raise ValidationError(
                    self.env._(
                        "“%s” neither shows nor hides anything; choose categories, "
                        "tags or products, or the whole range.",
                        catalog.name,
                    )
                )
            if catalog.includes and catalog._b2b_hides_all():
                raise ValidationError(
                    self.env._(
                        "“%s” shows nothing: everything it includes is excluded as "
                        "well.",
                        catalog.name,
                    )
                )

    def _b2b_hides_all(self):
        """Whether exclusions leave nothing, although something was included."""
        self.ensure_one()
        if not any(self[name] for name in HIDES):
            return False
        Template = self.env["product.template"].sudo().with_context(active_test=False)
        shown = Domain("sale_ok", "=", True) & Domain("active", "=", True)
        if self.includes:
            shown = self._b2b_shown_domain(self._b2b_shown_terms(), prefix="")
        kept = self._b2b_kept_domain(self._b2b_hidden_terms(), prefix="")
        return bool(
            Template.search_count(shown, limit=1)
            and not Template.search_count(shown & kept, limit=1)
        )

    # -- which products --

    def _b2b_own_domain(self):
        """Domain on product.product of what these catalogs show and do not hide."""
        return self._b2b_shown_domain(self._b2b_shown_terms()) & self._b2b_kept_domain(
            self._b2b_hidden_terms()
        )

    def _b2b_shown_terms(self):
        """What these catalogs show, as plain ids; of a form as far as it is saved."""
        return Terms(
            tuple(self.ids),
            self._b2b_with_children(self.category_ids),
            tuple(self.tag_ids.ids),
            any(self.mapped("whole_range")),
        )

    def _b2b_hidden_terms(self):
        """What these catalogs hide, as plain ids."""
        return Terms(
            tuple(self.ids),
            self._b2b_with_children(self.excluded_category_ids),
            tuple(self.excluded_tag_ids.ids),
        )

    @api.model
    def _b2b_with_children(self, categories):
        if not categories:
            return ()
        found = self.env["product.category"].sudo()
        return found.search([("id", "child_of", categories.ids)])._ids

    @api.model
    def _b2b_shown_domain(self, terms, prefix="product_tmpl_id."):
        """Domain of products by relation, category and tag.

        By the relation and not by product ids: catalogs may hold tens of thousands.
        """
        if terms.everything:
            return Domain.TRUE
        found = Domain(f"{prefix}b2b_catalog_ids", "in", terms.catalog_ids)
        if terms.category_ids:
            found |= Domain(f"{prefix}categ_id", "in", terms.category_ids)
        if terms.tag_ids:
            found |= Domain(f"{prefix}product_tag_ids", "in", terms.tag_ids)
        return found

    @api.model
    def _b2b_kept_domain(self, terms, prefix="product_tmpl_id."):
        """Domain of products that these terms do not hide.

        Each condition is denied by itself: "not (a or b)" over a template makes the
        database list all that is hidden before it looks at the first product.
        """
        kept = Domain.TRUE
        if terms.catalog_ids:
            name = f"{prefix}b2b_excluded_catalog_ids"
            kept = Domain(name, "not in", terms.catalog_ids)
        if terms.category_ids:
            kept &= Domain(f"{prefix}categ_id", "not in", terms.category_ids)
        if terms.tag_ids:
            kept &= Domain(f"{prefix}product_tag_ids", "not in", terms.tag_ids)
        return kept

    @api.model
    def _b2b_base_domain(self, company):
        """What can be sold at all by a company."""
        return Domain("sale_ok", "=", True) & Domain(
            "company_id", "in", (False, company.id)
        )

    # -- the interface of portal and orders --

    @api.model
    def _b2b_domain(self, context):
        """Domain on product.product of what a context may see.

        :param context: object with ``party``, ``seat``, ``agreement``, ``company``
            and ``address``
        """
        return self._b2b_base_domain(context.company) & self._b2b_seen_domain(context)

    @api.model
    def _b2b_seen_domain(self, context):
        """What the catalogs leave to who buys in a context."""
        return self._b2b_visible_domain(
            context.party,
            context.company,
            seat=context.seat,
            agreement=context.agreement,
            address=context.address,
        )

    @api.model
    def _b2b_products(self, context, domain=None, order=None, limit=None, offset=0):
        """Products that a context may see: the only place that lifts rights on them.

        :param domain: narrows the result; built by code, never taken from a request
        :return: product.product with lifted rights, in the company of the context
        """
        domain = Domain(domain or []) & self._b2b_domain(context)
        # sudo: portal users have no access to products; the catalog decides.
        return (
            self.env["product.product"]
            .sudo()
            .with_company(context.company)
            .search(domain, offset=offset, limit=limit, order=order)
        )

    @api.model
    def _b2b_allows(self, context, products):
        """Those of the products that a context may see, in their order."""
        if not products:
            return self.env["product.product"].sudo()
        if self._b2b_seen_domain(context).is_true():
            # No catalog narrows anything: what is known of the products is enough.
            base = self._b2b_base_domain(context.company)
            # sudo: as in _b2b_products.
            products = products.sudo().with_company(context.company)
            return products.filtered("active").filtered_domain(base)
        allowed = self._b2b_products(context, Domain("id", "in", products.ids))
        ids = set(allowed.ids)
        return allowed.browse([pid for pid in products.ids if pid in ids])

    @api.model
    # -- terms and the rules of portal users are cached --

    @api.model_create_multi
    def create(self, vals_list):
        catalogs = super().create(vals_list)
        self.env.registry.clear_cache()
        return catalogs

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def action_preview_as_party(self):
        """Ask as whom to look at the range; of a catalog for parties the first."""
        self.ensure_one()
        self.check_access("read")
        first = self.party_ids[:1] if self.audience == "parties" else None
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview as party"),
            "res_model": "b2b.catalog.preview",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_party_id": first.id if first else False},
        }

    def action_preview(self):
        """Open the products that this catalog shows."""
        self.ensure_one()
        domain = self._b2b_base_domain(self.company_id or self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Products of %s", self.name),
            "res_model": "product.product",
            "view_mode": "list,kanban,form",
            "domain": list(domain & self._b2b_own_domain()),
        }
