"""What the pages of the portal cost with all addons: Odoo logs it for each request."""

import re

import pytest
from lxml import html

from tests.support.clients import HttpSession

#: Queries of any page, whatever it shows.
LIMIT = 40
LOGINS = ("buyer", "approver", "owner")
#: Orders that are sent to see whether a page reads them one by one.
MORE = 5
IN_CART = 5
REQUEST = re.compile(r'"GET (\S+) HTTP/\S+" (\d+) - (\d+) ')


@pytest.fixture(scope="module")
def server(db_factory, odoo_server):
    """A server of its own: orders are sent here, and no other request is logged."""
    return odoo_server(db_factory("demo"))


@pytest.fixture(scope="module")
def sessions(server):
    opened = {login: HttpSession(server).sign_in(login) for login in LOGINS}
    for session in opened.values():
        fill_cart(session)
    yield opened
    for session in opened.values():
        session.close()


def fill_cart(session):
    page = session.get("/trade/catalog").text
    seat = int(re.search(r'data-seat-id="(\d+)"', page)[1])
    products = dict.fromkeys(re.findall(r'data-product-id="(\d+)"', page))
    lines = [[int(product), 96] for product in list(products)[:IN_CART]]
    session.jsonrpc("/trade/cart/set", seat_id=seat, lines=lines)


def send_orders(session, name):
    """Through the checkout, as its page would; every warning is ticked.

    :return: path of the last one's thanks
    """
    for number in range(MORE):
        page = html.fromstring(session.get("/trade/checkout").text)
        (form,) = page.xpath("//form[@action='/trade/checkout']")
        ticks = page.xpath("//input[starts-with(@name, 'ack_')]/@name")
        values = dict(form.form_values()) | dict.fromkeys(ticks, "1")
        values["po"] = f"PO {name} {number}"
        answer = session.post("/trade/checkout", data=values, allow_redirects=False)
        assert answer.status_code == 303, answer.text[:500]
        fill_cart(session)
    return answer.headers["Location"]


def paths(session):
    """All pages this person can open, with an article and an order of the shop."""
    catalog = session.get("/trade/catalog").text
    orders = session.get("/trade/orders").text
    product = re.search(r"/trade/product/\d+", catalog)[0]
    order = re.search(r"/trade/orders/(\d+)", orders)[1]
    own = [
        "/trade",
        "/trade/catalog",
        product,
        "/trade/cart",
        "/trade/carts",
        "/trade/checkout",
        "/trade/orders",
        f"/trade/orders/{order}",
        f"/trade/order/{order}/thanks",
        "/trade/budgets",
        "/trade/points",
    ]
    if "/trade/approvals" in catalog:
        waiting = session.get("/trade/approvals").text
        own += ["/trade/approvals", re.search(r"/trade/approvals/\d+", waiting)[0]]
        own += ["/trade/approvals?tab=decided", "/trade/approvals?tab=substitutes"]
    return own


def limit(path):
    """Pages of an order ask gate, stock and schedule together as well."""
    return LIMIT if path.startswith("/trade/catalog") else LIMIT + 8


def queries(session, path):
    """What the second request needed: the caches are warm after the first."""
    log = session.server.log
    session.get(path)
    before = log.stat().st_size
    page = session.get(path, allow_redirects=False)
    assert page.status_code == 200, path
    with log.open() as lines:
        lines.seek(before)
        found = REQUEST.findall(lines.read())
    ((logged, _status, count),) = found
    assert logged == path
    return int(count)


@pytest.mark.parametrize("login", LOGINS)
def test_no_page_needs_more_than_the_limit(sessions, login):
    session = sessions[login]
    found = {path: queries(session, path) for path in paths(session)}
    assert len(found) >= 10
    assert not {path: n for path, n in found.items() if n > limit(path)}, found


def test_more_orders_need_no_more_queries(sessions):
    def needed():
        return {(login, path): queries(sessions[login], path) for login, path in asked}

    asked = [(login, path) for login in LOGINS for path in paths(sessions[login])]
    send_orders(sessions["buyer"], "few")
    few = needed()
    thanks = send_orders(sessions["buyer"], "many")
    assert "waits for" in sessions["buyer"].get(thanks).text
    many = needed()
    assert not {key: (few[key], many[key]) for key in asked if many[key] > few[key]}
    assert not {key: n for key, n in many.items() if n > limit(key[1])}, many
