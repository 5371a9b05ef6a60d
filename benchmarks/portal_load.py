"""Twenty buyers at once over two workers.

Both sides serve 2,000 articles with pictures left out, at each buyer's own price list.
Plain Odoo serves its webshop. The buyers wait a second between two pages, as people
do; a figure is the time that 95 of 100 requests stay below.
"""

GOAL = "no error, not slower than the shop"
SERVED = True
#: What the plain side serves with; the suite brings all of its addons.
SHOP = ("website_sale", "website_sale_stock")
PRODUCTS = 2000
BUYERS = 20


def prepare(env):
    """Articles, price lists, and twenty logins ``load1`` to ``load20``."""
    env.ref("base.group_user")._apply_group(env.ref("product.group_product_pricelist"))
    products = articles(env, PRODUCTS)
    for number in range(1, BUYERS + 1):
        buyer(env, number, products)
    whole_range(env)


def whole_range(env):
    """All trade customers see all articles."""
    if "b2b.catalog" in env:
        env["b2b.catalog"].create(
            {"name": "All", "audience": "trade", "whole_range": True}
        )


def articles(env, count):
    """Storable articles in ten categories, 10,000 of each in stock."""
    categories = env["product.category"].create(
        [{"name": f"Group {number}"} for number in range(10)]
    )
    values = [
        {
            "name": f"Article {number:04d}",
            "default_code": f"L{number:04d}",
            "list_price": 1 + number / 10,
            "is_storable": True,
            "categ_id": categories[number % 10].id,
        }
        for number in range(count)
    ]
    if "website_published" in env["product.template"]._fields:
        values = [{**each, "website_published": True} for each in values]
    products = env["product.product"].create(values)
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    env["stock.quant"].create(
        [
            {"product_id": product.id, "location_id": stock.id, "quantity": 10_000}
            for product in products
        ]
    )
    return products


def buyer(env, number, products):
    """A company with its own price list, and a login for one of its people."""
    login = f"load{number}"
    party = env["res.partner"].create({"name": f"Load {number}", "is_company": True})
    pricelist = env["product.pricelist"].create(
        {
            "name": f"List {number}",
            "item_ids": [
                (
                    0,
                    0,
                    {
                        "applied_on": "1_product",
                        "product_tmpl_id": product.product_tmpl_id.id,
                        "compute_price": "fixed",
                        "fixed_price": product.list_price
                        * (0.9 if least == 1 else 0.8),
                        "min_quantity": least,
                    },
                )
                for product in products[number::BUYERS]
                for least in (1, 10)
            ],
        }
    )
    if "b2b.seat" in env:
        _seat(env, party, login, pricelist)
        return
    contact = env["res.partner"].create(
        {"name": login, "parent_id": party.id, "email": f"{login}@example.com"}
    )
    env["res.users"].create(
        {
            "name": login,
            "login": login,
            "password": login,
            "partner_id": contact.id,
            "group_ids": [(6, 0, [env.ref("base.group_portal").id])],
        }
    )
    party.property_product_pricelist = pricelist


def _seat(env, party, login, pricelist):
    party.write({"b2b_customer_type": "trade", "b2b_state": "active"})
    role = env.ref("b2b_party.role_buyer")
    email = f"{login}@example.com"
    seat = env["b2b.seat"]._b2b_create_login(party, login, email, role)
    seat.user_id.write({"login": login, "password": login})
    env["b2b.agreement"].create(
        {
            "name": "30 days net",
            "party_id": party.id,
            "pricelist_id": pricelist.id,
            "is_default": True,
        }
    ).action_run()
