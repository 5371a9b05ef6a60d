"""A real browser: the system's Chromium driven by Playwright.

Playwright rather than Odoo's tours: a story crosses several logins and both faces of
the shop, which a tour, bound to one page and one user, cannot do.
"""

import pytest

from tools import system
from tools.paths import STATE

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
SHOTS = STATE / "screenshots"
TIMEOUT = 30_000
#: What is expected may take so long on a machine that does other things as well.
PATIENCE = 20_000
#: Signs of a page that are told when its test fails.
SAID = 1500


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    executable = system.find(system.BROWSER)
    if not executable:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable, args=list(OPTIONS)
        )
        yield running
        running.close()


@pytest.fixture
def page(browser, demo_server, request):
    """A page of its own session; `page.goto("/trade")` means the demo server.

    Errors of scripts fail the test; a failed test leaves a picture in .b2b/screenshots
    and tells what stood on the page.
    """
    context = browser.new_context(
        base_url=demo_server.url,
        viewport={"width": 1280, "height": 900},
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(TIMEOUT)
    opened = context.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    if failed(request):
        SHOTS.mkdir(exist_ok=True)
        name = request.node.nodeid.rpartition("/")[2].replace("::", "-")
        opened.screenshot(path=SHOTS / f"{name}.png")
        print(f"{opened.url}\n{opened.inner_text('body')[:SAID]}")
    context.close()
    assert not errors, f"Errors in the browser: {errors}"


def failed(request):
    """Whether the test itself failed (left by the hook in support/plugin.py)."""
    return getattr(request.node, "b2b_failed", False)


@pytest.fixture
def login():
    """Sign in by hand: `login(page, "buyer")`."""

    def sign_in(page, user, password=None):
        page.goto("/web/login")
        page.fill("input[name=login]", user)
        page.fill("input[name=password]", password or user)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)

    return sign_in
