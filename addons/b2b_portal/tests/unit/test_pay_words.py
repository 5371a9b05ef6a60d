"""Ways to pay at checkout, without Odoo."""

import pytest

from tests.support.rules import load_rules

words = load_rules("b2b_portal", "pay_words")


@pytest.mark.parametrize(
    ("choice", "may", "in_advance"),
    [
        (False, True, False),
        ("account", True, False),
        ("advance", True, True),
        (False, False, True),
        ("advance", False, True),
        # A forged choice is not turned into another one: the gate refuses it.
        ("account", False, False),
    ],
)
def test_who_pays_in_advance(choice, may, in_advance):
    assert words.in_advance(choice, may) is in_advance


def test_only_what_is_open_is_offered():
    assert words.offered(True, False) == ("account",)
    assert words.offered(True, True) == ("account", "advance")
    assert words.offered(False, True) == ("advance",)
    assert words.offered(False, False) == ("advance",)
