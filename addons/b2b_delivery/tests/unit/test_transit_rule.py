"""Which transit time fits a method and a place."""

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_delivery", "transit")

GB, DE, SCOTLAND, POST, VAN = 1, 2, 10, 100, 101


def transit(days, **zone):
    return rules.Transit(days=days, weekdays=(0, 1, 2, 3, 4), **zone)


ROWS = [
    transit(1, carrier_id=POST, country_id=GB),
    transit(2, carrier_id=POST, country_id=GB, state_id=SCOTLAND),
    transit(3, carrier_id=POST, country_id=GB, zip_prefix="IV"),
    transit(4, carrier_id=POST, country_id=GB, zip_prefix="IV51"),
    transit(7, country_id=DE),
]


@pytest.mark.parametrize(
    ("place", "days"),
    [
        ((POST, GB, None, "SW1A 1AA"), 1),
        ((POST, GB, SCOTLAND, "EH1 1AA"), 2),
        # the postcode is closer than the state; blanks and case are no matter
        ((POST, GB, SCOTLAND, "iv1 1aa"), 3),
        ((POST, GB, SCOTLAND, " iv 51 9xx"), 4),
        ((POST, GB, None, None), 1),
        # rows of every method hold for a method without an own one there
        ((POST, DE, None, "10115"), 7),
        ((None, DE, None, "10115"), 7),
        ((VAN, DE, None, "10115"), 7),
        # nothing is added
        ((VAN, GB, None, "SW1A 1AA"), None),
        ((None, GB, None, ""), None),
    ],
)
def test_closest_row(place, days):
    found = rules.choose(ROWS, *place)
    assert (found and found.days) == days


def test_unknown_zone():
    assert rules.choose(ROWS, POST, None, None, None) == rules.UNKNOWN
    assert rules.choose(ROWS, POST, 3, None, "75001") == rules.UNKNOWN
    everywhere = [*ROWS, transit(9, carrier_id=POST)]
    assert rules.choose(everywhere, POST, 3, None, "75001").days == 9


def test_without_rows_nothing_is_added():
    assert rules.choose([], POST, GB, None, "IV1") is None


def test_zones_of_planners():
    assert rules.zone_name("GB", "BS2 0TH") == "GB BS2"
    assert rules.zone_name("DE", "50667") == "DE 50"
    assert rules.zone_name("GB", "bs20th") == "GB BS"
    assert rules.zone_name("IE", False) == "IE"
    assert rules.zone_name(None, None) == ""
