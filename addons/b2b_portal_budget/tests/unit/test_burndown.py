"""Geometry of the burn-down picture and the budget bar."""

from datetime import date

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_portal_budget", "burndown")

FIRST, LAST, TODAY = date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 23)


@pytest.mark.parametrize(
    "amount, ceiling",
    [
        (6000, 6000),
        (5600, 6000),
        (240000, 300000),
        (800, 800),
        (0, 1),
        (0.4, 0.4),
        (1, 1),
        (1200, 1500),
        (9999, 10000),
    ],
)
def test_scale_ends_on_a_round_figure(amount, ceiling):
    assert rules.nice_ceiling(amount) == pytest.approx(ceiling)


def test_line_goes_down_with_each_order():
    picture = rules.burndown(
        6000,
        FIRST,
        LAST,
        TODAY,
        [(date(2026, 11, 3), 640), (date(2026, 11, 19), 720.25)],
        waiting=310,
    )
    points = [tuple(map(float, p.split(","))) for p in picture.line.split()]
    assert [p[0] for p in points] == sorted(p[0] for p in points)
    assert [p[1] for p in points] == sorted(p[1] for p in points)
    assert picture.left == pytest.approx(4639.75)
    assert picture.waiting_y > picture.left_y
    assert points[-1] == (picture.today_x, picture.left_y)


def test_everything_stays_inside_the_frame_even_when_overspent():
    picture = rules.burndown(
        1000, FIRST, LAST, TODAY, [(date(2026, 11, 5), 1400)], waiting=200
    )
    frame = picture.frame
    for pair in f"{picture.line} {picture.area} {picture.pace}".split():
        px, py = map(float, pair.split(","))
        assert frame.left <= px <= frame.x_end
        assert frame.top <= py <= frame.y_end
    assert frame.top <= picture.waiting_y <= frame.y_end


def test_returns_lift_the_line_above_the_amount():
    picture = rules.burndown(1000, FIRST, LAST, TODAY, [(date(2026, 11, 5), -500)])
    assert picture.left == 1500
    assert picture.left_y >= picture.frame.top


def test_days_outside_of_the_period_are_clamped():
    picture = rules.burndown(
        100, FIRST, LAST, date(2027, 1, 5), [(date(2026, 10, 1), 10)]
    )
    assert picture.today_x == picture.frame.x_end
    assert picture.left == 90


@pytest.mark.parametrize(
    "arguments, parts",
    [
        ((100, 50, 10), (50, 10, 0, 0, None)),
        ((100, 50, 10, 20), (50, 10, 20, 0, None)),
        ((100, 50, 30, 45), (40, 24, 16, 20, 80)),
        ((100, 150, 0), (66.67, 0, 0, 33.33, 66.67)),
        ((0, 0, 0), (0, 0, 0, 0, None)),
        ((0, 0, 0, 10), (0, 0, 0, 100, 0)),
        ((100, -5, 0), (0, 0, 0, 0, None)),
    ],
)
def test_bar(arguments, parts):
    bar = rules.bar(*arguments)
    keys = ("booked", "waiting", "order", "over", "tick")
    assert tuple(bar[k] for k in keys) == parts


def test_a_word_at_the_end_stays_clear_of_the_line():
    rows = [(date(2026, 11, 5), 5000), (date(2026, 11, 28), 300)]
    picture = rules.burndown(6000, FIRST, LAST, LAST, rows)
    # the step of 28 Nov is less than a word wide, so the level before it counts
    assert picture.word_y < picture.left_y
    early = rules.burndown(6000, FIRST, LAST, LAST, rows[:1])
    assert early.word_y == early.left_y


def test_a_narrow_picture_has_three_dates():
    narrow = rules.Frame(width=340)
    picture = rules.burndown(6000, FIRST, LAST, TODAY, [], frame=narrow)
    assert [tick.value.day for tick in picture.dates] == [1, 15, 30]
