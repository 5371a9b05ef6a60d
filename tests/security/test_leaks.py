"""Nothing but a customer's own prices and products leaves the server.

Secrets with unmistakable names and figures are put into a copy of the demo business.
Then a buyer, a rival, an external agent and a visitor ask for everything: all models at
all doors, every route, every page that a link leads to, pictures and files, the mails
and papers they get. Whatever carries a secret fails the test. A new model, route or
page is walked without being named here.
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest

from tests.support.clients import HttpSession

from .conftest import run_inside
from .leaks_words import MARK, NUMBERS

LOGINS = ("buyer", "rival", "agent")
EVERYBODY = (*LOGINS, None)
NOTHING = 999_999_999
#: How many pages of links one login follows.
PAGES = 60
#: Long lists, pages that end the session, and what belongs to the server itself.
LEFT_ALONE = re.compile(
    r"/(web/session|web/database|web/assets|web/static|websocket|longpolling|bus|"
    r"web/become|web/tests|logo|odoo|scoped_app|report/(pdf|barcode)|"
    r"google|microsoft|fleet)|logout|/static/|report_type=pdf|/document$"
)
LINK = re.compile(r"""(?:href|src|action)=["'](/[^"'#]*)""")
SECRET = re.compile(
    "|".join(
        [
            rf"{MARK}[a-z]+{MARK}",
            *(re.escape(f"{number:,.2f}") for number in NUMBERS.values()),
            *(rf"\b{re.escape(str(number))}" for number in NUMBERS.values()),
        ]
    ),
    re.IGNORECASE,
)


@dataclass
class Shop:
    """A running copy with secrets in it, and one session for each login."""

    database: str
    server: object
    seeded: dict
    sessions: dict

    def look(self, login, path, answer):
        """What of the answer is secret, with where it stands."""
        if not answer.headers.get("Content-Type", "text").startswith(
            ("text", "application/json", "application/xml", "application/javascript")
        ):
            return []
        # What was asked for may stand in the answer.
        text = answer.text.replace(path, "")
        found = SECRET.search(text)
        if not found:
            return []
        around = text[max(0, found.start() - 60) : found.end() + 60]
        return [f"{login or 'visitor'} {path}: … {around} …"]


@pytest.fixture(scope="module")
def shop(stack, db_factory, odoo_server):
    database = db_factory("demo")
    seeded = run_inside(stack, database, "leaks_seed.py")
    server = odoo_server(database)
    sessions = {}
    for login in EVERYBODY:
        sessions[login] = HttpSession(server)
        if login:
            sessions[login].sign_in(login)
    yield Shop(database, server, seeded, sessions)
    for session in sessions.values():
        session.close()


# Odoo logs every refusal.
@pytest.mark.ignore_log
@pytest.mark.slow
def test_no_model_tells(stack, shop):
    """RPC: read, search, name_search, export, web_read; mails and papers."""
    question = {
        "logins": [*LOGINS, "public"],
        "records": {**shop.seeded["own"], **shop.seeded["records"]},
        "pattern": SECRET.pattern,
    }
    found = run_inside(stack, shop.database, "leaks_models.py", question)
    assert not found, "\n".join(" | ".join(row) for row in found[:40])


@pytest.mark.ignore_log
@pytest.mark.slow
@pytest.mark.parametrize("login", EVERYBODY, ids=lambda login: login or "visitor")
def test_no_page_tells(shop, login):
    """Pages from the portal on, link by link, one of each kind."""
    session, found = shop.sessions[login], []
    waiting = ["/trade", "/my", "/my/home", "/trade/catalog", "/trade/range", "/shop"]
    waiting += ["/sitemap.xml", "/robots.txt", "/web/login", "/", "/trade/agent"]
    seen = set()
    while waiting and len(seen) < PAGES:
        path = waiting.pop(0)
        kind = re.sub(r"\d+|=[^&]*", "#", path)
        if kind in seen or LEFT_ALONE.search(path):
            continue
        seen.add(kind)
        answer = session.get(path)
        found += shop.look(login, path, answer)
        for link in LINK.findall(answer.text):
            link = link.replace("&amp;", "&")
            waiting.append(urlsplit(urljoin(path, link))._replace(fragment="").geturl())
    assert len(seen) > (5 if login else 2), seen
    assert not found, "\n".join(found)


def candidates(shop, name):
    """Ids worth trying for a parameter of a route: secret ones, then own ones."""
    hidden, own = shop.seeded["records"], shop.seeded["own"]
    for word, model in (
        ("product_template", "product.template"),
        ("product_tmpl", "product.template"),
        ("product", "product.product"),
        ("document", "product.document"),
        ("attachment", "ir.attachment"),
        ("order", "sale.order"),
        ("invoice", "account.move"),
        ("partner", "res.partner"),
        ("address", "res.partner"),
        ("agreement", "b2b.agreement"),
        ("pricelist", "product.pricelist"),
    ):
        if word in name:
            return hidden.get(model, [])[:1] + own.get(model, [])[:1]
    return hidden["product.product"][:1]


def addresses(shop, rule):
    """Paths of a route with its parameters filled in."""
    names = re.findall(r"<(?:[^:>]+:)?(\w+)>", rule)
    if not names:
        return [rule]
    tries = [candidates(shop, name) or [1] for name in names]
    filled = []
    for turn in range(max(map(len, tries))):
        path = rule
        for name, ids in zip(names, tries, strict=True):
            value = str(ids[min(turn, len(ids) - 1)])
            path = re.sub(rf"<(?:[^:>]+:)?{name}>", value, path)
        filled.append(path)
    return filled


@pytest.fixture(scope="module")
def routes(stack, shop):
    every = run_inside(stack, shop.database, "introspect.py")["every"]
    return [row for row in every if not LEFT_ALONE.search(row[0])]


@pytest.mark.ignore_log
@pytest.mark.slow
@pytest.mark.parametrize("login", EVERYBODY, ids=lambda login: login or "visitor")
def test_no_route_tells(shop, routes, login):
    """Every route of every addon that can be read, with secret and own numbers."""
    session, found, asked = shop.sessions[login], [], 0
    for rule, methods, kind, auth in routes:
        if login is None and auth == "user":
            continue
        for path in addresses(shop, rule):
            if kind == "http" and ("GET" in methods or not methods):
                answer = session.get(path, allow_redirects=False)
            elif kind == "jsonrpc" and rule.startswith(READING):
                body = {"jsonrpc": "2.0", "id": 1, "params": parameters(shop, login)}
                answer = session.post(path, json=body)
            else:
                continue
            asked += 1
            found += shop.look(login, path, answer)
    assert asked > 50
    assert not found, "\n".join(found)


#: JSON routes that only read, by how they begin.
READING = (
    "/mail/",
    "/portal/",
    "/trade/search",
    "/trade/price",
    "/trade/catalog/rows",
    "/trade/cart/compare",
    "/trade/needs",
    "/sale/",
    "/website_sale/",
    "/web/action",
    "/web/dataset",
)


def parameters(shop, login):
    """One set for all: each route takes the names it knows."""
    order = shop.seeded["own"]["sale.order"][0]
    page = shop.sessions[login].get("/trade").text
    seat = re.search(r'data-seat-id="(\d+)"', page)
    return {
        "seat_id": int(seat[1]) if seat else 0,
        "text": MARK,
        "query": {"search": MARK},
        "product_id": shop.seeded["own"]["product.product"][0],
        "thread_model": "sale.order",
        "thread_id": order,
        "fetch_params": {},
        "search_term": MARK,
    }


@pytest.mark.ignore_log
@pytest.mark.slow
@pytest.mark.parametrize("login", EVERYBODY, ids=lambda login: login or "visitor")
def test_no_file_tells(shop, login):
    """Pictures and files of a hidden product, by whatever address."""
    session, records = shop.sessions[login], shop.seeded["records"]
    (variant,), (template,) = records["product.product"], records["product.template"]
    (document,), (file,) = records["product.document"], records["ir.attachment"]
    staff = HttpSession(shop.server).sign_in("admin")
    pictures = [
        f"/web/image/product.product/{variant}/image_128",
        f"/web/image/product.template/{template}/image_1920",
        f"/web/image?model=product.template&id={template}&field=image_512",
        f"/trade/image/{variant}?size=512",
        f"/trade/range/image/{variant}",
    ]
    for path in pictures:
        answer = session.get(path)
        mine = staff.get(pictures[1]).content
        assert answer.content != mine, path
        if answer.headers.get("Content-Type", "").startswith("image/"):
            # The same stand-in as for an article that does not exist.
            other = re.sub(rf"\b({variant}|{template})\b", str(NOTHING), path)
            assert answer.content == session.get(other).content, path
    for path in (
        f"/web/content/{file}",
        f"/web/content/product.document/{document}/raw",
        f"/web/content/product.document/{document}/datas",
        f"/web/image/{file}",
        f"/mail/attachment/{file}",
        f"/my/orders/{shop.seeded['own']['sale.order'][0]}/document/{document}",
    ):
        assert b"zqcontentzq" not in session.get(path).content, path
    staff.close()


@pytest.mark.ignore_log
@pytest.mark.slow
def test_the_crawler_sees_what_leaks(shop):
    """Our own staff read all of it, so the pattern and the walk are no dummies."""
    staff = HttpSession(shop.server).sign_in("admin")
    row = staff.jsonrpc(
        "/web/dataset/call_kw/product.template/read",
        model="product.template",
        method="read",
        args=[shop.seeded["records"]["product.template"], ["name", "list_price"]],
        kwargs={},
    )[0]
    assert SECRET.search(row["name"])
    assert SECRET.search(str(row["list_price"]))
    assert SECRET.search("4,817.53") and not SECRET.search("94817.53")
    path = f"/web/image/product.template/{row['id']}/image_1920"
    assert staff.get(path).headers["Content-Type"].startswith("image/")
    staff.close()
