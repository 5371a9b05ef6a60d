"""The story of people: the owner keeps her team, an agent orders, a stranger asks.

Pictures of every step are kept in .b2b/screenshots/team.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import SHOTS

pytestmark = pytest.mark.browser

TEAM = SHOTS / "team"
PHONE = {"width": 360, "height": 780}


def picture(page, name):
    TEAM.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=TEAM / f"{name}.png", full_page=True)


def fits(page):
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], "the page scrolls sideways"


def test_the_owner_invites_and_gives_another_role(page, login):
    login(page, "owner")
    page.goto("/trade/team")
    picture(page, "1-team")

    # What is missing is said at its field; what was typed stays.
    opener = page.get_by_role("link", name="Invite colleague")
    dialog = page.locator("#o_b2b_invite")
    for _again in range(20):
        opener.click()
        if dialog.is_visible():
            break
        page.wait_for_timeout(300)
    dialog.get_by_label("Name").fill("Ines Gray")
    dialog.get_by_label("E-mail").fill("ines")
    dialog.get_by_role("button", name="Send invitation").click()
    expect(dialog.locator("#b2b_email_error")).to_contain_text("name@company.com")
    expect(dialog.get_by_label("Name")).to_have_value("Ines Gray")
    picture(page, "2-invite-refused")
    dialog.get_by_label("E-mail").fill("ines@brightwell.example")
    dialog.get_by_label("Role").select_option(label="Viewer")
    dialog.get_by_label("Decided by").select_option(label="Marcus Feld")
    dialog.get_by_role("button", name="Send invitation").click()
    expect(page.locator(".o_b2b_done")).to_contain_text("Ines Gray is invited")
    row = page.locator("tr:has(th:has-text('Ines Gray'))")
    expect(row).to_contain_text("invited")

    # Another role, and back by Undo.
    role = page.get_by_label("Role of Owen Clarke")
    expect(role).to_be_visible()
    before = role.input_value()
    page.wait_for_load_state("networkidle")
    role.select_option(label="Buyer, Leeds")
    toast = page.locator(".o_b2b_toast").last
    expect(toast).to_contain_text("Owen Clarke is Buyer, Leeds now")
    picture(page, "3-role-changed")
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Role of Owen Clarke")).to_have_value(before)


def test_changes_of_roles_collect_and_are_saved_once(page, login):
    login(page, "owner")
    page.goto("/trade/team")
    page.wait_for_load_state("networkidle")
    box = page.get_by_label("Ask for returns, Buyer, Leeds")
    amount = page.get_by_label("Order up to, Buyer, Leeds, GBP")
    dock = page.locator(".o_b2b_roles_dock")
    expect(dock).to_be_hidden()
    was = box.is_checked()
    box.click()
    amount.fill("750")
    expect(dock).to_contain_text("2 unsaved changes")
    expect(dock).to_contain_text("concerns Rob Barnes")
    picture(page, "4-roles")

    # Escape takes them back, Undo brings them again; a reload keeps them.
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(dock).to_be_hidden()
    page.locator(".o_b2b_toast").last.get_by_role("button", name="Undo").click()
    expect(dock).to_contain_text("2 unsaved changes")
    page.reload()
    expect(dock).to_contain_text("2 unsaved changes")

    # Nonsense is refused in the dock and nothing is lost.
    amount.fill("many")
    page.keyboard.press("Control+s")
    expect(dock.locator(".o_b2b_roles_error")).to_contain_text("not an amount")
    assert box.is_checked() != was
    amount.fill("750")
    page.keyboard.press("Control+s")
    expect(page.locator(".o_b2b_toast").last).to_contain_text("Buyer, Leeds")
    expect(dock).to_be_hidden()
    page.reload()
    expect(amount).to_have_value("750")
    assert box.is_checked() != was
    page.goto("/trade/team/activity")
    expect(page.locator(".o_b2b_activity")).to_contain_text("Buyer, Leeds")
    picture(page, "5-activity")


def test_the_agent_orders_for_one_of_his_parties(page, login):
    login(page, "agent")
    page.wait_for_url("**/trade/agent")
    picture(page, "6-agent")
    page.get_by_role("button", name=re.compile("Order for Oak")).click()
    page.wait_for_url("**/trade")
    expect(page.locator(".o_b2b_switch")).to_contain_text("Oak")
    page.goto("/trade/agent/orders")
    expect(page.locator("table")).to_contain_text("agent Alex Moreau")
    picture(page, "7-agent-orders")
    page.get_by_role("button", name=re.compile("Open S")).first.click()
    page.wait_for_url(re.compile(r"/trade/orders/\d+"))
    page.locator(".o_b2b_switch summary").click()
    page.get_by_role("link", name="All your parties").click()
    page.wait_for_url("**/trade/agent")


def test_a_stranger_asks_for_access(page):
    page.goto("/web/login")
    page.get_by_role("link", name="Ask for access").click()
    page.get_by_role("button", name="Ask for access").click()
    expect(page.locator("#b2b_company_error")).to_be_visible()
    page.get_by_label("Company").fill("Finch Pottery")
    page.get_by_label("Your name").fill("Nora")
    page.get_by_label("E-mail at work").fill("nora.story@finchpottery.example")
    page.get_by_label("may keep these details").check()
    picture(page, "8-access")
    page.get_by_role("button", name="Ask for access").click()
    expect(page.locator("h1")).to_have_text("We have your request")


def test_the_pages_fit_a_phone(page, login):
    page.set_viewport_size(PHONE)
    page.goto("/trade/request-access")
    fits(page)
    login(page, "owner")
    for path in (
        "/trade/team",
        "/trade/team/activity",
        "/trade/addresses",
        "/trade/addresses/new",
    ):
        page.goto(path)
        fits(page)
        picture(page, f"9-phone{path.replace('/', '-')}")
