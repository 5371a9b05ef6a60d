def post_init_hook(env):
    """Price lists are on, and today's fallback list is named as the public one."""
    env.ref("base.group_user")._apply_group(env.ref("product.group_product_pricelist"))
    companies = env["res.company"].search([])
    companies._activate_or_create_pricelists()
    companies._b2b_name_public_pricelist()
    _close_lists_of_customers(env, companies)


def _close_lists_of_customers(env, companies):
    """Lists that customers have already are theirs; what they pay stays as it is."""
    lists = env["product.pricelist"]
    for company in companies:
        found = (
            env["res.partner"]
            .with_company(company)
            ._read_group(
                [("specific_property_product_pricelist", "!=", False)],
                ["specific_property_product_pricelist"],
            )
        )
        lists |= lists.union(*(pricelist for (pricelist,) in found))
    lists = lists.filtered(lambda p: not p.b2b_private and not p.country_group_ids)
    lists -= companies.b2b_public_pricelist_id
    lists.write({"b2b_private": True, "b2b_fallback": "sales_price"})


def uninstall_hook(env):
    """Nobody pays other prices because the addon goes.

    Agreements, lists of groups and the mark "private" disappear. So every trade party
    gets the list it has today as its own, and the public list is put first, which is
    how Odoo finds its fallback. Prices from supplier net become fixed ones.
    """
    env["product.pricelist.item"].search(
        [("base", "=", "b2b_supplier_net")]
    )._b2b_fix_last_prices()
    for company in env["res.company"].search([]):
        _keep_lists_of_parties(env, company)
        public = env["product.pricelist"].with_company(company)._b2b_public()
        if public:
            first = env["product.pricelist"].search([], order="sequence", limit=1)
            public.sequence = min(public.sequence, first.sequence - 1)


def _keep_lists_of_parties(env, company):
    parties = env["res.partner"].search(
        [
            ("b2b_customer_type", "=", "trade"),
            ("parent_id", "=", False),
            ("company_id", "in", (False, company.id)),
        ]
    )
    for party in parties.with_company(company):
        pricelist = party._b2b_pricelist(party._b2b_default_agreement())
        if pricelist.b2b_private:
            party.specific_property_product_pricelist = pricelist
