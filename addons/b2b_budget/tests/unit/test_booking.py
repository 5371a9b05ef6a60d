"""When an order counts, and how far a booking moves a budget."""

from functools import partial

import pytest

from tests.support.rules import load_rules

booking = load_rules("b2b_budget", "booking")
Booking = booking.Booking
cents = partial(round, ndigits=2)


@pytest.mark.parametrize(
    ("state", "submit_state", "held", "wanted"),
    [
        ("draft", "none", False, Booking()),
        ("sent", "none", False, Booking()),
        ("draft", "failed", False, Booking()),
        ("draft", "queued", False, Booking(pending=70)),
        ("draft", "waiting", False, Booking(pending=70)),
        ("sent", "waiting", False, Booking(pending=70)),
        # held by this very budget: it reserves nothing
        ("draft", "waiting", True, Booking()),
        ("sale", "done", False, Booking(used=70)),
        ("sale", "none", False, Booking(used=70)),
        ("sale", "waiting", True, Booking(used=70)),
        ("cancel", "none", False, Booking()),
        ("cancel", "waiting", False, Booking()),
    ],
)
def test_target(state, submit_state, held, wanted):
    assert booking.target(state, submit_state, 70, held=held) == wanted


def test_moves_lead_from_booked_to_wanted_and_then_stop():
    wanted, booked = Booking(used=70.0), Booking(pending=70.0)
    moves = booking.moves(wanted, booked, cents)
    assert [(m.kind, m.amount) for m in moves] == [("pending", -70.0), ("used", 70.0)]
    assert booking.moves(wanted, wanted, cents) == []


def test_moves_drop_what_rounds_to_nothing():
    assert booking.moves(Booking(used=0.1 + 0.2), Booking(used=0.3), cents) == []


def test_release_comes_before_the_new_booking():
    moves = booking.moves(Booking(pending=5), Booking(used=9), cents)
    assert [m.amount for m in moves] == [-9, 5]


@pytest.mark.parametrize(
    ("actions", "strictest"),
    [
        (["warn"], "warn"),
        (["warn", "block", "authorize"], "block"),
        (["authorize", "warn"], "authorize"),
        ([], None),
    ],
)
def test_strictest_action(actions, strictest):
    assert booking.strictest(actions) == strictest


@pytest.mark.parametrize(
    ("basis", "categories", "counted"),
    [
        ("untaxed", (), 100),
        ("total", (), 120),
        ("untaxed", (7,), 30),
        ("total", (7, 8), 48),
        ("total", (9,), 0),
    ],
)
def test_counted_amount(basis, categories, counted):
    amount = booking.counted_amount(
        untaxed=100,
        total=120,
        basis=basis,
        by_category={7: (30, 36), 8: (10, 12), 6: (60, 72)},
        categories=frozenset(categories),
    )
    assert amount == counted


def test_left_and_percent():
    assert booking.left(100, 60, 15) == 25
    assert booking.left(100, 110, 0) == -10
    assert booking.percent_used(200, 60, 40) == 50
    assert booking.percent_used(0, 60, 40) == 0


@pytest.mark.parametrize(
    ("before", "after", "crosses"),
    [(79.99, 80, True), (80, 90, False), (90, 70, False), (0, 100, True)],
)
def test_alert_is_crossed_once(before, after, crosses):
    assert booking.crosses(80, 100, before, after) is crosses
    assert not booking.crosses(0, 100, before, after)
    assert not booking.crosses(80, 0, before, after)


@pytest.mark.parametrize(
    ("amount", "maximum", "above"),
    [(100, 0, 0), (100, 100, 0), (100.01, 100, 0.01), (99, 100, 0)],
)
def test_order_maximum(amount, maximum, above):
    assert booking.above(amount, maximum, cents) == above
