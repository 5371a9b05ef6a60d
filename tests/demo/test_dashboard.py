"""The dashboard of the demo business in a real browser."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIGURE = ".o_b2b_tile .o_b2b_figure"
# Open items come grouped by party, orders as they are.
RECORDS = ".o_list_view .o_data_row, .o_list_view .o_group_header"


def open_dashboard(page, login, user):
    login(page, user)
    page.goto("/odoo/b2b")
    page.locator(FIGURE).first.wait_for()


def test_tiles_and_charts(page, login):
    open_dashboard(page, login, "manager")
    titles = page.locator(".o_b2b_tile_title").all_inner_texts()
    assert len(titles) >= 6
    assert {"Sales, net", "Margin", "Orders waiting", "Overdue"} <= set(titles)
    expect(page.locator("canvas")).to_have_count(1)
    expect(page.locator(".o_b2b_bars").nth(1)).to_be_visible()
    expect(page.locator(FIGURE).first).to_contain_text("£")


@pytest.mark.parametrize(
    "target",
    [
        "[data-section=sales_net]",
        "[data-section=overdue]",
        "[data-section=sales_by_group] .o_b2b_row_link >> nth=0",
        "[data-section=receivable_ages] .o_b2b_row_link >> nth=0",
        "[data-section=best_parties] .o_b2b_row_link >> nth=0",
        "[data-section=waiting_reasons] .o_b2b_row_link >> nth=0",
    ],
)
def test_a_figure_opens_its_records_by_keyboard(page, login, target):
    open_dashboard(page, login, "manager")
    page.focus(target)
    page.keyboard.press("Enter")
    page.locator(RECORDS).first.wait_for()


def test_line_has_a_table_behind_it(page, login):
    open_dashboard(page, login, "manager")
    card = page.locator("[data-section=sales_by_month]")
    expect(card.locator("tbody tr")).to_have_count(12)
    card.get_by_text("as table").click()
    expect(card.locator("canvas")).to_have_count(0)
    card.locator(".o_b2b_row_link").last.click()
    page.locator(".o_list_view .o_data_row").first.wait_for()


def test_filters_change_the_figures_and_are_kept(page, login):
    open_dashboard(page, login, "manager")
    tile = page.locator("[data-section=sales_net]")
    month = tile.inner_text()
    page.get_by_role("button", name="Year", exact=True).click()
    expect(tile).not_to_have_text(month, use_inner_text=True)
    year = tile.inner_text()
    page.reload()
    expect(tile).to_have_text(year, use_inner_text=True)


def test_lost_connection_keeps_the_figures(page, login):
    open_dashboard(page, login, "manager")
    before = page.locator(FIGURE).all_inner_texts()
    page.route(re.compile("get_data"), lambda route: route.abort())
    page.get_by_role("button", name="Refresh").click()
    page.get_by_text("stay on the page").wait_for()
    assert page.locator(FIGURE).all_inner_texts() == before
    page.unroute(re.compile("get_data"))
    page.get_by_text("Try again").click()
    page.get_by_text("stay on the page").wait_for(state="detached")


def test_rep_sees_no_margin(page, login):
    open_dashboard(page, login, "rep")
    assert "Margin" not in page.locator(".o_b2b_tile_title").all_inner_texts()
    assert "Margin" not in page.locator("th").all_inner_texts()


def test_narrow_screen_does_not_scroll_sideways(page, login):
    page.set_viewport_size({"width": 360, "height": 800})
    open_dashboard(page, login, "manager")
    overflow = page.evaluate(
        "() => { const el = document.querySelector('.o_b2b_dashboard');"
        " return el.scrollWidth - el.clientWidth; }"
    )
    assert overflow <= 0
