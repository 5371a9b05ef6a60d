"""Jobs about the papers of an order: its document, and files of the customer."""

import io
import time
from unittest.mock import patch

from odoo.exceptions import UserError

PRINTING = 1.5  # seconds
#: So that all have looked and found nothing before the first one begins.
LINGERING = 0.7
TOKEN = "0123456789abcdef" * 2


def paper_order(env, seats, article):
    """A confirmed order of the first seat."""
    order = env["sale.order"].create(_values(env, seats[0], article))
    order.action_confirm()
    return order.id


def paper_cart(env, seats, article, most):
    """A cart of the first seat, and how many files an order takes."""
    env.company.b2b_file_count = most
    values = _values(env, seats[0], article) | {
        "b2b_is_cart": True,
        "b2b_orderer_id": False,
    }
    return env["sale.order"].create(values).id


def _values(env, seat, article):
    seat = env["b2b.seat"].browse(seat)
    line = {"product_id": article, "product_uom_qty": 1, "price_unit": 10.0}
    return {
        "partner_id": seat.user_id.partner_id.id,
        "b2b_seat_id": seat.id,
        "b2b_orderer_id": seat.user_id.id,
        "order_line": [(0, 0, line)],
    }


def paper_change(env, order, reference):
    env["sale.order"].browse(order).client_order_ref = reference


def paper(env, order):
    """Ask for the document, with a program that takes its time."""
    printed = []

    def print_slowly(_order, _html):
        printed.append(1)
        time.sleep(PRINTING)
        return b"%PDF-1.7"

    papers = type(env["b2b.order.document"])
    look = papers._b2b_look

    def look_and_linger(*args):
        found = look(*args)
        time.sleep(LINGERING)
        return found

    order = env["sale.order"].browse(order)
    with (
        patch.object(type(order), "_b2b_print", print_slowly),
        patch.object(papers, "_b2b_look", look_and_linger),
    ):
        state, content, _html = order._b2b_document()
    return {"state": state, "content": bool(content), "printed": len(printed)}


def paper_locks(env, order):
    """Whether the order's row can be written while its document is made."""
    free = []

    def try_to_write(row, _html):
        with env.registry.cursor() as cr:
            cr.execute("SET LOCAL lock_timeout = '1s'")
            cr.execute(
                "UPDATE sale_order SET write_date = write_date WHERE id = %s", [row.id]
            )
            free.append(cr.rowcount)
        return b"%PDF-1.7"

    order = env["sale.order"].browse(order)
    with patch.object(type(order), "_b2b_print", try_to_write):
        order._b2b_document()
    return free == [1]


def paper_figures(env, order):
    order = env["sale.order"].browse(order)
    files = order.b2b_file_ids
    messages = order.message_ids.filtered("attachment_ids")
    return {
        "papers": env["b2b.order.document"].search_count([("order_id", "=", order.id)]),
        "files": sorted(files.mapped("name")),
        "number": order.b2b_file_number,
        "told": sorted(messages.attachment_ids.mapped("name")),
        "state": order.state,
    }


def _context(env):
    return env["b2b.portal.context"]._b2b_build()


def nothing(env):
    """A job that may be done before the others without a trace."""


def attach(env, order, name):
    """What the checkout does with a file."""
    ctx = _context(env)
    if ctx.cart.id != order:
        raise UserError("sent already")
    ctx.cart._b2b_file_add(ctx, name, io.BytesIO(b"%PDF-1.7 " + name.encode()))
    env.flush_all()
    return name


def send(env, order):
    ctx = _context(env)
    ctx.env["sale.order"].browse(order)._b2b_checkout_submit(
        ctx, TOKEN + str(order), ("unusual",)
    )
    return "sent"
