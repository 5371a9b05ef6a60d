"""The same small business in any database: a company with two people, one order each.

Run with Odoo's environment and the name of a database; with our addons the company
trades and its people have seats. Prints the ids as JSON.
"""

import json
import sys
import threading

from odoo import api
from odoo.modules.registry import Registry

INTERNAL = {
    "comment": "Pays late",
    "sale_warn_msg": "Ask for cash",
    "ref": "D-4711",
}


def people(env, party):
    """Two portal users of the company, password = login."""
    portal = env.ref("base.group_portal")
    users = env["res.users"]
    for login in ("holes_ann", "holes_bob"):
        if "b2b.seat" in env:
            seat = env["b2b.seat"]._b2b_create_login(
                party,
                login,
                f"{login}@example.com",
                env.ref("b2b_party.role_buyer"),
                login=login,
                password=login,
            )
            if seat.state != "active":
                seat.state = "active"
            users |= seat.user_id
            continue
        contact = env["res.partner"].create(
            {"name": login, "email": f"{login}@example.com", "parent_id": party.id}
        )
        users |= users.with_context(no_reset_password=True).create(
            {
                "login": login,
                "password": login,
                "partner_id": contact.id,
                "group_ids": [(6, 0, portal.ids)],
            }
        )
    return users


def seed(env):
    trade = {}
    if "b2b.seat" in env:
        trade = {"b2b_customer_type": "trade", "b2b_state": "active"}
    party = env["res.partner"].create(
        {
            "name": "Holes Ltd",
            "is_company": True,
            "country_id": env.ref("base.uk").id,
            "city": "Leeds",
            "street": "1 Mill Road",
            "zip": "LS1",
            "phone": "0113",
            "user_id": env.ref("base.user_admin").id,
            **INTERNAL,
            **trade,
        }
    )
    secret = env["product.pricelist"].create(
        {
            "name": "Secret list of a rival",
            "item_ids": [(0, 0, {"compute_price": "fixed", "fixed_price": 3.0})],
        }
    )
    own = env["product.pricelist"].create({"name": "Internal name of the list"})
    party.property_product_pricelist = own
    ann, bob = people(env, party)
    # As website_sale does: price lists are readable for the portal.
    for model in ("product.pricelist", "product.pricelist.item"):
        env["ir.model.access"].create(
            {
                "name": f"as in the shop: {model}",
                "model_id": env["ir.model"]._get(model).id,
                "group_id": env.ref("base.group_portal").id,
                "perm_read": True,
            }
        )
    orders = env["sale.order"].create(
        [
            {"partner_id": user.partner_id.id, "pricelist_id": own.id}
            for user in (ann, bob)
        ]
    )
    orders[0].action_quotation_sent()
    return {
        "party": party.id,
        "secret": secret.id,
        "own_order": orders[0].id,
        "colleague_draft": orders[1].id,
    }


def main(database):
    threading.current_thread().dbname = database
    registry = Registry(database)
    with registry.cursor() as cr:
        answer = seed(api.Environment(cr, api.SUPERUSER_ID, {}))
        cr.commit()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
