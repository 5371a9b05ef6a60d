import pytest

from odoo.addons.b2b_portal.rules import similar


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lunch bg", "Lunch bag red retrospot"),
        ("cakestnad", "Regency cake stand, 3 tiers"),
        ("jubmo", "Jumbo bag pink polkadot"),
        ("lunchbag", "Lunch bag"),
        ("lun chbag", "Lunch bag"),
        ("cafe creme", "Café crème"),
        ("teller", "Teller, weiß"),
    ],
)
def test_errors_are_forgiven(text, name):
    assert similar.nearness(text, name) >= similar.LEAST


@pytest.mark.parametrize(
    ("text", "name"),
    [("xyzzy", "Lunch bag"), ("jubmo", "Cake tin"), ("", "Bag"), ("?!", "Bag")],
)
def test_others_are_not_near(text, name):
    assert similar.nearness(text, name) < similar.LEAST


def test_the_nearest_comes_first():
    named = [(1, ["Bumbo seat"]), (2, ["Lamp"]), (3, ["Seat", "Jumbo bag"])]
    assert similar.nearest("jumbu", named, 5) == [3, 1]
    assert similar.nearest("jumbu", named, 1) == [3]


def test_a_swap_is_one_slip():
    assert similar.slips("jubmo", "jumbo") == 1
    assert similar.slips("", "abc") == 3
