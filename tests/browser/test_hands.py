"""What hands do: arrows, keys, one tick for many, wrong rows among good ones."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

QUANTITY = ".o_b2b_row .o_b2b_stepper input"
TOAST = ".o_b2b_toast"


@pytest.fixture
def buyer(page, login):
    """A buyer with a cart of its own: the demo's is for the other stories."""
    login(page, "buyer")
    page.goto("/trade/carts")
    send(page, "/trade/carts/new", name="Hands")
    yield page
    page.goto("/trade/cart")
    cart = page.locator("[data-cart-id]").first.get_attribute("data-cart-id")
    send(page, f"/trade/carts/{cart}/delete")


def send(page, path, **values):
    """A form of the portal, with the keys that every form has."""
    keys = ("csrf_token", "seat_id", "cart_id")
    form = {key: page.locator(f"[name={key}]").first.input_value() for key in keys}
    answer = page.request.post(path, form={**form, **values})
    assert answer.ok, (path, answer.status)


def open_page(page, path):
    page.goto(path)
    page.wait_for_function("document.querySelector('.o_b2b_toasts')")
    page.wait_for_load_state("networkidle")


def test_arrows_move_through_the_agreements(page, login):
    login(page, "owner")
    open_page(page, "/trade")
    page.locator(".o_b2b_switch summary").click()
    radios = page.locator(".o_b2b_switch .o_b2b_agreements [role=radio]")
    chosen = page.locator(".o_b2b_switch [role=radio][aria-checked=true]")
    before = chosen.inner_text()
    assert page.locator(".o_b2b_switch [role=radio][tabindex='0']").count() == 1
    radios.first.focus()
    page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(radios.last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(radios.first).to_be_focused()
    assert page.locator(".o_b2b_switch [role=radio][tabindex='0']").count() == 1
    assert chosen.inner_text() == before, "moving chooses nothing"


def test_the_company_is_switched_by_keys(page, login):
    login(page, "owner")
    open_page(page, "/trade")
    name = page.locator(".o_b2b_switch summary strong")
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.locator(".o_b2b_panel_filter input:focus")).to_have_count(1)
    page.keyboard.type("blue door")
    expect(page.locator("#o_b2b_switch_agreement")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(name).to_have_text("The Blue Door")
    open_page(page, "/trade")
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.locator(".o_b2b_panel_filter input:focus")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("button.o_b2b_option:focus")).to_contain_text("Brightwell")
    page.keyboard.press("Enter")
    expect(name).to_have_text("Brightwell & Sons Ltd")


def test_good_rows_are_added_and_the_others_say_why_they_stay(buyer):
    open_page(buyer, "/trade/catalog?search=bag")
    fields = buyer.locator(QUANTITY)
    first = buyer.locator(".o_b2b_row").first
    fields.nth(0).fill("nonsense")
    fields.nth(1).fill("10")
    fields.nth(2).fill("-5")
    fields.nth(3).fill("10")
    fields.nth(3).press("Tab")
    with buyer.expect_response(re.compile("/trade/cart/add")):
        buyer.keyboard.press("Control+Enter")
    asked = buyer.get_by_role("button", name="Replace them")
    bad = buyer.locator(f"{TOAST}.is-bad")
    expect(asked.or_(bad).first).to_be_visible()
    if asked.is_visible():
        asked.click()
    expect(bad).to_contain_text("2 rows were not added")
    expect(bad).to_contain_text("is not a number")
    expect(fields.nth(1)).to_have_value("")
    expect(fields.nth(3)).to_have_value("")
    expect(fields.nth(0)).to_be_focused()
    expect(first).to_contain_text("is not a number")
    buyer.evaluate("localStorage.clear(); sessionStorage.clear()")


def test_what_became_of_a_quantity_stays_to_be_read(buyer):
    """Enter in the only row corrects and adds at once; the note must outlive it."""
    open_page(buyer, "/trade/catalog?search=22077")
    buyer.locator(QUANTITY).fill("20")
    with buyer.expect_response(re.compile("/trade/cart/add")):
        buyer.keyboard.press("Enter")
    expect(buyer.locator(TOAST).first).to_be_visible()
    note = buyer.locator(".o_b2b_row .o_b2b_note")
    expect(note).to_contain_text("20 → 24: packs of 12")
    buyer.locator(QUANTITY).fill("12")
    buyer.keyboard.press("Tab")
    expect(note).to_contain_text("in cart 24")


def test_a_removed_line_comes_back_by_key(buyer):
    open_page(buyer, "/trade/catalog?search=bag")
    buyer.locator(QUANTITY).nth(0).fill("10")
    buyer.locator(QUANTITY).nth(1).fill("10")
    with buyer.expect_response(re.compile("/trade/cart/add")):
        buyer.keyboard.press("Control+Enter")
    asked = buyer.get_by_role("button", name="Replace them")
    expect(asked.or_(buyer.locator(TOAST)).first).to_be_visible()
    if asked.is_visible():
        asked.click()
        expect(buyer.locator(TOAST)).to_be_visible()
    open_page(buyer, "/trade/cart")
    rows = buyer.locator(".o_b2b_grid_cart .o_b2b_row")
    count = rows.count()
    buyer.locator(QUANTITY).first.focus()
    with buyer.expect_response(re.compile("/trade/cart/remove")):
        buyer.keyboard.press("Delete")
    expect(rows).to_have_count(count - 1)
    with buyer.expect_response(re.compile("/trade/cart/set")):
        buyer.keyboard.press("Control+z")
    expect(rows).to_have_count(count)


def test_the_list_of_keys_is_whole(buyer):
    open_page(buyer, "/trade")
    buyer.keyboard.press("?")
    expect(buyer.locator("dialog.o_b2b_keys")).to_contain_text("budgets")
    expect(buyer.locator("dialog.o_b2b_keys")).to_contain_text("bring back")


def test_one_tick_confirms_many(buyer):
    """The single ticks are what is sent; the one above only sets them."""
    open_page(buyer, "/trade")
    # Ten times the usual is asked about; far more would be for the order desk.
    for row in buyer.locator(".o_b2b_row").all():
        field = row.locator(".o_b2b_stepper input")
        # Another test may have ordered what was due: then it stands as coming.
        coming = re.search(r"coming (\d+)\b", row.inner_text())
        usual = int(field.input_value() or (coming[1] if coming else 0))
        field.fill(str(10 * usual) if usual else "")
        field.press("Tab")
    with buyer.expect_response(re.compile("/trade/cart/add")):
        buyer.keyboard.press("Control+Enter")
    asked = buyer.get_by_role("button", name="Replace them")
    expect(asked.or_(buyer.locator(TOAST)).first).to_be_visible()
    if asked.is_visible():
        asked.click()
        expect(buyer.locator(TOAST)).to_be_visible()
    open_page(buyer, "/trade/checkout")
    expect(buyer.locator(".o_b2b_finding_list").first).to_be_visible()
    everything = buyer.locator(".o_b2b_ack_all").first
    singles = buyer.locator(".o_b2b_finding_list [name^='ack_']")
    expect(everything).to_be_visible()
    assert singles.count() > 1
    with buyer.expect_response(re.compile("/trade/checkout/update")):
        everything.focus()
        buyer.keyboard.press("Space")
    expect(buyer.locator(".o_b2b_ack_all").first).to_be_checked()
    # The part was drawn anew; the keyboard goes on where it was.
    expect(buyer.locator(".o_b2b_summary :focus")).to_have_count(1)
    for number in range(singles.count()):
        expect(singles.nth(number)).to_be_checked()
    with buyer.expect_response(re.compile("/trade/checkout/update")):
        singles.first.uncheck()
    expect(everything).not_to_be_checked()
