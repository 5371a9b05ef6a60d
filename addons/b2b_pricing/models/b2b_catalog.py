from odoo import api, fields, models
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
        included = catalog._b2b_included("")
        return bool(
            Template.search_count(included, limit=1)
            and not Template.search_count(
                included & ~catalog._b2b_excluded(""), limit=1
            )
        )

    # -- which products --

    def _b2b_included(self, prefix="product_tmpl_id."):
        """Domain of what these catalogs show.

        :param prefix: path to the template, empty for a domain on templates
        """
        if any(self.mapped("whole_range")):
            return Domain.TRUE
        # By the relation and not by ids: catalogs may hold tens of thousands.
        found = Domain(f"{prefix}b2b_catalog_ids", "in", self.ids)
        if self.category_ids:
            found |= Domain(f"{prefix}categ_id", "child_of", self.category_ids.ids)
        return found

    def _b2b_excluded(self, prefix="product_tmpl_id."):
        """Domain of what these catalogs hide."""
        found = Domain(f"{prefix}b2b_excluded_catalog_ids", "in", self.ids)
        if self.excluded_category_ids:
            found |= Domain(
                f"{prefix}categ_id", "child_of", self.excluded_category_ids.ids
            )
        return found

    def _b2b_own_domain(self, prefix="product_tmpl_id."):
        return self._b2b_included(prefix) & ~self._b2b_excluded(prefix)

    @api.model
    def _b2b_base_domain(self, company):
        """What can be sold at all by a company."""
        return Domain("sale_ok", "=", True) & Domain(
            "company_id", "in", (False, company.id)
        )

    # -- for whom --

    @api.model
    def _b2b_for_party(self, party, company):
        """The catalogs whose audience a party belongs to, with lifted rights."""
        audience = Domain("audience", "=", "everyone")
        if party.b2b_customer_type == "trade" and party.b2b_state in LOOKING:
            audience |= Domain("audience", "=", "trade")
            audience |= Domain("audience", "=", "parties") & Domain(
                "party_ids", "in", party.ids
            )
            if party.b2b_customer_group_id:
                audience |= Domain("audience", "=", "groups") & Domain(
                    "group_ids", "in", party.b2b_customer_group_id.ids
                )
        return self.sudo().search(
            audience & Domain("company_id", "in", (False, company.id))
        )

    @api.model
    def _b2b_visible_domain(self, party, company, prefix="product_tmpl_id."):
        """Domain of what the catalogs let a party see; the one place that knows."""
        party = party.sudo().commercial_partner_id
        company = company or self.env.company
        trade = party.b2b_customer_type == "trade" and party.b2b_state in LOOKING
        catalogs = self._b2b_for_party(party, company)
        including = catalogs.filtered("includes")
        if including:
            shown = including._b2b_included(prefix)
        elif trade and not self._b2b_any_includes(company):
            shown = Domain.TRUE
        else:
            shown = Domain.FALSE
        return shown & ~catalogs._b2b_excluded(prefix)

    @api.model
    def _b2b_any_includes(self, company):
        # sudo: whether there is any catalog decides also for those who see none.
        return bool(
            self.sudo().search_count(
                [("includes", "=", True), ("company_id", "in", (False, company.id))],
                limit=1,
            )
        )

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

    # -- rules of portal users are cached, see res.users --

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
