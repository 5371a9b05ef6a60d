"""Files of customers: a purchase order with what waits, a plan with an open cart."""

import io

from .people import seat

# name of the record: order, who attached it, file name, line on the paper
FILES = {
    "file_purchase_order": (
        "order_waiting_budget", "buyer", "Purchase order.pdf", "Purchase order",
    ),
    "file_shelf_plan": ("order_cart", "buyer", "Shelf plan.pdf", "Shelf plan"),
}  # fmt: skip


def build(kit):
    for key, (order, who, name, words) in FILES.items():
        if kit.find(key):
            continue
        user = seat(kit, who).user_id
        cart = kit.get(order)
        ctx = kit.env["b2b.portal.context"].with_user(user)._b2b_build()
        # as the checkout does, with the rights of this builder
        file = cart._b2b_file_add(ctx, name, io.BytesIO(_paper(words)))
        kit.name(file, [key])
        if not cart.b2b_is_cart:
            cart._b2b_files_hand_over()


def _paper(words):
    """The smallest PDF that shows one line."""
    text = f"BT /F1 24 Tf 72 760 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    paper, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(paper))
        paper += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(paper)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 6\n0000000000 65535 f \n" + rows
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return paper + table + trailer
