"""Orders that come in parts, on plain values."""

from datetime import datetime, timedelta

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_delivery", "parts")
Slot = load_rules("b2b_delivery", "slot").Slot

VAN, WORKSHOP, FREEZER = (1, 2, 3), (7,), (8, 9)


def slot(day, hour, until=20, schedule=1, length=4):
    """A slot in November that can be ordered until 12:00 of another day."""
    start = datetime(2026, 11, day, hour)
    return Slot(
        start,
        start + timedelta(hours=length),
        None,
        datetime(2026, 11, until, 12),
        start.date(),
        "Europe/London",
        schedule,
    )


def starts(found):
    return [(part.slot.start.day, part.slot.start.hour, part.goods) for part in found]


def test_each_group_comes_in_its_first_slot():
    found = rules.parts(
        [(WORKSHOP, [slot(26, 8), slot(27, 8)]), (VAN, [slot(24, 8), slot(26, 8)])]
    )
    assert starts(found) == [(24, 8, VAN), (26, 8, WORKSHOP)]


def test_two_groups_of_one_day_are_one_stop_in_the_later_slot():
    found = rules.parts(
        [
            (VAN, [slot(24, 8, 23), slot(24, 12, 23)]),
            (FREEZER, [slot(24, 12, 22, schedule=2)]),
            (WORKSHOP, [slot(26, 8)]),
        ]
    )
    assert starts(found) == [(24, 12, VAN + FREEZER), (26, 8, WORKSHOP)]
    # Kept until the first of its goods would be late.
    assert found[0].slot.cutoff_at == datetime(2026, 11, 22, 12)


def test_everything_on_one_day_is_one_part():
    found = rules.parts([(VAN, [slot(24, 8)]), (WORKSHOP, [slot(24, 8)])])
    assert starts(found) == [(24, 8, VAN + WORKSHOP)]


@pytest.mark.parametrize("groups", [[], [(VAN, [slot(24, 8)]), (WORKSHOP, [])]])
def test_without_a_slot_for_all_there_are_no_parts(groups):
    assert rules.parts(groups) == ()
    assert rules.still(rules.parts([(VAN, [slot(24, 8)])]), groups) == ()


def test_promised_parts_stay_though_earlier_slots_appear():
    promised = rules.parts([(VAN, [slot(25, 8)]), (WORKSHOP, [slot(27, 8)])])
    now = [(VAN, [slot(24, 8), slot(25, 8, 22)]), (WORKSHOP, [slot(27, 8)])]
    found = rules.still(promised, now)
    assert starts(found) == [(25, 8, VAN), (27, 8, WORKSHOP)]
    assert found[0].slot.cutoff_at == datetime(2026, 11, 22, 12)


def test_one_lost_part_loses_the_promise():
    promised = rules.parts([(VAN, [slot(25, 8)]), (WORKSHOP, [slot(27, 8)])])
    assert not rules.still(promised, [(VAN, [slot(25, 8)]), (WORKSHOP, [slot(30, 8)])])


def test_goods_may_go_and_come_to_their_group():
    promised = rules.parts([(VAN, [slot(25, 8)]), (WORKSHOP, [slot(27, 8)])])
    found = rules.still(promised, [((1, 4), [slot(25, 8)]), (WORKSHOP, [slot(27, 8)])])
    assert starts(found) == [(25, 8, (1, 4)), (27, 8, WORKSHOP)]
    assert starts(rules.still(promised, [(VAN, [slot(25, 8)])])) == [(25, 8, VAN)]
    # Of a group without a promise nothing is known.
    assert not rules.still(promised, [(VAN, [slot(25, 8)]), ((99,), [slot(25, 8)])])


def test_a_part_is_moved_alone():
    promised = rules.parts([(VAN, [slot(24, 8)]), (WORKSHOP, [slot(26, 8)])])
    found = rules.moved(promised, {slot(24, 8).start}, slot(27, 12))
    assert starts(found) == [(26, 8, WORKSHOP), (27, 12, VAN)]


def test_parts_that_are_moved_together_become_one():
    promised = rules.parts([(VAN, [slot(24, 8)]), (WORKSHOP, [slot(26, 8)])])
    both = {part.slot.start for part in promised}
    found = rules.moved(promised, both, slot(27, 12))
    assert starts(found) == [(27, 12, (*VAN, *WORKSHOP))]
    assert rules.moved(promised, (), slot(27, 12)) == promised


def test_a_new_date_moves_its_part_or_what_is_still_open():
    promised = rules.parts([(VAN, [slot(24, 8)]), (WORKSHOP, [slot(26, 8)])])
    first, second = (part.slot.start for part in promised)
    assert rules.moving(promised, first, lambda part: True) == {first}
    assert rules.moving(promised, first, lambda p: p.goods == WORKSHOP) == {second}
    assert rules.moving(promised, first, lambda part: False) == frozenset()


def test_new_goods_of_a_confirmed_order():
    promised = rules.parts([(VAN, [slot(24, 8)]), (WORKSHOP, [slot(26, 8)])])
    # Those of the group in time, those that are too late, those of a new group.
    found = rules.with_new(promised, [((1, 4), [slot(24, 8), slot(25, 8)])])
    assert starts(found)[0] == (24, 8, (*VAN, 4))
    found = rules.with_new(promised, [((1, 4), [slot(25, 8)])])
    assert starts(found) == [(24, 8, VAN), (25, 8, (4,)), (26, 8, WORKSHOP)]
    found = rules.with_new(promised, [((99,), [slot(26, 8)]), ((5,), [])])
    assert starts(found) == [(24, 8, VAN), (26, 8, (*WORKSHOP, 99))]


def test_the_first_slot_is_kept_as_long_as_all_are():
    found = rules.parts([(VAN, [slot(24, 8, 23)]), (WORKSHOP, [slot(26, 8, 21)])])
    first = rules.first(found)
    assert first.start == datetime(2026, 11, 24, 8)
    assert first.cutoff_at == datetime(2026, 11, 21, 12)


def test_what_is_stored_comes_back():
    found = rules.parts([(VAN, [slot(24, 8)]), (WORKSHOP, [slot(26, 8)])])
    assert rules.load(rules.dump(found)) == found
    assert rules.load(None) == rules.load(False) == ()


# -- parts that somebody chose -----------------------------------------------------

LATE = [slot(24, 8), slot(26, 8), slot(27, 8)]
MADE = [slot(26, 8, 22, schedule=2), slot(27, 8, 23, schedule=2)]


def groups(van=LATE, workshop=MADE):
    return [(VAN, van), (WORKSHOP, workshop)]


def test_each_part_has_the_slots_of_its_goods():
    van, workshop = rules.choices((), groups())
    assert (van.goods, van.slot, van.slots) == (VAN, LATE[0], tuple(LATE))
    assert (workshop.goods, workshop.slot) == (WORKSHOP, MADE[0])
    assert (van.key, workshop.key) == (1, 7)


def test_a_chosen_slot_stays_while_it_can_be_had():
    promised = rules.chosen(rules.parts(groups()), VAN, LATE[2])
    assert starts(promised) == [(26, 8, WORKSHOP), (27, 8, VAN)]
    assert rules.still(promised, groups()) == promised
    assert rules.renewed(promised, groups()) == promised
    assert [one.slot.start.day for one in rules.choices(promised, groups())] == [27, 26]


def test_only_the_lost_part_moves_and_to_the_next_slot():
    wednesday = slot(25, 8)
    promised = rules.chosen(rules.parts(groups()), VAN, wednesday)
    now = groups(van=[LATE[0], LATE[2]])
    assert rules.still(promised, now) == ()
    assert starts(rules.renewed(promised, now)) == [(26, 8, WORKSHOP), (27, 8, VAN)]
    van, workshop = rules.choices(promised, now)
    assert (van.slot, van.next_slot) == (None, LATE[2])
    assert workshop.slot == MADE[0]


def test_choices_in_one_slot_come_to_one_stop():
    found = rules.choices((), [(VAN, [slot(24, 8)]), (WORKSHOP, [slot(26, 8)])])
    assert starts(rules.stops(found)) == [(24, 8, VAN), (26, 8, WORKSHOP)]
    promised = rules.chosen(
        [rules.Part(slot(26, 8), VAN + WORKSHOP)], WORKSHOP, slot(26, 8)
    )
    later = [(VAN, [slot(24, 8), slot(26, 8)]), (WORKSHOP, [slot(26, 8)])]
    found = rules.choices(promised, later)
    assert len(found) == 2
    assert starts(rules.stops(found)) == [(26, 8, VAN + WORKSHOP)]


def test_one_slot_for_all_that_is_lost_falls_apart_where_it_has_to():
    promised = rules.whole(slot(26, 8), groups())
    assert rules.still(promised, groups()) == rules.renewed(promised, groups())
    now = groups(workshop=[slot(27, 8, schedule=2)])
    assert rules.still(promised, now) == ()
    assert starts(rules.renewed(promised, now)) == [(26, 8, VAN), (27, 8, WORKSHOP)]
    # What comes on one day is one stop.
    now = groups(workshop=[slot(26, 14, schedule=2)], van=[slot(26, 6), slot(26, 16)])
    assert starts(rules.renewed(promised, now)) == [(26, 16, VAN + WORKSHOP)]


def test_goods_that_were_added_come_in_their_first_slot():
    promised = rules.chosen(rules.parts(groups()), VAN, LATE[2])
    now = [*groups(), (FREEZER, [slot(25, 8), slot(26, 8)])]
    assert starts(rules.renewed(promised, now))[0] == (25, 8, FREEZER)
    # On a day on which something comes anyway they are one stop.
    now = [*groups(), (FREEZER, [slot(26, 6), slot(26, 8, 21)])]
    assert starts(rules.renewed(promised, now))[0] == (26, 8, WORKSHOP + FREEZER)


def test_the_same_start_is_one_stop_until_everything_is_there():
    short = slot(26, 8, 19, schedule=2, length=2)
    promised = rules.chosen(rules.parts(groups(workshop=[short])), VAN, LATE[1])
    assert starts(promised) == [(26, 8, VAN + WORKSHOP)]
    assert promised[0].slot.end == LATE[1].end
    assert promised[0].slot.cutoff_at == short.cutoff_at
    # And they can be taken apart again.
    found = rules.choices(promised, groups(workshop=[short]))
    assert [one.goods for one in found] == [VAN, WORKSHOP]


def test_nothing_is_renewed_without_a_slot_for_all():
    promised = rules.parts(groups())
    assert rules.renewed(promised, groups(workshop=[])) == ()
    assert rules.choices(promised, groups(workshop=[])) == ()
