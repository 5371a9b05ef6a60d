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


def test_an_order_below_zero_makes_no_room():
    assert booking.target("sale", "done", -500.0, held=False) == Booking()
    assert booking.target("draft", "waiting", -500.0, held=False) == Booking()


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
    ("basis", "categories", "delivery", "counted"),
    [
        ("untaxed", (), True, 105),
        ("total", (), True, 126),
        ("untaxed", (), False, 95),
        ("total", (), False, 114),
        # 30 of 100 in goods, with its share of the 5 that reduce the whole order
        ("untaxed", (7,), True, 28.5),
        ("total", (7, 8), True, 45.6),
        ("untaxed", (9,), True, 10),
        ("untaxed", (9,), False, 0),
        ("total", (5,), True, 0),
    ],
)
def test_counted_amount(basis, categories, delivery, counted):
    lines = [
        booking.Line("goods", 7, 30, 36),
        booking.Line("goods", 8, 10, 12),
        booking.Line("goods", 6, 60, 72),
        booking.Line("delivery", 9, 10, 12),
        booking.Line("discount", 5, -5, -6),
    ]
    amount = booking.counted_amount(
        untaxed=105,
        total=126,
        basis=basis,
        lines=lines,
        categories=frozenset(categories),
        with_delivery=delivery,
    )
    assert amount == pytest.approx(counted)


def test_what_came_back_does_not_count():
    lines = [
        booking.Line("goods", 7, 60, 72, 20, 24),
        booking.Line("delivery", 9, 40, 48, 40, 48),
    ]
    plain = {"untaxed": 100, "total": 120, "lines": lines}
    assert booking.counted_amount(basis="untaxed", **plain) == 40
    assert booking.counted_amount(basis="total", **plain) == 48
    assert booking.counted_amount(basis="total", **plain, with_delivery=False) == 48
    seven = frozenset({7})
    assert booking.counted_amount(basis="untaxed", **plain, categories=seven) == 40


@pytest.mark.parametrize(
    ("ordered", "gone", "back", "given"),
    [
        (100, 100, 30, 30),
        (100, 100, 100, 100),
        (100, 100, 130, 100),  # credited twice: never more than the line
        (100, 200, 100, 0),  # credited and invoiced anew
        (100, 40, 40, 40),  # one part was invoiced and credited
        (100, 140, 40, 0),  # and now all of it
        (0, 0, 10, 0),
        (-10, -10, -10, -10),  # a discount that is taken back
    ],
)
def test_given_back(ordered, gone, back, given):
    assert booking.given_back(ordered, gone, back) == given


def test_left_and_percent():
    assert booking.left(100, 60, 15) == 25
    assert booking.left(100, 110, 0) == -10
    assert booking.percent_used(200, 60, 40) == 50
    assert booking.percent_used(0, 60, 40) == 0


@pytest.mark.parametrize(
    ("amount", "maximum", "above"),
    [(100, 0, 0), (100, 100, 0), (100.01, 100, 0.01), (99, 100, 0)],
)
def test_order_maximum(amount, maximum, above):
    assert booking.above(amount, maximum, cents) == above
