"""Place of supply: what kind of supply it is, and which position may be used."""

from datetime import date

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_party", "tax_place")
Supply, Position = rules.Supply, rules.Position
UNION = {"DE", "FR", "AT", "GR", "IE", "XI"}


def supply(start, end, own="DE", vat="", checked=False):
    return Supply(start, end, own, start in UNION, end in UNION, vat, checked)


@pytest.mark.parametrize(
    ("vat", "country", "found"),
    [
        ("DE123456788", "FR", "DE"),
        ("EL123456789", "", "GR"),
        ("XI123456789", "GB", "XI"),
        (" fr 123", "", "FR"),
        ("CHE-123.456.789", "CH", "CH"),
        ("123456789", "CH", "CH"),
        ("", "DE", ""),
        (None, "DE", ""),
    ],
)
def test_country_of_a_number(vat, country, found):
    assert rules.vat_country(vat, country) == found


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (supply("DE", "DE"), "domestic"),
        (supply("DE", "DE", vat="FR", checked=True), "domestic"),
        (supply("DE", "FR", vat="FR", checked=True), "eu_business"),
        (supply("DE", "FR", vat="AT", checked=True), "eu_business"),
        # a number of the country of dispatch does not free a delivery
        (supply("DE", "FR", vat="DE", checked=True), "eu_taxed"),
        (supply("DE", "FR", vat="FR", checked=False), "eu_taxed"),
        (supply("DE", "FR"), "eu_taxed"),
        (supply("DE", "CH", vat="DE", checked=True), "export"),
        (supply("DE", "GB"), "export"),
        (supply("DE", "XI", vat="XI", checked=True), "eu_business"),
        (supply("GB", "FR", own="GB", vat="FR", checked=True), "export"),
        (supply("XI", "IE", own="XI", vat="IE", checked=True), "eu_business"),
        (supply("FR", "FR", vat="FR", checked=True), "domestic"),
    ],
)
def test_regime(given, kind):
    assert rules.regime(given) == kind


EU = Position(vat_required=True)
HOME = Position(country="DE", vat_required=True)
PLAIN = Position()
WORLD = Position(anywhere=True)
FRENCH = Position(country="FR", registered=True)


@pytest.mark.parametrize(
    ("position", "given", "usable"),
    [
        (EU, supply("DE", "FR", vat="FR", checked=True), True),
        (EU, supply("DE", "FR", vat="FR"), False),
        (EU, supply("DE", "FR", vat="DE", checked=True), False),
        # into the Union from outside a number is no reason
        (EU, supply("GB", "FR", own="GB", vat="FR", checked=True), False),
        (EU, supply("DE", "CH", vat="CH", checked=True), True),
        # a position for the whole Union is not meant for home
        (EU, supply("DE", "DE", vat="DE", checked=True), False),
        (HOME, supply("DE", "DE", vat="DE", checked=True), True),
        (HOME, supply("DE", "DE", vat="DE"), False),
        (PLAIN, supply("DE", "FR"), True),
        (PLAIN, supply("DE", "CH"), True),
        # the rest of the world is not the Union
        (WORLD, supply("DE", "CH"), True),
        (WORLD, supply("DE", "FR"), False),
        (WORLD, supply("DE", "FR", vat="DE", checked=True), False),
        (WORLD, supply("GB", "FR", own="GB"), True),
        # registered in France: from there, or for taxed sales to there
        (FRENCH, supply("FR", "FR", vat="FR", checked=True), True),
        (FRENCH, supply("DE", "FR"), True),
        (FRENCH, supply("DE", "FR", vat="FR", checked=True), False),
        (FRENCH, supply("GB", "FR", own="GB"), False),
        (FRENCH, supply("FR", "DE"), False),
        # sold within France: nothing but our registration there
        (EU, supply("FR", "FR", vat="FR", checked=True), False),
        (PLAIN, supply("FR", "FR"), False),
    ],
)
def test_which_position(position, given, usable):
    assert rules.may_use(position, given) is usable


def test_notes():
    assert rules.number_would_count(supply("DE", "FR", vat="FR"))
    assert not rules.number_would_count(supply("DE", "FR", vat="FR", checked=True))
    assert not rules.number_would_count(supply("DE", "FR", vat="DE"))
    assert not rules.number_would_count(supply("DE", "FR"))
    assert not rules.number_would_count(supply("DE", "CH", vat="CH"))
    assert rules.is_unregistered(supply("FR", "FR"), False)
    assert not rules.is_unregistered(supply("FR", "FR"), True)
    assert not rules.is_unregistered(supply("DE", "DE"), False)


def test_within_the_union_the_rest_of_the_world_is_no_position():
    free = supply("DE", "FR", vat="FR", checked=True)
    assert not rules.may_use(WORLD, free)
    assert rules.may_use(WORLD, supply("DE", "CH", vat="CH", checked=True))
    assert rules.lacks_union_position(free, False)
    assert not rules.lacks_union_position(free, True)
    assert not rules.lacks_union_position(supply("DE", "FR"), False)


@pytest.mark.parametrize(
    ("fits", "marked", "document", "until", "fault"),
    [
        (True, True, True, date(2026, 11, 23), ""),
        (True, True, True, date(2026, 11, 22), "expired"),
        (True, False, True, date(2026, 12, 1), "unmarked"),
        (True, True, False, date(2026, 12, 1), "unmarked"),
        (True, True, True, None, "unmarked"),
        (False, True, True, date(2026, 12, 1), "place"),
    ],
)
def test_what_was_agreed(fits, marked, document, until, fault):
    today = date(2026, 11, 23)
    assert rules.mark_fault(fits, marked, document, until, today) == fault
