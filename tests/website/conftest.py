"""The demo business with Odoo's web shop beside it."""

import pytest

from tests.install.conftest import Database


@pytest.fixture(scope="session")
def shop_server(stack, db_factory, odoo_server):
    """A server on a copy of the demo database in which the web shop was installed."""
    database = Database(stack, db_factory("demo"))
    database.install("website_sale")
    return odoo_server(database.name)


@pytest.fixture
def shop_page(browser, shop_server):
    """`shop_page()` is a page of its own session; an error of its scripts fails."""
    opened, errors = [], []

    def open_page(viewport=None):
        context = browser.new_context(
            base_url=shop_server.url,
            viewport=viewport or {"width": 1280, "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not errors
