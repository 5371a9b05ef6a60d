"""One delivery of lines with schedules of their own."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.support.rules import load_rules

rules = load_rules("b2b_delivery", "slot")
together = load_rules("b2b_delivery", "together")


def slot(day, hour, cutoff_day, name=None):
    start = datetime(2026, 11, day, hour)
    until = datetime(2026, 11, cutoff_day, 12)
    return rules.Slot(
        start, start + timedelta(hours=4), None, until, start.date(), schedule_id=name
    )


VAN = [slot(25, 8, 23, 1), slot(26, 8, 24, 1), slot(27, 8, 25, 1)]


def test_one_group_is_itself():
    assert together.together([VAN]) == VAN


def test_the_latest_line_decides():
    # Frozen goods on Thursday at 13: from then on everything is there.
    frozen = [slot(26, 13, 23, 2), slot(30, 13, 26, 2)]
    found = together.together([VAN, frozen])
    assert [(s.start.day, s.start.hour) for s in found] == [(26, 13), (27, 8), (30, 13)]


def test_kept_until_the_first_line_would_be_late():
    # Thursday 13:00 needs the frozen goods by the 23rd; the van's by the 24th (its
    # slot of Thursday morning). Friday 8:00: van by the 25th, frozen by the 23rd.
    frozen = [slot(26, 13, 23, 2), slot(30, 13, 26, 2)]
    found = together.together([VAN, frozen])
    assert [s.cutoff_at.day for s in found] == [23, 23, 25]


def test_the_same_hours_count_once():
    found = together.together([VAN, [slot(26, 8, 25, 2)]])
    assert [(s.start.day, s.cutoff_at.day) for s in found] == [(26, 24), (27, 25)]


def test_a_line_that_never_comes_stops_all():
    assert together.together([VAN, []]) == []
    assert together.together([]) == []


@st.composite
def groups(draw):
    """Groups whose later slots can be had as long as earlier ones, or longer."""
    found = []
    for number in range(draw(st.integers(2, 3))):
        starts = sorted(draw(st.sets(st.integers(0, 80), min_size=1, max_size=6)))
        lead = draw(st.integers(1, 20))
        found.append([_hour(start, start - lead, number) for start in starts])
    return found


def _hour(start, cutoff, number):
    monday = datetime(2026, 11, 23)
    begin = monday + timedelta(hours=start)
    until = monday + timedelta(hours=cutoff)
    end = begin + timedelta(hours=1)
    return rules.Slot(begin, end, None, until, begin.date(), schedule_id=number)


@given(groups())
def test_together_means_that_each_line_is_there(groups):
    found = together.together(groups)
    first = max(slots[0].start for slots in groups)
    assert found[0].start == first
    for kept in found:
        for slots in groups:
            there = [s for s in slots if s.start <= kept.start]
            assert any(s.cutoff_at >= kept.cutoff_at for s in there)
        # a moment after its cut-off some line would come later
        late = kept.cutoff_at + timedelta(minutes=1)
        assert not all(
            any(s.start <= kept.start and s.cutoff_at >= late for s in slots)
            for slots in groups
        )


def test_main_reasons_are_those_of_most_days():
    monday = date(2026, 11, 23)
    reasons = [
        rules.Reason(monday, "no_frame"),
        rules.Reason(monday, "cutoff", until=datetime(2026, 11, 20)),
        rules.Reason(monday, "cutoff", until=datetime(2026, 11, 21)),
        rules.Reason(monday, "receiver", weekdays=(6,)),
        rules.Reason(monday, "receiver", weekdays=(6,)),
        rules.Reason(monday, "receiver", weekdays=(6,)),
    ]
    assert [r.code for r in together.main_reasons(reasons)] == ["receiver", "cutoff"]
    assert together.main_reasons([]) == ()
