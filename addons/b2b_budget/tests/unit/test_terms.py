"""Which budgets concern an order."""

from datetime import date

from tests.support.rules import load_rules

terms = load_rules("b2b_budget", "terms")
TODAY = date(2026, 11, 22)


def make(id_, **values):
    values = {
        "name": f"Budget {id_}",
        "use": "limit",
        "action": "block",
        "period_kind": "month",
        "date_from": None,
        "date_to": None,
        "start_date": None,
        "tz": "UTC",
        "tax_basis": "untaxed",
        "currency_id": 1,
        "max_order_amount": 0.0,
        "has_amount": True,
        **values,
    }
    return terms.Terms(id=id_, **values)


def applicable(found, seat=None, chosen=None, day=TODAY):
    days = {term.id: day for term in found}
    return [term.id for term in terms.applicable(found, seat, chosen, days)]


def test_party_budgets_count_every_seat_and_none():
    found = [make(1), make(2, seats=frozenset({5}))]
    assert applicable(found) == [1]
    assert applicable(found, seat=9) == [1]


def test_all_limits_count_and_narrow_ones_come_first():
    found = [
        make(1),
        make(2, categories=frozenset({3})),
        make(3, seats=frozenset({5, 6})),
        make(4, seats=frozenset({6})),
    ]
    assert applicable(found, seat=5) == [3, 2, 1]


def test_one_pot_needs_no_choice_two_do():
    pots = [make(1, use="pot"), make(2, use="pot")]
    assert applicable(pots[:1]) == [1]
    assert applicable(pots) == []
    assert applicable(pots, chosen=2) == [2]
    assert applicable([*pots, make(3)], chosen=2) == [2, 3]


def test_a_submitted_order_counts_in_the_pot_it_names_only():
    days = {1: TODAY}
    later = [make(1, use="pot")]
    assert terms.applicable(later, None, None, days, submitted=True) == []
    assert terms.applicable(later, None, 1, days, submitted=True) == later


def test_a_pot_of_other_seats_is_no_choice():
    pots = [make(1, use="pot"), make(2, use="pot", seats=frozenset({5}))]
    assert applicable(pots, seat=9) == [1]
    assert applicable(pots, seat=5) == []


def test_orders_before_the_start_or_outside_a_one_off_do_not_count():
    late = make(1, start_date=date(2026, 11, 23))
    event = make(
        2,
        period_kind="one_off",
        date_from=date(2026, 11, 1),
        date_to=date(2026, 11, 22),
    )
    assert applicable([late, event]) == [2]
    assert applicable([late, event], day=date(2026, 11, 23)) == [1]


def test_where_budgets_are_per_seat_a_seat_must_be_named():
    per_seat, days = make(1, seats=frozenset({5})), {1: TODAY, 2: TODAY}
    assert terms.needs_seat([make(2), per_seat], None, days)
    assert not terms.needs_seat([make(2), per_seat], 9, days)
    assert not terms.needs_seat([make(2)], None, days)
    over = make(
        1,
        seats=frozenset({5}),
        period_kind="one_off",
        date_from=date(2026, 10, 1),
        date_to=date(2026, 10, 31),
    )
    assert not terms.needs_seat([over], None, days)


def test_members_belong_on_their_days():
    first, last = date(2026, 11, 1), date(2026, 11, 22)
    members = (
        terms.Member(7, None, first, last),
        terms.Member(None, 5),
    )
    group = make(1, members=members)
    assert group.covers({7, 8}, None, first)
    assert group.covers({7}, None, last)
    assert not group.covers({7}, None, date(2026, 10, 31))
    assert not group.covers({7}, None, date(2026, 11, 23))
    assert not group.covers({8}, 6, TODAY)
    assert group.covers({8}, 5, TODAY)
    assert not make(2, members=()).covers({7}, 5, TODAY)
    assert make(3).covers(set(), None, TODAY)


def test_the_group_is_named_last():
    group = make(1, members=(terms.Member(7, None),))
    assert applicable([group, make(2), make(3, seats=frozenset({5}))], seat=5) == [
        3,
        2,
        1,
    ]
