"""One page sent many times at the same instant is one order."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html

from tests.support.clients import HttpSession

CLICKS = 6


def fields_of(page):
    (form,) = html.fromstring(page).xpath("//form[@action='/trade/checkout']")
    return dict(form.form_values())


def send(session, values):
    return session.post("/trade/checkout", data=values, allow_redirects=False)


# The database makes all but one wait and try again, and says so in the log.
@pytest.mark.ignore_log
def test_clicks_at_the_same_instant_are_one_order(demo_server, staff_rpc):
    session = HttpSession(demo_server).sign_in("owner")
    page = session.get("/trade/catalog").text
    seat = int(re.search(r'data-seat-id="(\d+)"', page)[1])
    product = int(re.search(r'data-product-id="(\d+)"', page)[1])
    session.jsonrpc("/trade/cart/set", seat_id=seat, lines=[[product, 24]])
    values = fields_of(session.get("/trade/checkout").text) | {"po": "PO ONCE"}
    domain = [("b2b_seat_id", "=", seat), ("b2b_submitted_at", "!=", False)]
    before = staff_rpc.call("sale.order", "search_count", domain)
    clicks = []
    for _click in range(CLICKS):
        clicks.append(HttpSession(demo_server))
        clicks[-1].cookies.update(session.cookies)
    with ThreadPoolExecutor(CLICKS) as pool:
        answers = list(pool.map(lambda click: send(click, values), clicks))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert staff_rpc.call("sale.order", "search_count", domain) == before + 1
    again = send(session, values)
    assert again.headers["Location"] == answers[0].headers["Location"]
    for click in [*clicks, session]:
        click.close()
