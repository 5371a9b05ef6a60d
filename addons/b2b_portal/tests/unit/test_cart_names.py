"""Names of carts: see rules/cart_names.py."""

from odoo.addons.b2b_portal.rules import cart_names


def test_case_does_not_make_a_name_another_one():
    assert cart_names.is_used("spring WINDOW", ["Main cart", "Spring window"])
    assert cart_names.is_used("STRASSE", ["straße"])
    assert not cart_names.is_used("Spring", ["Spring window"])
    assert not cart_names.is_used("Spring", [])


def test_a_used_name_gets_the_first_free_number():
    assert cart_names.free_name("Leeds", []) == "Leeds"
    assert cart_names.free_name("Leeds", ["leeds"]) == "Leeds (2)"
    assert cart_names.free_name("Leeds", ["Leeds", "Leeds (2)"]) == "Leeds (3)"


def test_a_numbered_name_is_never_too_long():
    name = "x" * cart_names.NAME_SIZE
    found = cart_names.free_name(name, [name])
    assert len(found) == cart_names.NAME_SIZE
    assert found.endswith(" (2)")
