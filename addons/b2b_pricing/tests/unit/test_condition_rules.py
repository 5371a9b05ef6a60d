"""Order conditions: which counts, what it costs, what is missing. All by hand."""

import json
from datetime import date

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_pricing", "conditions")
split = load_rules("b2b_pricing", "split").split
Condition, Missing = rules.Condition, rules.Missing
choose, outcome, kept = rules.choose, rules.outcome, rules.kept
MINIMUM, SMALL_ORDER = rules.MINIMUM, rules.SMALL_ORDER
DISCOUNT, DELIVERY = rules.DISCOUNT, rules.DELIVERY

DAY = date(2026, 11, 23)
STEPS = ((500.0, 2.0), (1000.0, 3.0), (2500.0, 5.0))

minimum = Condition(1, MINIMUM, threshold=150.0)
charged_minimum = minimum._replace(below="charge", charge=15.0)
small = Condition(2, SMALL_ORDER, threshold=200.0, charge=9.0)
delivery = Condition(3, DELIVERY, threshold=250.0, charge=12.5)
discount = Condition(4, DISCOUNT, steps=STEPS)


def test_the_most_specific_one_counts():
    rows = [
        Condition(10, DELIVERY, "everyone", charge=12.0),
        Condition(11, DELIVERY, "customer_group", charge=9.0),
        Condition(12, DELIVERY, "party_group", charge=8.0),
        Condition(13, DELIVERY, "party", charge=7.0),
        Condition(14, DELIVERY, "agreement", charge=6.0),
        Condition(15, MINIMUM, "everyone", threshold=100.0),
    ]
    for count in range(5, 0, -1):
        chosen = choose(rows[:count] + rows[5:], DAY)
        assert chosen[DELIVERY].id == rows[count - 1].id
        # another kind is not touched by it
        assert chosen[MINIMUM].id == 15


def test_of_two_groups_the_first_by_sequence_counts():
    rows = [
        Condition(20, DISCOUNT, "party_group", sequence=20),
        Condition(21, DISCOUNT, "party_group", sequence=10),
    ]
    assert choose(rows, DAY)[DISCOUNT].id == 21


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2026, 11, 24), None, False),
        (None, date(2026, 11, 22), False),
    ],
)
def test_dates(start, end, counts):
    own = Condition(30, MINIMUM, "party", start=start, end=end)
    rows = [own, Condition(31, MINIMUM, "everyone")]
    assert choose(rows, DAY)[MINIMUM].id == (30 if counts else 31)


def test_minimum_that_stops():
    # 150.00 - 88.00 = 62.00
    found = outcome({MINIMUM: minimum}, 88.0)
    assert found.stop == Missing(MINIMUM, 62.0, 150.0, 0.0)
    assert found.below == "refuse"
    assert not found.charges
    assert outcome({MINIMUM: minimum}, 150.0).stop is None
    # 0.1 + 0.2 and the like are no reason to refuse
    assert outcome({MINIMUM: minimum}, 149.9999999).stop is None
    assert outcome({MINIMUM: minimum}, 149.99).stop.missing == pytest.approx(0.01)


def test_minimum_that_is_charged():
    found = outcome({MINIMUM: charged_minimum}, 88.0)
    assert found.stop is None
    assert found.charges == {MINIMUM: 15.0}
    assert found.hints == (Missing(MINIMUM, 62.0, 150.0, 15.0),)
    assert not outcome({MINIMUM: charged_minimum}, 150.0).charges


def test_small_order():
    found = outcome({SMALL_ORDER: small}, 120.0)
    assert found.charges == {SMALL_ORDER: 9.0}
    assert found.hints == (Missing(SMALL_ORDER, 80.0, 200.0, 9.0),)
    assert outcome({SMALL_ORDER: small}, 200.0).charges == {}


@pytest.mark.parametrize(
    ("charge", "left"), [(15.0, MINIMUM), (9.0, MINIMUM), (8.0, SMALL_ORDER)]
)
def test_of_two_charges_only_the_higher(charge, left):
    both = {MINIMUM: charged_minimum._replace(charge=charge), SMALL_ORDER: small}
    found = outcome(both, 88.0)
    assert list(found.charges) == [left]
    assert [hint.kind for hint in found.hints] == [left]


def test_delivery():
    # 250.00 - 212.80 = 37.20
    found = outcome({DELIVERY: delivery}, 212.80)
    assert found.charges == {DELIVERY: 12.5}
    ((kind, missing, threshold, gain),) = found.hints
    assert (kind, threshold, gain) == (DELIVERY, 250.0, 12.5)
    assert missing == pytest.approx(37.20)
    found = outcome({DELIVERY: delivery}, 250.0)
    assert found.charges == {}
    assert found.reached == (DELIVERY,)
    never_free = delivery._replace(threshold=0.0)
    found = outcome({DELIVERY: never_free}, 9999.0)
    assert found.charges == {DELIVERY: 12.5}
    assert found.hints == () and found.reached == ()


def test_delivery_is_never_charged_twice():
    # the carrier's price stands: nothing of ours, and nothing is promised
    found = outcome({DELIVERY: delivery}, 100.0, carrier=True)
    assert (found.charges, found.hints, found.carrier) == ({}, (), None)
    instead = delivery._replace(carrier=True)
    found = outcome({DELIVERY: instead}, 100.0, carrier=True)
    assert (found.charges, found.carrier) == ({}, 12.5)
    assert outcome({DELIVERY: instead}, 250.0, carrier=True).carrier == 0.0
    # without a carrier it is an own line all the same
    assert outcome({DELIVERY: instead}, 100.0).charges == {DELIVERY: 12.5}


@pytest.mark.parametrize(
    ("net", "percent", "better"),
    [
        (0.0, 0.0, (500.0, 2.0)),
        (499.99, 0.0, (500.0, 2.0)),
        (500.0, 2.0, (1000.0, 3.0)),
        (2499.0, 3.0, (2500.0, 5.0)),
        (2500.0, 5.0, None),
    ],
)
def test_steps(net, percent, better):
    assert rules.percent_of(STEPS, net) == percent
    assert rules.next_step(STEPS, net) == better


def test_discount_says_what_is_missing():
    found = outcome({DISCOUNT: discount}, 940.0)
    assert found.percent == 2.0
    assert found.hints == (Missing(DISCOUNT, 60.0, 1000.0, 3.0),)


def test_nothing_on_an_empty_order():
    everything = {MINIMUM: minimum, DELIVERY: delivery, DISCOUNT: discount}
    found = outcome(everything, 0.0, goods=False)
    assert (found.charges, found.stop, found.hints) == ({}, None, ())
    # goods for nothing are delivered and are below a minimum
    found = outcome(everything, 0.0)
    assert found.charges == {DELIVERY: 12.5}
    assert found.stop.missing == 150.0


def test_discount_without_a_cent_of_drift():
    # 3 % of 333.33 + 166.67 = 15.00; 333.33 is two thirds less a bit
    whole, weights = rules.discount_amounts(
        3.0, [333.33, 166.67], lambda x: round(x, 2)
    )
    assert whole == 15.0
    assert split(whole, weights) == pytest.approx([10.0, 5.0])
    # 2.5 % of 100.10 = 2.5025 -> 2.50 in three groups
    whole, weights = rules.discount_amounts(
        2.5, [33.37, 33.37, 33.36], lambda x: round(x, 2)
    )
    parts = split(whole, weights)
    assert whole == 2.5 and round(sum(parts), 2) == 2.5
    assert parts == pytest.approx([0.84, 0.83, 0.83])


def test_after_the_order_nothing_gets_worse():
    terms = {DELIVERY: delivery, DISCOUNT: discount, SMALL_ORDER: small}
    # ordered 1,000: 3 %, free delivery. 400 is delivered, the rest closed
    now = outcome(terms, 400.0)
    after = kept(now, {}, 3.0, confirmed=True)
    assert (after.percent, after.charges) == (3.0, {})
    # ordered 100 with delivery and charge; staff add until 2,500
    now = outcome(terms, 2500.0)
    after = kept(now, {DELIVERY: 12.5, SMALL_ORDER: 9.0}, 0.0, confirmed=True)
    assert (after.percent, after.charges) == (5.0, {})
    # what was taken off by hand does not come back, a lower price stays
    now = outcome(terms, 100.0)
    after = kept(now, {DELIVERY: 8.0}, 0.0, confirmed=True)
    assert after.charges == {DELIVERY: 8.0}


def test_while_waiting_nothing_is_added():
    now = outcome({DISCOUNT: discount}, 1200.0)
    assert kept(now, {}, 0.0, confirmed=False).percent == 0.0
    assert kept(now, {}, 2.0, confirmed=False).percent == 2.0
    assert kept(now, {}, 2.0, confirmed=True).percent == 3.0
    assert now.stop is None and kept(now, {}, 2.0, confirmed=True).hints == ()


@pytest.mark.parametrize(
    ("kind", "figures", "found"),
    [
        (MINIMUM, {"threshold": -1.0}, ["negative"]),
        (SMALL_ORDER, {"charge": -0.01}, ["negative"]),
        (MINIMUM, {"threshold": 100.0, "below": "charge"}, ["no_charge"]),
        (MINIMUM, {"threshold": 0.0}, []),
        (DELIVERY, {"charge": 0.0}, []),
        (DISCOUNT, {}, ["no_steps"]),
        (DISCOUNT, {"steps": [(0.0, 101.0)]}, ["percent"]),
        (DISCOUNT, {"steps": [(0.0, -2.0)]}, ["percent"]),
        (DISCOUNT, {"steps": [(-5.0, 2.0)]}, ["negative"]),
        (DISCOUNT, {"steps": [(500.0, 3.0), (1000.0, 2.0)]}, ["descending"]),
        (DISCOUNT, {"steps": [(500.0, 3.0), (1000.0, 3.0)]}, ["descending"]),
        (DISCOUNT, {"steps": [(500.0, 2.0), (500.0, 3.0)]}, ["same_step"]),
        (DISCOUNT, {"steps": [(1000.0, 3.0), (500.0, 2.0)]}, []),
        (DISCOUNT, {"steps": [(0.0, 100.0)]}, []),
    ],
)
def test_faults(kind, figures, found):
    values = {"threshold": 0.0, "charge": 0.0, "below": "refuse", "steps": []}
    assert rules.faults(kind, **{**values, **figures}) == found


def test_terms_that_were_stored_do_the_same():
    chosen = {
        SMALL_ORDER: Condition(7, SMALL_ORDER, threshold=100.0, charge=5.0),
        DISCOUNT: Condition(8, DISCOUNT, steps=((50.0, 2.0), (200.0, 3.0))),
        DELIVERY: Condition(9, DELIVERY, threshold=150.0, charge=8.0, carrier=True),
        MINIMUM: Condition(10, MINIMUM, threshold=60.0, charge=4.0, below="charge"),
    }
    stored = rules.from_terms(json.loads(json.dumps(rules.terms_of(chosen))))
    for net in (10.0, 60.0, 120.0, 180.0, 300.0):
        for carrier in (False, True):
            assert rules.outcome(stored, net, carrier=carrier) == rules.outcome(
                chosen, net, carrier=carrier
            )
