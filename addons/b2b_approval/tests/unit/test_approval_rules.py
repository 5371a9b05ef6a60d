"""Rules of b2b_approval without Odoo and without a database."""

from datetime import datetime

import pytest

from tests.support.rules import load_rules

deadline = load_rules("b2b_approval", "deadline")
deciders = load_rules("b2b_approval", "deciders")
po_number = load_rules("b2b_approval", "po_number")
snapshot = load_rules("b2b_approval", "snapshot")


def order(*lines, **values):
    return {
        "party": 1,
        "currency": 1,
        "shipping": 5,
        "invoice": 6,
        "total": 120.0,
        "lines": [list(line) for line in lines],
        **values,
    }


HEARTS = (85123, 1, "goods", 10.0, 10.0)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (order(HEARTS), True),
        (order((85123, 1, "goods", 9.0, 10.0), total=108.0), True),
        (order((85123, 1, "goods", 11.0, 10.0)), False),
        (order((85123, 1, "goods", 10.0, 10.01)), False),
        (order((85123, 1, "goods", 10.0, 9.5)), True),
        (order((22423, 1, "goods", 1.0, 1.0)), False),
        (order((85123, 2, "goods", 10.0, 10.0)), False),
        (order((85123, 1, "delivery", 10.0, 10.0)), False),
        (order(HEARTS, total=120.01), False),
        (order(HEARTS, shipping=7), False),
        (order(HEARTS, invoice=7), False),
        (order(HEARTS, party=2), False),
        (order((85123, 1, "goods", 4.0, 10.0), (85123, 1, "goods", 6.0, 10.0)), True),
        (order((85123, 1, "goods", 4.0, 10.0), (85123, 1, "goods", 7.0, 10.0)), False),
        # what one line takes back makes no room in another
        (
            order((85123, 1, "goods", 60.0, 10.0), (85123, 1, "goods", -50.0, 10.0)),
            False,
        ),
        (order(), True),
    ],
)
def test_a_release_covers_what_is_no_greater(now, expected):
    assert snapshot.covers(order(HEARTS), now) is expected


def test_tolerance_concerns_the_total_only():
    assert snapshot.covers(order(HEARTS), order(HEARTS, total=122.4), 0.02)
    assert not snapshot.covers(order(HEARTS), order(HEARTS, total=122.5), 0.02)


def test_a_smaller_discount_line_is_not_covered():
    approved = order(HEARTS, (9, 1, "goods", 1.0, -10.0), total=90.0)
    now = order(HEARTS, (9, 1, "goods", 1.0, -5.0), total=90.0)
    assert not snapshot.covers(approved, now)


def test_places_can_be_left_out():
    now = order(HEARTS, shipping=7)
    assert snapshot.covers(order(HEARTS), now, places=("party", "invoice"))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, datetime(2026, 11, 20, 16, 20)),
        (1, datetime(2026, 11, 23, 16, 20)),
        (3, datetime(2026, 11, 25, 16, 20)),
        (6, datetime(2026, 11, 30, 16, 20)),
    ],
)
def test_working_days_skip_the_weekend(days, expected):
    friday = datetime(2026, 11, 20, 16, 20)
    assert deadline.add_working_days(friday, days) == expected


def test_negative_days_are_refused():
    with pytest.raises(ValueError):
        deadline.add_working_days(datetime(2026, 11, 20), -1)


def test_climb_takes_the_first_boss_who_may():
    bosses = {"hannah": "marcus", "marcus": "priya", "priya": None}
    assert deciders.climb("hannah", bosses.get, lambda s: s == "priya") == "priya"
    assert deciders.climb("hannah", bosses.get, lambda s: True) == "marcus"
    assert deciders.climb("hannah", bosses.get, lambda s: False) is None


def test_climb_survives_a_circle_and_never_answers_the_seat_itself():
    bosses = {"hannah": "marcus", "marcus": "hannah"}
    assert deciders.climb("hannah", bosses.get, lambda s: s == "hannah") is None


def test_credit_holds_are_for_the_credit_team():
    assert deciders.seller_group("credit") == "b2b_party.group_credit"
    assert deciders.seller_group("party_state") == "b2b_party.group_credit"
    assert deciders.seller_group("unusual") == "b2b_party.group_order_desk"


@pytest.mark.parametrize("number", ["PO 45 1187", "po451187", " Po 45\t1187 "])
def test_po_numbers_ignore_blanks_and_case(number):
    assert po_number.normalize(number) == "po451187"


def test_an_empty_po_number_is_empty():
    assert po_number.normalize(False) == po_number.normalize("  ") == ""
