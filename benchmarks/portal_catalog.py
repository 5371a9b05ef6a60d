"""A page of the catalog, five warehouses.

One buyer asks again and again; a figure is the median time of the whole answer. A page
of the suite shows 50 articles with own price and stock, one of the webshop 20. Each
twentieth article has a price of its own on the buyer's list.
"""

from benchmarks import generate, portal_load

GOAL = "60 ms, 40 queries, the same at 50,000 articles"
SERVED = True
SHOP = ("website_sale", "website_sale_stock")
CLIENTS = "page_clients.py"
SIZES = (2000, 50_000)
PRODUCTS = 2000
#: Made one by one; the others are copies of the last of them.
SEEDS = 100
EVERY = portal_load.BUYERS


def prepare(env):
    """Articles with stock in five warehouses, and the login ``load1``."""
    env.ref("base.group_user")._apply_group(env.ref("product.group_product_pricelist"))
    products = portal_load.articles(env, SEEDS)
    warehouses = env["stock.warehouse"].create(
        [{"name": f"Warehouse {n}", "code": f"W{n}"} for n in range(4)]
    )
    portal_load.buyer(env, 1, products)
    portal_load.whole_range(env)
    _copies(env, products[-1], PRODUCTS - SEEDS)
    _stock(env, warehouses)


def _copies(env, product, count):
    template, number = product.product_tmpl_id, f"lpad((n + {SEEDS})::text, 5, '0')"
    code = f"'L' || {number}"
    name = f"jsonb_build_object('en_US', 'Article ' || {number})"
    values = {"name": name, "default_code": code}
    first = generate.clone(env, template, count, values)[0]
    values = {"product_tmpl_id": f"{first} + n", "default_code": code}
    variants = generate.clone(env, product, count, values)
    # References to articles are otherwise checked as planned for a hundred of them.
    env.cr.execute("ANALYZE product_product")
    rule = env["product.pricelist"].search([("name", "=", "List 1")]).item_ids[0]
    values = {
        "product_tmpl_id": f"{first} + n * {EVERY}",
        "fixed_price": "1 + n / 10.0",
    }
    generate.clone(env, rule, count // EVERY, values)
    quant = env["stock.quant"].search([("product_id", "=", product.id)], limit=1)
    generate.clone(env, quant, count, {"product_id": f"{variants[0]} + n"})


def _stock(env, warehouses):
    """The same again in each of the other warehouses."""
    home = env["stock.warehouse"].search([], order="id", limit=1).lot_stock_id
    for warehouse in warehouses:
        env.cr.execute(
            """INSERT INTO stock_quant (product_id, company_id, location_id, quantity,
                                        reserved_quantity, in_date)
               SELECT product_id, company_id, %s, 100, 0, in_date
                 FROM stock_quant WHERE location_id = %s""",
            (warehouse.lot_stock_id.id, home.id),
        )
