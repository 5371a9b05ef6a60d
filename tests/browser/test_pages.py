"""What every face of the shop needs: pages open, styled, with icons."""

import pytest
from playwright.sync_api import expect

from tools import system

pytestmark = pytest.mark.browser

ICON_WIDTH = """() => {
    const icon = document.createElement("i");
    icon.className = "fa fa-shopping-cart";
    document.body.append(icon);
    const style = getComputedStyle(icon, "::before");
    const font = `16px ${style.fontFamily}`;
    return document.fonts.load(font).then((fonts) => fonts.length);
}"""


def test_login_page_is_styled_and_has_icons(page):
    page.goto("/web/login")
    # Odoo shows the form once its scripts run.
    page.locator("form.oe_login_form").wait_for()
    box = page.locator("form.oe_login_form").bounding_box()
    assert 200 < box["width"] < 700, "the form is as wide as an unstyled page"
    assert page.evaluate(ICON_WIDTH) == 1, "the icon font does not load"


def test_back_office_opens(page, login):
    login(page, "admin")
    page.goto("/odoo")
    page.wait_for_selector(".o_web_client .o_navbar, .o_home_menu, .o_main_navbar")


def test_refused_login_says_so(page):
    page.goto("/web/login")
    page.fill("input[name=login]", "nobody")
    page.fill("input[name=password]", "wrong")
    page.click("form.oe_login_form button[type=submit]")
    expect(page.locator(".alert-danger")).to_be_visible()


def test_order_prints_as_pdf(staff_rpc):
    if not system.find(system.PDF):
        pytest.skip("wkhtmltopdf is not installed")
    order = staff_rpc.call("sale.order", "search", [("state", "=", "sale")], limit=1)
    answer = staff_rpc.session.get(f"/report/pdf/sale.report_saleorder/{order[0]}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    # Fonts and the company's head make a page of more than a few kilobytes.
    assert len(answer.content) > 10_000
