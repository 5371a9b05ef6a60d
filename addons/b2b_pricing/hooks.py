def post_init_hook(env):
    """Price lists are on, and today's fallback list is named as the public one."""
    env.ref("base.group_user")._apply_group(env.ref("product.group_product_pricelist"))
    companies = env["res.company"].search([])
    companies._activate_or_create_pricelists()
    companies._b2b_name_public_pricelist()
