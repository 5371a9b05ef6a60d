"""HTTP and JSON-RPC as a signed-in user, without a browser."""

import re

import pytest
import requests

TIMEOUT = 120
TOKEN = re.compile(r"""name="csrf_token"\s+value="([^"]+)"|csrf_token: "([^"]+)\"""")


class RpcError(Exception):
    """The server's answer to a refused call; `name` is the exception's class there."""

    def __init__(self, error):
        data = error.get("data") or {}
        super().__init__(data.get("message") or error.get("message"))
        self.name = data.get("name", "")
        self.debug = data.get("debug", "")


class HttpSession(requests.Session):
    """A session on one server: paths instead of addresses, CSRF tokens, JSON-RPC."""

    def __init__(self, server):
        super().__init__()
        self.server = server
        self.user_id = None

    def request(self, method, url, **options):
        options.setdefault("timeout", TIMEOUT)
        address = url if url.startswith("http") else self.server.url + url
        return super().request(method, address, **options)

    def jsonrpc(self, path, **parameters):
        answer = self.post(path, json={"jsonrpc": "2.0", "id": 1, "params": parameters})
        answer.raise_for_status()
        body = answer.json()
        if "error" in body:
            raise RpcError(body["error"])
        return body.get("result")

    def sign_in(self, login, password=None):
        result = self.jsonrpc(
            "/web/session/authenticate",
            db=self.server.database,
            login=login,
            password=password or login,
        )
        self.user_id = result["uid"]
        return self

    def csrf_token(self, path="/my"):
        """The token of the session, as a page of it carries it."""
        found = TOKEN.search(self.get(path).text)
        assert found, f"{path} carries no CSRF token"
        return found[1] or found[2]

    def post_form(self, path, **values):
        """Post a form as its page would, with the token."""
        values.setdefault("csrf_token", self.csrf_token())
        return self.post(path, data=values, allow_redirects=False)


class Rpc:
    """Calls model methods as a user: `rpc("buyer").call("sale.order", "read", ids)`."""

    def __init__(self, session):
        self.session = session

    @property
    def user_id(self):
        return self.session.user_id

    def call(self, model, method, *arguments, **keywords):
        return self.session.jsonrpc(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(arguments),
            kwargs=keywords,
        )


@pytest.fixture
def http(demo_server):
    """A signed-in session: `http("buyer")`; `http(None)` is a visitor."""
    opened = []

    def sign_in(login, server=None, password=None):
        session = HttpSession(server or demo_server)
        opened.append(session)
        return session.sign_in(login, password) if login else session

    yield sign_in
    for session in opened:
        session.close()


@pytest.fixture
def rpc(http):
    """Model calls as a user: `rpc("rep").call("sale.order", "search_count", [])`."""
    return lambda login, server=None, password=None: Rpc(http(login, server, password))
