from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductPricelist(models.Model):
    """Which lists are for one party only, and what follows when a rule is missing."""

    _inherit = "product.pricelist"

    b2b_private = fields.Boolean(
        "Private",
        tracking=True,
        copy=True,
        help="Never used for a customer to whom it was not given: not as a fallback, "
        "not by country. Set when a list is put in an agreement, or given to a party, "
        "a group or a segment.",
    )
    b2b_fallback = fields.Selection(
        [
            ("sales_price", "Sales price of the product"),
            ("public", "Public price list"),
            ("next", "Next list in the order, per product"),
            ("none", "No price (on request)"),
        ],
        "Without a rule",
        compute="_compute_b2b_fallback",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="Which price applies to a product for which this list has no rule.\n"
        "Next list: agreement, then party, group, segment, country or public list.\n"
        "No price: the product is shown as “price on request” and stops an order.",
    )

    @api.depends("b2b_private")
    def _compute_b2b_fallback(self):
        for pricelist in self:
            # Only the one default is replaced by the other: a choice stays.
            if pricelist.b2b_private and pricelist.b2b_fallback in (
                False,
                "sales_price",
            ):
                pricelist.b2b_fallback = "public"
            elif not pricelist.b2b_private and pricelist.b2b_fallback in (
                False,
                "public",
            ):
                pricelist.b2b_fallback = "sales_price"

    @api.constrains("b2b_private", "active")
    def _check_b2b_public(self):
        companies = (
            self.env["res.company"]
            .sudo()
            .search([("b2b_public_pricelist_id", "in", self.ids)])
        )
        for company in companies:
            if company.b2b_public_pricelist_id.b2b_private:
                raise ValidationError(
                    self.env._(
                        "%(list)s is the public price list of %(company)s and cannot "
                        "be private.",
                        list=company.b2b_public_pricelist_id.name,
                        company=company.name,
                    )
                )

    def _b2b_mark_private(self):
        """Called for lists that were given to a party, a group or an agreement.

        The list that everybody pays anyway, and lists of countries, stay open.
        """
        # sudo: the rep who gives a list to his party may not edit lists.
        lists = self.sudo().filtered(
            lambda p: not p.b2b_private and not p.country_group_ids
        )
        if not lists:
            return
        # Every company has a public list; there are few companies.
        all_companies = self.env["res.company"].sudo()
        companies = all_companies.search([])  # pylint: disable=no-search-all
        lists -= companies.b2b_public_pricelist_id
        if lists:
            lists.b2b_private = True

    # -- price order (C5) --

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        domain = super()._get_partner_pricelist_multi_search_domain_hook(company_id)
        return [*domain, ("b2b_private", "=", False)]

    def _get_country_pricelist_multi(self, country_ids):
        result = super()._get_country_pricelist_multi(country_ids)
        public = self._b2b_public()
        for country, pricelist in result.items():
            # Odoo's last resorts (a system parameter, "any list") may be private,
            # archived or another company's.
            usable = pricelist.filtered(lambda p: not p.b2b_private)._b2b_usable()
            if not usable.country_group_ids:
                result[country] = public or usable
        return result

    @api.model
    def _get_partner_pricelist_multi(self, partner_ids):
        result = super()._get_partner_pricelist_multi(partner_ids)
        if not self.env["res.groups"]._is_feature_enabled(
            "product.group_product_pricelist"
        ):
            return result
        Partner = self.env["res.partner"].with_context(active_test=False)
        for partner in Partner.browse(partner_ids):
            own = partner.specific_property_product_pricelist
            if own._get_partner_pricelist_multi_filter_hook():
                continue
            given = partner._b2b_group_pricelist() or partner._b2b_segment_pricelist()
            if given:
                result[partner.id] = given
        return result

    @api.model
    def _b2b_public(self):
        """The public list of the current company, or an empty one."""
        # sudo: also asked for a portal user's prices, who may not read lists.
        company = self.env.company.sudo()
        domain = self._get_partner_pricelist_multi_search_domain_hook(company.id)
        found = company.b2b_public_pricelist_id.filtered_domain(domain)
        if not found:
            found = self.sudo().search(
                [*domain, ("country_group_ids", "=", False)], limit=1
            )
        return self.browse(found.id)

    def _b2b_usable(self):
        """Those of the lists that are in use and may be used by the company."""
        company = self.env.company
        return self.filtered(
            lambda p: p.active and p.sudo().company_id in (company, company.browse())
        )

    # -- what the list has no rule for --

    def _b2b_following(self, party=None):
        """The lists that are asked after this one, in their order.

        :param party: res.partner, needed for “next list in the order”
        """
        self.ensure_one()
        policy = self.b2b_fallback
        if policy == "public":
            return self._b2b_public() - self
        if policy != "next":
            return self.browse()
        order = party._b2b_price_lists() if party else self._b2b_public()
        ids = order.ids
        if self.id in ids:
            ids = ids[ids.index(self.id) + 1 :]
        return self.browse(ids)

    def _b2b_ends_without_price(self, party=None):
        """Whether a product without any rule gets no price at all."""
        if not self:
            return False
        self.ensure_one()
        if self.b2b_fallback == "sales_price":
            return False
        last = self._b2b_following(party)[-1:] or self
        return last.b2b_fallback == "none"
