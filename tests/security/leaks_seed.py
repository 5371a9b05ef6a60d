"""Secrets with unmistakable names, put into a copy of the demo business.

Run with Odoo's environment and the name of a database. Prints as JSON what was made:
texts that no customer may ever read, and the records they stand in. Of other parties,
of our staff, and of the buyer's own party where it is none of the buyer's business.
"""

import base64
import io
import json
import sys
import threading
from pathlib import Path

from odoo import api
from odoo.modules.registry import Registry

sys.path.insert(0, str(Path(__file__).parent))
from leaks_words import MARK, NUMBERS  # noqa: E402


def word(what):
    return f"{MARK}{what}{MARK}"


def demo(env, name):
    return env.ref(f"b2b_demo.{name}")


def picture():
    """A picture that nothing else in the database looks like."""
    from PIL import Image

    raw = io.BytesIO()
    Image.new("RGB", (320, 200), (201, 13, 77)).save(raw, "PNG")
    return base64.b64encode(raw.getvalue())


def hidden_product(env):
    category = env["product.category"].create({"name": word("category")})
    tag = env["product.tag"].create({"name": word("tag")})
    product = env["product.product"].create(
        {
            "name": word("hidden"),
            "default_code": word("code"),
            "barcode": "9999999999994",
            "description_sale": word("description"),
            "list_price": NUMBERS["sales price of a hidden product"],
            "categ_id": category.id,
            "product_tag_ids": [(6, 0, tag.ids)],
            "image_1920": picture(),
            "is_storable": True,
        }
    )
    document = env["product.document"].create(
        {
            "name": word("document"),
            "raw": b"zqcontentzq",
            "res_model": "product.template",
            "res_id": product.product_tmpl_id.id,
        }
    )
    product.product_tmpl_id.message_post(body=word("chatter"))
    env["b2b.catalog"].create(
        {
            "name": word("catalog"),
            "audience": "trade",
            "excluded_tag_ids": [(6, 0, tag.ids)],
        }
    )
    return product, document


def visible_product(env):
    """What everybody buys, with a cost and a supplier."""
    product = demo(env, "article_85123a")
    supplier = env["res.partner"].create({"name": word("supplier")})
    product.standard_price = NUMBERS["cost"]
    env["product.supplierinfo"].create(
        {
            "partner_id": supplier.id,
            "product_tmpl_id": product.product_tmpl_id.id,
            "product_code": word("suppliercode"),
            "product_name": word("supplierproduct"),
            "price": NUMBERS["supplier price"],
        }
    )
    return product


def other_party(env, product):
    """A customer of ours whom nobody of the others knows, with an order."""
    group = env["b2b.customer.group"].create({"name": word("group")})
    segment = env["b2b.party.segment"].create({"name": word("segment")})
    party = env["res.partner"].create(
        {
            "name": word("party"),
            "is_company": True,
            "b2b_customer_type": "trade",
            "b2b_state": "active",
            "street": word("street"),
            "email": f"{word('mail')}@example.com",
            "ref": word("ref"),
            "comment": word("comment"),
            "country_id": env.ref("base.uk").id,
            "b2b_customer_group_id": group.id,
        }
    )
    pricelist = env["product.pricelist"].create(
        {
            "name": word("list"),
            "item_ids": [
                (
                    0,
                    0,
                    {
                        "applied_on": "1_product",
                        "product_tmpl_id": product.product_tmpl_id.id,
                        "compute_price": "fixed",
                        "fixed_price": NUMBERS["price of another party"],
                    },
                )
            ],
        }
    )
    segment.pricelist_id = pricelist
    agreement = env["b2b.agreement"].create(
        {
            "name": word("agreement"),
            "party_id": party.id,
            "pricelist_id": pricelist.id,
            "note": word("note"),
            "is_default": True,
        }
    )
    agreement.action_run()
    env["b2b.product.code"].create(
        {"party_id": party.id, "product_id": product.id, "code": word("owncode")}
    )
    seat = env["b2b.seat"]._b2b_create_login(
        party,
        word("person"),
        f"{word('person')}@example.com",
        env.ref("b2b_party.role_buyer"),
    )
    env["b2b.budget"].create(
        {"name": word("budget"), "party_id": party.id, "amount": 1000.0}
    )
    order = env["sale.order"].create(
        {
            "partner_id": seat.user_id.partner_id.id,
            "b2b_seat_id": seat.id,
            "client_order_ref": word("ponumber"),
            "note": word("ordernote"),
            "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 1})],
        }
    )
    assert order.order_line.price_unit == NUMBERS["price of another party"]
    order.action_quotation_sent()
    order.message_post(body=word("orderchatter"), subtype_xmlid="mail.mt_comment")
    return party, agreement, pricelist, order


def own_party(env):
    """What our staff call the buyer's lists and groups, and note about him."""
    party = demo(env, "party_brightwell")
    lists = (
        party.b2b_agreement_ids.pricelist_id | party.b2b_customer_group_id.pricelist_id
    )
    for number, pricelist in enumerate(lists):
        pricelist.name = f"{word('ownlist')} {number}"
    party.b2b_customer_group_id.name = word("owngroup")
    segments = env["b2b.party.segment"].search([("name", "not like", MARK)])
    for number, segment in enumerate(segments):
        segment.name = f"{word('ownsegment')} {number}"
    # Not our number of him: electronic papers carry it, so that he can name it to us.
    party.comment = word("owncomment")
    party.b2b_agreement_ids.note = word("ownnote")
    for catalog in env["b2b.catalog"].search([("name", "not like", MARK)]):
        catalog.name = f"{word('owncatalog')} {catalog.id}"
    orders = env["sale.order"].search(
        [("b2b_party_id", "=", party.id), ("b2b_historical", "=", False)], limit=20
    )
    for order in orders:
        order.message_post(
            body=word("ownchatter"),
            subtype_xmlid="mail.mt_note",
            attachments=[(f"{word('ownfile')}.txt", b"zqownfilecontentzq")],
        )
    party.message_post(body=word("partychatter"), subtype_xmlid="mail.mt_note")
    return party, orders


def seed(env):
    product = visible_product(env)
    hidden, document = hidden_product(env)
    party, agreement, pricelist, order = other_party(env, product)
    own, orders = own_party(env)
    invoices = env["account.move"].search(
        [("commercial_partner_id", "=", own.id), ("state", "=", "posted")], limit=3
    )
    return {
        "records": {
            "product.product": hidden.ids,
            "product.template": hidden.product_tmpl_id.ids,
            "product.document": document.ids,
            "ir.attachment": document.ir_attachment_id.ids,
            "res.partner": party.ids,
            "b2b.agreement": (agreement | own.b2b_agreement_ids).ids,
            "product.pricelist": pricelist.ids,
            "product.pricelist.item": pricelist.item_ids.ids,
            "sale.order": order.ids,
            "sale.order.line": order.order_line.ids,
            "product.supplierinfo": product.seller_ids.ids,
        },
        "own": {
            "product.product": product.ids,
            "product.template": product.product_tmpl_id.ids,
            "sale.order": orders.ids,
            "account.move": invoices.ids,
            "res.partner": own.ids,
        },
    }


def main(database):
    threading.current_thread().dbname = database
    registry = Registry(database)
    with registry.cursor() as cr:
        context = {"lang": "en_US", "no_reset_password": True}
        answer = seed(api.Environment(cr, api.SUPERUSER_ID, context))
        cr.commit()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
