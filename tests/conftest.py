"""Fixtures of the tests across addons; each family is a small file in support/."""

from tests.support.browser import browser, login, page  # noqa: F401
from tests.support.clients import http, rpc  # noqa: F401
from tests.support.stack import (  # noqa: F401
    db_factory,
    demo_server,
    odoo_server,
    stack,
    templates,
)
