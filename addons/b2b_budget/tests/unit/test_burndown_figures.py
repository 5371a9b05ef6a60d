"""Left per day, even pace, and when a budget runs out."""

from datetime import date

import pytest

from tests.support.rules import load_rules

burndown = load_rules("b2b_budget", "burndown")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def pace(used=4862.40, pending=310.0, day=23, end=LAST, amount=6000.0):
    return burndown.pace(
        amount=amount,
        used=used,
        pending=pending,
        start=FIRST,
        end=end,
        today=date(2026, 11, day),
    )


def test_left_goes_down_day_by_day():
    used = {date(2026, 11, 2): 500.0, date(2026, 11, 4): 100.0}
    series = burndown.burn_down(6000.0, used, FIRST, date(2026, 11, 5))
    assert [left for _day, left in series] == [6000, 5500, 5500, 5400, 5400]


def test_movements_outside_are_drawn_on_the_nearest_day():
    used = {date(2026, 10, 1): 10.0, date(2027, 1, 1): 20.0}
    series = burndown.burn_down(100.0, used, FIRST, LAST)
    assert series[0] == (FIRST, 90.0)
    assert series[-1] == (LAST, 70.0)
    assert burndown.burn_down(100.0, used, LAST, FIRST) == []


def test_even_pace():
    assert burndown.even_left(6000, FIRST, LAST, date(2026, 11, 23)) == 1400
    assert burndown.even_left(6000, FIRST, LAST, LAST) == 0
    assert burndown.even_left(6000, FIRST, LAST, date(2026, 12, 9)) == 0
    assert burndown.even_left(6000, FIRST, LAST, date(2026, 10, 1)) == 6000


def test_figures_of_the_shop_floor():
    result = pace()
    assert result.even_used == 4600
    assert round(result.ahead, 2) == 572.40
    assert result.runs_out == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("used", "pending", "runs_out"),
    [
        (100.0, 0.0, None),  # lasts beyond the period
        (0.0, 0.0, None),
        (5000.0, 1000.0, date(2026, 11, 23)),  # nothing left today
        (7000.0, 0.0, date(2026, 11, 23)),
    ],
)
def test_runs_out(used, pending, runs_out):
    assert pace(used=used, pending=pending).runs_out == runs_out


def test_no_pace_without_end_amount_or_before_the_start():
    assert pace(end=None) is None
    assert pace(amount=0) is None
    before = burndown.pace(
        amount=1, used=0, pending=0, start=FIRST, end=LAST, today=date(2026, 10, 31)
    )
    assert before is None
