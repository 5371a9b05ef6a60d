"""Every route below /trade: another company's buyer, a visitor, a forged form.

The routes come from the routing map of the running server: a route without a case
here fails the run.
"""

import re
from dataclasses import dataclass, field

import pytest

from tests.support.clients import HttpSession

NOTHING = 999_999_999
TOKEN = "0123456789abcdef" * 2


@dataclass(frozen=True)
class Case:
    """How the rival knocks, and what he may hear.

    Texts may name attributes of the victim in braces: ``{order}``.
    """

    expected: tuple
    path: str = ""
    form: dict = field(default_factory=dict)
    json: dict = field(default_factory=dict)


PAGE, REFUSED, MISSING = (200,), (403,), (404,)

CASES = {
    ("/trade", "GET"): Case(PAGE),
    ("/trade/addresses", "GET"): Case(PAGE),
    ("/trade/addresses/<int:address_id>", "GET"): Case(
        REFUSED, "/trade/addresses/{address}"
    ),
    ("/trade/addresses/<int:address_id>/archive", "POST"): Case(
        REFUSED, "/trade/addresses/{address}/archive"
    ),
    ("/trade/addresses/<int:address_id>/default", "POST"): Case(
        REFUSED, "/trade/addresses/{address}/default"
    ),
    ("/trade/addresses/<int:address_id>/mine", "POST"): Case(
        MISSING, "/trade/addresses/{address}/mine"
    ),
    ("/trade/addresses/<int:address_id>/save", "POST"): Case(
        REFUSED, "/trade/addresses/{address}/save", form={"name": "Mine now"}
    ),
    ("/trade/addresses/add", "POST"): Case(REFUSED, form={"above": "{address}"}),
    ("/trade/addresses/new", "GET"): Case(REFUSED),
    ("/trade/agent", "GET"): Case(REFUSED),
    ("/trade/agent/order", "POST"): Case(REFUSED, form={"party_id": "{party}"}),
    ("/trade/agent/orders", "GET"): Case(REFUSED),
    ("/trade/approvals", "GET"): Case(REFUSED),
    ("/trade/approvals/<int:order_id>", "GET"): Case(
        REFUSED, "/trade/approvals/{order}"
    ),
    ("/trade/approvals/<int:order_id>/decide", "POST"): Case(
        REFUSED, "/trade/approvals/{order}/decide", form={"verdict": "approve"}
    ),
    ("/trade/approvals/batch", "GET"): Case(
        REFUSED, "/trade/approvals/batch?order={order}&verdict=approve"
    ),
    ("/trade/approvals/batch", "POST"): Case(
        REFUSED, form={"order": "{order}", "verdict": "approve"}
    ),
    ("/trade/approvals/commit", "POST"): Case(REFUSED, json={"sent": "1"}),
    ("/trade/approvals/news", "POST"): Case(REFUSED, json={"orders": ["{order}"]}),
    ("/trade/approvals/rules", "GET"): Case(REFUSED),
    ("/trade/approvals/rules/<int:rule_id>", "GET"): Case(
        REFUSED, "/trade/approvals/rules/1"
    ),
    ("/trade/approvals/rules/<int:rule_id>/archive", "POST"): Case(
        REFUSED, "/trade/approvals/rules/1/archive"
    ),
    ("/trade/approvals/rules/<int:rule_id>/save", "POST"): Case(
        REFUSED, "/trade/approvals/rules/1/save", form={"name": "Mine now"}
    ),
    ("/trade/approvals/rules/add", "POST"): Case(REFUSED, form={"name": "Mine"}),
    ("/trade/approvals/rules/new", "GET"): Case(REFUSED),
    ("/trade/approvals/substitutes", "POST"): Case(
        REFUSED, form={"away": "{seat}", "substitute": "{seat}"}
    ),
    ("/trade/approvals/substitutes/<int:substitute_id>/end", "POST"): Case(
        REFUSED, "/trade/approvals/substitutes/1/end"
    ),
    ("/trade/approvals/undo", "POST"): Case(REFUSED, form={"sent": "1"}),
    ("/trade/budgets", "GET"): Case(PAGE),
    ("/trade/budgets/<int:budget_id>", "GET"): Case(MISSING, "/trade/budgets/{budget}"),
    ("/trade/budgets/<int:budget_id>/edit", "GET"): Case(
        REFUSED, "/trade/budgets/{budget}/edit"
    ),
    ("/trade/budgets/<int:budget_id>/export", "GET"): Case(
        MISSING, "/trade/budgets/{budget}/export"
    ),
    ("/trade/budgets/<int:budget_id>/save", "POST"): Case(
        REFUSED, "/trade/budgets/{budget}/save", form={"name": "Mine", "amount": "9"}
    ),
    ("/trade/budgets/<int:budget_id>/state", "POST"): Case(
        REFUSED, "/trade/budgets/{budget}/state", form={"do": "archive"}
    ),
    ("/trade/budgets/create", "POST"): Case(
        REFUSED, form={"name": "Mine", "amount": "9"}
    ),
    ("/trade/budgets/new", "GET"): Case(REFUSED, "/trade/budgets/new?copy={budget}"),
    ("/trade/cart", "GET"): Case(PAGE),
    ("/trade/cart/add", "POST"): Case(PAGE, json={"lines": [[NOTHING, 1]]}),
    ("/trade/cart/agreement", "POST"): Case(
        (403, 404), form={"agreement_id": "{agreement}"}
    ),
    ("/trade/cart/agreement/json", "POST"): Case(
        (403, 404), json={"agreement_id": "{agreement}"}
    ),
    ("/trade/cart/code", "POST"): Case(
        (400,), json={"code": "BW-1042", "quantity": "1"}
    ),
    ("/trade/cart/compare", "POST"): Case((200, 403), json={}),
    ("/trade/cart/lines", "POST"): Case((400, 404), form={f"q_{NOTHING}": "1"}),
    ("/trade/cart/remove", "POST"): Case(
        (200, 400, 404), json={"product_ids": [NOTHING]}
    ),
    ("/trade/cart/reprice", "POST"): Case((303,)),
    ("/trade/cart/set", "POST"): Case(PAGE, json={"lines": [[NOTHING, 1]]}),
    ("/trade/cart/update", "POST"): Case((303, 400, 404), form={f"q_{NOTHING}": "1"}),
    ("/trade/carts", "GET"): Case(PAGE, "/trade/carts?deleted={cart}"),
    ("/trade/carts/<int:target_id>/copy", "POST"): Case(
        MISSING, "/trade/carts/{cart}/copy", form={"name": "Mine now"}
    ),
    ("/trade/carts/<int:target_id>/delete", "POST"): Case(
        MISSING, "/trade/carts/{cart}/delete"
    ),
    ("/trade/carts/<int:target_id>/empty", "POST"): Case(
        MISSING, "/trade/carts/{cart}/empty"
    ),
    ("/trade/carts/<int:target_id>/name", "POST"): Case(
        MISSING, "/trade/carts/{cart}/name", form={"name": "Mine now"}
    ),
    ("/trade/carts/<int:target_id>/restore", "POST"): Case(
        MISSING, "/trade/carts/{cart}/restore"
    ),
    # no name: he would keep the cart
    ("/trade/carts/new", "POST"): Case((400,), form={"name": ""}),
    ("/trade/carts/switch", "POST"): Case(MISSING, form={"target_id": "{cart}"}),
    ("/trade/catalog", "GET"): Case(PAGE),
    ("/trade/catalog/rows", "POST"): Case(PAGE, json={"query": {}, "offset": 0}),
    ("/trade/checkout", "GET"): Case((200, 303)),
    ("/trade/checkout", "POST"): Case(
        (409,),
        form={
            "token": TOKEN,
            "cart_id": "{cart}",
            "address_id": "{address}",
            "seen": '{{"l":[],"t":0}}',
        },
    ),
    ("/trade/checkout/address", "POST"): Case((403, 409), form={"cart_id": "{cart}"}),
    ("/trade/checkout/files", "POST"): Case((409,), form={"cart_id": "{cart}"}),
    ("/trade/checkout/files/<int:file_id>", "GET"): Case(
        MISSING, "/trade/checkout/files/{file}"
    ),
    ("/trade/checkout/files/<int:file_id>/remove", "POST"): Case(
        (404, 409), "/trade/checkout/files/{file}/remove", form={"cart_id": "{cart}"}
    ),
    ("/trade/checkout/files/<int:file_id>/restore", "POST"): Case(
        (404, 409), "/trade/checkout/files/{file}/restore", form={"cart_id": "{cart}"}
    ),
    ("/trade/checkout/update", "POST"): Case(
        (404, 409), json={"cart_id": "{cart}", "form": {"po": "x"}, "seen": ""}
    ),
    ("/trade/end-customers", "GET"): Case(PAGE),
    ("/trade/end-customers/<int:end_id>", "GET"): Case(
        REFUSED, "/trade/end-customers/{end}"
    ),
    ("/trade/end-customers/<int:end_id>/archive", "POST"): Case(
        REFUSED, "/trade/end-customers/{end}/archive"
    ),
    ("/trade/end-customers/<int:end_id>/save", "POST"): Case(
        REFUSED, "/trade/end-customers/{end}/save", form={"name": "Mine now"}
    ),
    ("/trade/end-customers/add", "POST"): Case(REFUSED, form={"name": "Mine"}),
    ("/trade/end-customers/new", "GET"): Case(REFUSED),
    ("/trade/face", "GET"): Case((200, 304, 404)),
    ("/trade/image/<int:product_id>", "GET"): Case(MISSING, f"/trade/image/{NOTHING}"),
    ("/trade/favourite", "POST"): Case(MISSING, json={"product_id": NOTHING}),
    ("/trade/language", "POST"): Case((400,), form={"lang": "xx_XX"}),
    ("/trade/lists", "GET"): Case(PAGE, "/trade/lists?deleted={list}"),
    ("/trade/lists/<int:list_id>", "GET"): Case(MISSING, "/trade/lists/{list}"),
    ("/trade/lists/<int:list_id>/cart", "POST"): Case(
        MISSING, "/trade/lists/{list}/cart"
    ),
    ("/trade/lists/<int:list_id>/clean", "POST"): Case(
        MISSING, "/trade/lists/{list}/clean"
    ),
    ("/trade/lists/<int:list_id>/copy", "POST"): Case(
        MISSING, "/trade/lists/{list}/copy", form={"name": "Mine"}
    ),
    ("/trade/lists/<int:list_id>/delete", "POST"): Case(
        MISSING, "/trade/lists/{list}/delete"
    ),
    ("/trade/lists/<int:list_id>/name", "POST"): Case(
        MISSING, "/trade/lists/{list}/name", form={"name": "Mine"}
    ),
    ("/trade/lists/<int:list_id>/remove", "POST"): Case(
        MISSING, "/trade/lists/{list}/remove", json={"product_ids": [NOTHING]}
    ),
    ("/trade/lists/<int:list_id>/restore", "POST"): Case(
        MISSING, "/trade/lists/{list}/restore"
    ),
    ("/trade/lists/<int:list_id>/set", "POST"): Case(
        MISSING, "/trade/lists/{list}/set", json={"lines": [[NOTHING, 1]]}
    ),
    ("/trade/lists/<int:list_id>/share", "POST"): Case(
        MISSING, "/trade/lists/{list}/share", form={"shared": "1"}
    ),
    ("/trade/lists/choices", "POST"): Case(PAGE),
    ("/trade/lists/new", "POST"): Case((400,), form={"name": " "}),
    ("/trade/lists/put", "POST"): Case(
        MISSING, json={"lines": [[NOTHING, 1]], "list_id": "{list}"}
    ),
    ("/trade/needs", "POST"): Case(PAGE),
    ("/trade/order/<int:order_id>/thanks", "GET"): Case(
        MISSING, "/trade/order/{order}/thanks"
    ),
    ("/trade/orders", "GET"): Case(PAGE, "/trade/orders?search=PO"),
    ("/trade/orders/<int:order_id>", "GET"): Case(MISSING, "/trade/orders/{order}"),
    ("/trade/orders/<int:order_id>/document", "GET"): Case(
        MISSING, "/trade/orders/{order}/document"
    ),
    ("/trade/orders/<int:order_id>/document/state", "POST"): Case(
        MISSING, "/trade/orders/{order}/document/state", json={"again": True}
    ),
    ("/trade/orders/<int:order_id>/files/<int:file_id>", "GET"): Case(
        MISSING, "/trade/orders/{order}/files/{file}"
    ),
    ("/trade/orders/<int:order_id>/close-rest", "POST"): Case(
        REFUSED, "/trade/orders/{order}/close-rest"
    ),
    ("/trade/orders/<int:order_id>/edit", "POST"): Case(
        MISSING, "/trade/orders/{order}/edit"
    ),
    ("/trade/orders/<int:order_id>/written/<int:file_id>", "GET"): Case(
        MISSING, "/trade/orders/{order}/written/1"
    ),
    ("/trade/orders/<int:order_id>/reorder", "POST"): Case(
        MISSING, "/trade/orders/{order}/reorder"
    ),
    ("/trade/points", "GET"): Case(PAGE),
    ("/trade/price/why", "POST"): Case((400, 404), json={"product_id": NOTHING}),
    ("/trade/product/<int:product_id>/document/<int:document_id>", "GET"): Case(
        MISSING, f"/trade/product/{NOTHING}/document/1"
    ),
    ("/trade/stock/tell", "POST"): Case(MISSING, json={"product_id": NOTHING}),
    ("/trade/product/<int:product_id>", "GET"): Case(
        MISSING, f"/trade/product/{NOTHING}"
    ),
    # Off in the demo business; test_public_range.py turns it on.
    ("/trade/range", "GET"): Case(MISSING),
    ("/trade/range/image/<int:product_id>", "GET"): Case(
        MISSING, f"/trade/range/image/{NOTHING}"
    ),
    ("/trade/quick-order", "GET"): Case(PAGE),
    ("/trade/quick-order/check", "POST"): Case(
        PAGE,
        json={"rows": [{"nr": 1, "code": "BW-1042", "qty": "1", "product": NOTHING}]},
    ),
    ("/trade/quick-order/read", "POST"): Case(PAGE, json={"text": "BW-1042;1"}),
    ("/trade/quick-order/suggest", "POST"): Case(PAGE, json={"text": "BW-1042"}),
    ("/trade/quick-order/template", "GET"): Case(PAGE),
    ("/trade/request-access", "GET"): Case(PAGE),
    ("/trade/request-access", "POST"): Case((400,)),
    ("/trade/search/suggest", "POST"): Case(PAGE, json={"text": "BW-1042"}),
    ("/trade/switch", "POST"): Case(MISSING, form={"target_seat_id": "{seat}"}),
    ("/trade/team", "GET"): Case(REFUSED),
    ("/trade/team/<int:member_id>", "GET"): Case(REFUSED, "/trade/team/{seat}"),
    ("/trade/team/<int:member_id>/save", "POST"): Case(
        REFUSED, "/trade/team/{seat}/save", form={"order_limit": "1"}
    ),
    ("/trade/team/<int:member_id>/state", "POST"): Case(
        REFUSED, "/trade/team/{seat}/state", form={"do": "suspend"}
    ),
    ("/trade/team/activity", "GET"): Case(REFUSED),
    ("/trade/team/invitations", "GET"): Case(PAGE),
    ("/trade/team/invitations/<int:invitation_id>/answer", "POST"): Case(
        MISSING, "/trade/team/invitations/{seat}/answer", form={"answer": "accept"}
    ),
    ("/trade/team/invite", "POST"): Case(REFUSED, form={"name": "Mallory"}),
    ("/trade/team/person", "POST"): Case(
        REFUSED, json={"member_id": "{seat}", "field": "role_id", "value": "1"}
    ),
    ("/trade/team/roles", "POST"): Case(
        REFUSED, json={"changes": {"1": {"approve": True}}}
    ),
    ("/trade/team/roles/<int:role_id>/delete", "POST"): Case(
        REFUSED, "/trade/team/roles/1/delete"
    ),
    ("/trade/team/roles/copy", "POST"): Case(REFUSED, form={"role_id": "1"}),
}
#: The only pages for visitors; what they show is told in b2b_portal's own tests.
PUBLIC = {
    "/trade/request-access",
    "/trade/range",
    "/trade/range/image/<int:product_id>",
}
GUARDED = [key for key in CASES if key[0] not in PUBLIC]
POSTS = [key for key in GUARDED if key[1] == "POST"]
#: Another word of the path for every number in it.
IDS = [key for key in CASES if "<int:" in key[0]]


def name(key):
    return f"{key[1]} {key[0]}"


@pytest.fixture(scope="module")
def rival(demo_server):
    """Jana, signed in, with her seat and a form token."""
    session = HttpSession(demo_server).sign_in("rival")
    page = session.get("/trade").text
    session.seat = int(re.search(r'data-seat-id="(\d+)"', page)[1])
    session.token = session.csrf_token("/trade")
    yield session
    session.close()


@pytest.fixture(scope="module", autouse=True)
def nothing_changes(fingerprint):
    before = fingerprint()
    yield
    assert fingerprint() == before, "a refused call changed something"


def filled(value, victim):
    if isinstance(value, str):
        text = value.format_map(vars(victim))
        return int(text) if value != text and text.isdigit() else text
    if isinstance(value, dict):
        return {key: filled(item, victim) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, victim) for item in value]
    return value


def knock(session, key, victim, *, seat=None, token=None, path=None):
    """Send the request of a case; seat and token are the session's own by default."""
    case = CASES[key]
    path = path or filled(case.path or key[0], victim)
    seat = session.seat if seat is None else seat
    if key[1] == "GET":
        return session.get(path, allow_redirects=False)
    if case.json or key[0] in JSON_ROUTES:
        params = {"seat_id": seat, **filled(case.json, victim)}
        body = {"jsonrpc": "2.0", "id": 1, "params": params}
        return session.post(path, json=body, allow_redirects=False)
    form = {"seat_id": seat, **filled(case.form, victim)}
    token = session.token if token is None else token
    if token:
        form["csrf_token"] = token
    return session.post(path, data=form, allow_redirects=False)


JSON_ROUTES = {
    "/trade/cart/compare",
    "/trade/carts/<int:target_id>/empty",
    "/trade/lists/choices",
    "/trade/needs",
}


def test_every_route_has_a_case(offered):
    routes = {(path, method) for path, method, _type, _auth in offered["routes"]}
    assert routes == set(CASES)
    opened = {path for path, *_rest, auth in offered["routes"] if auth != "user"}
    assert opened == PUBLIC


@pytest.mark.ignore_log
@pytest.mark.parametrize("key", CASES, ids=name)
def test_rival_reaches_nothing(rival, victim, key):
    answer = knock(rival, key, victim)
    assert answer.status_code in CASES[key].expected, answer.text[:500]
    secrets = [victim.name, "Hannah", "Feeder Road", *victim.order_names]
    if "text" in answer.headers.get("Content-Type", "text"):
        found = [
            word
            for word in secrets
            if re.search(rf"\b{re.escape(word)}\b", answer.text)
        ]
        assert not found, f"{name(key)} tells of {found[:3]}"


@pytest.mark.parametrize("key", IDS, ids=name)
def test_foreign_and_missing_sound_alike(rival, victim, key):
    """Nobody learns from the answer whether a number exists."""
    foreign = knock(rival, key, victim)
    path = re.sub(r"<int:\w+>", str(NOTHING), key[0])
    missing = knock(rival, key, victim, path=path)
    assert foreign.status_code == missing.status_code
    without_numbers = [
        re.sub(r"\d+|csrf_token[^,>]*", "", answer.text)
        for answer in (foreign, missing)
    ]
    assert without_numbers[0] == without_numbers[1]


@pytest.mark.parametrize("key", IDS, ids=name)
@pytest.mark.parametrize("number", ["0", "99999999999999999999", "-1", "x", "1.5"])
def test_numbers_that_are_none(rival, victim, key, number):
    path = re.sub(r"<int:\w+>", number, key[0])
    answer = knock(rival, key, victim, path=path)
    assert answer.status_code in (403, 404), answer.text[:300]


@pytest.mark.parametrize("key", GUARDED, ids=name)
def test_visitor_is_sent_to_the_login(demo_server, victim, key):
    visitor = HttpSession(demo_server)
    visitor.seat, visitor.token = 1, ""
    answer = knock(visitor, key, victim)
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        assert "SessionExpired" in answer.text
    else:
        assert answer.status_code == 303
        assert "/web/login" in answer.headers["Location"]
    visitor.close()


@pytest.mark.parametrize("key", POSTS, ids=name)
def test_a_page_of_another_seat_changes_nothing(rival, victim, key):
    answer = knock(rival, key, victim, seat=victim.seat)
    assert answer.status_code == 409
    assert "You now act for" in answer.text
    for seat in ("", "x", "[]"):
        assert knock(rival, key, victim, seat=seat).status_code == 400


@pytest.mark.parametrize(
    "key", [k for k in POSTS if not CASES[k].json and k[0] not in JSON_ROUTES], ids=name
)
def test_a_form_from_elsewhere_changes_nothing(rival, victim, key):
    for token in (" ", "x" * 40, "0" * 40 + "o9999999999"):
        answer = knock(rival, key, victim, token=token)
        assert answer.status_code == 400, answer.text[:300]


@pytest.mark.parametrize("path", ["/my", "/trade", "/trade/cart", "/web/login"])
def test_a_parameter_called_self_is_a_bad_request(rival, path):
    assert rival.get(f"{path}?self=1").status_code == 400
