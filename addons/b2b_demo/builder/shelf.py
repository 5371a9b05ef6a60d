"""What helps a buyer to find and to choose: colours, marks, documents, alternatives."""

from base64 import b64encode
from datetime import timedelta

from odoo import fields

from .articles import article
from .people import seat

MARKS = {
    "mark_new": ("New this season", ("22423", "23298", "23201", "84991")),
    "mark_recycled": ("Recycled material", ("85099B", "85099F", "22386", "20725")),
}
#: An article that is out, and what does the same job.
ALTERNATIVES = {"23201": ("85099B", "22386", "85099F"), "85099B": ("22386", "85099F")}
ACCESSORIES = {"22423": ("84991", "22697"), "85123A": ("22086",)}
#: Days until a receipt, and its pieces: what is out, and what is nearly out.
RECEIPTS = {"23201": (8, 600), "22423": (5, 120), "85123A": (9, 720)}
SHEET = ("Data sheet 85099B.pdf", "Jumbo bag red retrospot: 44 x 46 cm, holds 20 kg.")


def build(kit):
    _colours(kit)
    for key, (name, codes) in MARKS.items():
        templates = [article(kit, code).product_tmpl_id.id for code in codes]
        values = {"name": name, "product_template_ids": [(6, 0, templates)]}
        kit.record(key, "product.tag", values)
    for field, pairs in (
        ("b2b_alternative_ids", ALTERNATIVES),
        ("b2b_accessory_ids", ACCESSORIES),
    ):
        for code, others in pairs.items():
            ids = [article(kit, other).product_tmpl_id.id for other in others]
            article(kit, code).product_tmpl_id[field] = [(6, 0, ids)]
    _document(kit)
    _receipts(kit)
    kit.record(
        "notice_alphabet",
        "b2b.stock.notice",
        {
            "seat_id": seat(kit, "buyer").id,
            "product_id": article(kit, "23201").id,
            "company_id": kit.env.company.id,
        },
    )


def _colours(kit):
    """A filter that makes no variants: an article has one colour."""
    rows = kit.rows("articles.csv")
    colours = sorted({row["colour"] for row in rows})
    attribute = kit.record(
        "attribute_colour",
        "product.attribute",
        {
            "name": "Colour",
            "create_variant": "no_variant",
            "value_ids": [(0, 0, {"name": colour.title()}) for colour in colours],
        },
    )
    by_name = {value.name: value for value in attribute.value_ids}
    kit.records(
        "product.template.attribute.line",
        {
            f"colour_{row['code'].lower()}": {
                "product_tmpl_id": article(kit, row["code"]).product_tmpl_id.id,
                "attribute_id": attribute.id,
                "value_ids": [(6, 0, by_name[row["colour"].title()].ids)],
            }
            for row in rows
        },
    )


def _receipts(kit):
    """Goods on their way to us: buyers read when short articles come."""
    kind, today = kit.warehouse.in_type_id, fields.Datetime.now()
    for code, (days, pieces) in RECEIPTS.items():
        if kit.find(f"receipt_{code}"):
            continue
        product, moment = article(kit, code), today + timedelta(days=days)
        move = {
            "product_id": product.id,
            "product_uom_qty": pieces,
            "date": moment,
            "location_id": kind.default_location_src_id.id,
            "location_dest_id": kind.default_location_dest_id.id,
        }
        values = {
            "picking_type_id": kind.id,
            "location_id": kind.default_location_src_id.id,
            "location_dest_id": kind.default_location_dest_id.id,
            "scheduled_date": moment,
            "origin": "Supplier",
            "move_ids": [(0, 0, move)],
        }
        kit.record(f"receipt_{code}", "stock.picking", values).action_confirm()


def _document(kit):
    name, text = SHEET
    product = article(kit, "85099B")
    kit.record(
        "document_jumbo_bag",
        "product.document",
        {
            "name": name,
            "res_model": "product.template",
            "res_id": product.product_tmpl_id.id,
            "datas": b64encode(_pdf(text)),
            "mimetype": "application/pdf",
            "b2b_in_portal": True,
        },
    )


def _pdf(text):
    """The smallest file that a reader of PDF shows: one line on one page."""
    drawn = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(parts) + 1
    body += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    return body.encode("latin-1")
