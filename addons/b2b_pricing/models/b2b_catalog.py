from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import escape_psql

#: Parties in these states may look at articles; only active ones may order.
LOOKING = ("active", "blocked")


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
    audience = fields.Selection(
        [
            ("everyone", "Everyone"),
            ("trade", "All trade customers"),
            ("groups", "Customer groups"),
            ("parties", "Parties"),
        ],
        required=True,
        default="trade",
        tracking=True,
        help="For whom this catalog counts, both what it shows and what it hides.",
    )
    group_ids = fields.Many2many(
        "b2b.customer.group",
        "b2b_catalog_group_rel",
        "catalog_id",
        "group_id",
        "Customer groups",
        help="All clients of these groups.",
    )
    party_ids = fields.Many2many(
        "res.partner",
        "b2b_catalog_party_rel",
        "catalog_id",
        "partner_id",
        "Parties",
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="These companies.",
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
    includes = fields.Boolean(
        compute="_compute_includes",
        store=True,
        help="Shows something, and does not only hide.",
    )
    product_count = fields.Integer(
        compute="_compute_product_count", help="Products that this catalog shows."
    )

    @api.depends("whole_range", "category_ids", "product_ids")
    def _compute_includes(self):
        for catalog in self:
            catalog.includes = bool(
                catalog.whole_range or catalog.category_ids or catalog.product_ids
            )

    @api.depends(
        "whole_range",
        "category_ids",
        "product_ids",
        "excluded_category_ids",
        "excluded_product_ids",
    )
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

    @api.constrains("audience", "group_ids", "party_ids")
    def _check_audience(self):
        for catalog in self:
            if catalog.audience == "groups" and not catalog.group_ids:
                raise ValidationError(
                    self.env._("Name the customer groups of “%s”.", catalog.name)
                )
            if catalog.audience == "parties" and not catalog.party_ids:
                raise ValidationError(
                    self.env._("Name the parties of “%s”.", catalog.name)
                )

    @api.constrains(
        "whole_range",
        "category_ids",
        "product_ids",
        "excluded_category_ids",
        "excluded_product_ids",
        "active",
    )
    def _check_shows_something(self):
        for catalog in self.filtered("active"):
            if not catalog.includes and not (
                catalog.excluded_category_ids or catalog.excluded_product_ids
            ):
                raise ValidationError(
                    self.env._(
                        "“%s” neither shows nor hides anything; choose categories or "
                        "products, or the whole range.",
                        catalog.name,
                    )
                )
            if catalog.includes and self._b2b_hides_all(catalog):
                raise ValidationError(
                    self.env._(
                        "“%s” shows nothing: everything it includes is excluded as "
                        "well.",
                        catalog.name,
                    )
                )

    @api.model
    def _b2b_hides_all(self, catalog):
        """Whether exclusions leave nothing, although something was included."""
        if not (catalog.excluded_category_ids or catalog.excluded_product_ids):
            return False
        Template = self.env["product.template"].sudo().with_context(active_test=False)
        shown = catalog._b2b_terms_domain(catalog._b2b_shown_terms(), prefix="")
        hidden = catalog._b2b_terms_domain(
            catalog._b2b_hidden_terms(), hidden=True, prefix=""
        )
        return bool(
            Template.search_count(shown, limit=1)
            and not Template.search_count(shown & ~hidden, limit=1)
        )

    # -- which products --

    def _b2b_own_domain(self):
        """Domain on product.product of what these catalogs show and do not hide."""
        return self._b2b_terms_domain(self._b2b_shown_terms()) & ~(
            self._b2b_terms_domain(self._b2b_hidden_terms(), hidden=True)
        )

    def _b2b_shown_terms(self):
        """``(catalog ids, category ids, everything)`` that these catalogs show."""
        return (
            self._ids,
            self._b2b_with_children(self.category_ids),
            any(self.mapped("whole_range")),
        )

    def _b2b_hidden_terms(self):
        """``(catalog ids, category ids, everything)`` that these catalogs hide."""
        return self._ids, self._b2b_with_children(self.excluded_category_ids), False

    @api.model
    def _b2b_with_children(self, categories):
        if not categories:
            return ()
        found = self.env["product.category"].sudo()
        return found.search([("id", "child_of", categories.ids)])._ids

    @api.model
    def _b2b_terms_domain(self, terms, hidden=False, prefix="product_tmpl_id."):
        """Domain of products by relation and category.

        By the relation and not by product ids: catalogs may hold tens of thousands.

        :param hidden: the relation of excluded products instead of included ones
        """
        catalog_ids, category_ids, everything = terms
        if everything:
            return Domain.TRUE
        if not catalog_ids and not category_ids:
            return Domain.FALSE
        name = "b2b_excluded_catalog_ids" if hidden else "b2b_catalog_ids"
        found = Domain(f"{prefix}{name}", "in", catalog_ids)
        if category_ids:
            found |= Domain(f"{prefix}categ_id", "in", category_ids)
        return found

    @api.model
    def _b2b_base_domain(self, company):
        """What can be sold at all by a company."""
        return Domain("sale_ok", "=", True) & Domain(
            "company_id", "in", (False, company.id)
        )

    # -- for whom --

    @api.model
    def _b2b_visible_domain(self, party, company, prefix="product_tmpl_id."):
        """Domain of what the catalogs let a party see; the one place that knows."""
        party = party.sudo().commercial_partner_id
        trade = party.b2b_customer_type == "trade" and party.b2b_state in LOOKING
        shown, hidden = self._b2b_terms(
            party.id if trade else 0,
            party.b2b_customer_group_id.id if trade else 0,
            (company or self.env.company).id,
        )
        return self._b2b_terms_domain(shown, prefix=prefix) & ~self._b2b_terms_domain(
            hidden, hidden=True, prefix=prefix
        )

    @api.model
    @tools.ormcache("party_id", "group_id", "company_id")
    def _b2b_terms(self, party_id, group_id, company_id):
        """What a trade party sees, as plain ids: asked on every page and line.

        :param party_id: 0 for anybody who is not an active trade party
        :return: terms of what is shown and of what is hidden
        """
        audience = Domain("audience", "=", "everyone")
        if party_id:
            audience |= Domain("audience", "=", "trade")
            audience |= Domain("audience", "=", "parties") & Domain(
                "party_ids", "in", [party_id]
            )
        if group_id:
            audience |= Domain("audience", "=", "groups") & Domain(
                "group_ids", "in", [group_id]
            )
        # sudo: portal users have no access to catalogs, which decide for them.
        companies = Domain("company_id", "in", (False, company_id))
        catalogs = self.sudo().search(audience & companies)
        including = catalogs.filtered("includes")
        shown = including._b2b_shown_terms()
        if party_id and not including:
            # No catalog at all: everything. Some, but none for this party: nothing.
            some = self.sudo().search_count(
                Domain("includes", "=", True) & companies, limit=1
            )
            shown = ((), (), not some)
        return shown, catalogs._b2b_hidden_terms()

    # -- the interface of portal and orders --

    @api.model
    def _b2b_domain(self, context):
        """Domain on product.product of what a context may see.

        :param context: object with ``party``, ``seat``, ``agreement``, ``company``
        """
        return self._b2b_base_domain(context.company) & self._b2b_visible_domain(
            context.party, context.company
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
        visible = self._b2b_visible_domain(context.party, context.company)
        if visible.is_true():
            # No catalog narrows anything: what is known of the products is enough.
            base = self._b2b_base_domain(context.company)
            return products.sudo().filtered("active").filtered_domain(base)
        allowed = self._b2b_products(context, Domain("id", "in", products.ids))
        ids = set(allowed.ids)
        return allowed.browse([pid for pid in products.ids if pid in ids])

    @api.model
    def _b2b_search_domain(self, context, text):
        """Domain for typed text: name, code, own code, barcode.

        Several words must all be found.
        """
        text = " ".join((text or "").split())[:100]
        if not text:
            return Domain.TRUE
        own = self.env["b2b.product.code"]._b2b_product_ids(context.party, text)
        whole = (
            Domain("default_code", "=ilike", escape_psql(text) + "%")
            | Domain("barcode", "=", text)
            | Domain("id", "in", own)
        )
        words = Domain.AND(
            Domain("name", "ilike", word) | Domain("default_code", "ilike", word)
            for word in map(escape_psql, text.split()[:8])
        )
        return whole | words

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
