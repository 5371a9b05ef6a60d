"""Which delivery methods an order may use: hand-made cases."""

from collections import namedtuple
from dataclasses import replace

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_delivery", "methods")

GB, DE, SCOTLAND = 1, 2, 10
BUYER = rules.Buyer(
    party_id=7,
    company_id=1,
    group_id=3,
    party_group_ids=frozenset({5}),
    agreement="A-1",
    country_id=GB,
    zip_code="sw1a 1aa",
)
VAN = rules.Method(id=1, kind=rules.OWN)
LONDON = replace(
    VAN,
    zones=(
        rules.Zone(GB, None, "SW", (0, 2)),
        rules.Zone(GB, None, "SW1A", (4,)),
        rules.Zone(GB, SCOTLAND),
    ),
)


def some(**names):
    return replace(VAN, **{k: frozenset(v) for k, v in names.items()})


@pytest.mark.parametrize(
    ("method", "buyer", "why"),
    [
        (VAN, BUYER, ""),
        (some(party_ids={7}), BUYER, ""),
        (some(party_ids={8}), BUYER, rules.AUDIENCE),
        (some(group_ids={3}), BUYER, ""),
        (some(group_ids={4}), BUYER, rules.AUDIENCE),
        # One of several has to fit.
        (some(group_ids={4}, party_group_ids={5, 6}), BUYER, ""),
        (some(agreements={"A-1"}), BUYER, ""),
        (some(agreements={"A-2"}), BUYER, rules.AUDIENCE),
        # No agreement is none of those that are named.
        (some(agreements={"A-1"}), replace(BUYER, agreement=""), rules.AUDIENCE),
        # The party's own list narrows, it opens nothing.
        (VAN, replace(BUYER, only=frozenset({1, 2})), ""),
        (VAN, replace(BUYER, only=frozenset({2})), rules.PARTY),
        (
            some(party_ids={8}),
            replace(BUYER, only=frozenset({1})),
            rules.AUDIENCE,
        ),
        (replace(VAN, company_id=2), BUYER, rules.COMPANY),
        (replace(VAN, company_id=1), BUYER, ""),
        # Not offered to buyers: our team may still use it.
        (replace(VAN, portal=False), BUYER, ""),
        (replace(VAN, portal=False), replace(BUYER, portal=True), rules.PORTAL),
        # End customers get their own kind, and nobody else does.
        (VAN, replace(BUYER, end_customer=True), rules.OWN_ADDRESS),
        (replace(VAN, kind=rules.DROPSHIP), BUYER, rules.END_CUSTOMER),
        (replace(VAN, kind=rules.DROPSHIP), replace(BUYER, end_customer=True), ""),
        (LONDON, BUYER, ""),
        (LONDON, replace(BUYER, zip_code="BS2 0TH"), rules.ZONE),
        (LONDON, replace(BUYER, country_id=DE), rules.ZONE),
        (LONDON, replace(BUYER, zip_code="EH1", state_id=SCOTLAND), ""),
        # What is collected goes nowhere: zones say nothing.
        (
            replace(LONDON, kind=rules.PICKUP),
            replace(BUYER, zip_code="BS2"),
            "",
        ),
    ],
)
def test_refusal(method, buyer, why):
    assert rules.refusal(method, buyer) == why


def test_the_longest_postcode_gives_the_days():
    assert rules.zone_of(LONDON, BUYER).weekdays == (4,)
    assert rules.zone_of(LONDON, replace(BUYER, zip_code="SW9")).weekdays == (0, 2)
    assert rules.zone_of(LONDON, replace(BUYER, zip_code="")) is None


Window = namedtuple("Window", "weekday hour_from hour_to")


def test_opening_hours_are_told_in_runs():
    windows = [Window(day, *hours) for day in (0, 1, 2, 4) for hours in ((8, 12),)]
    windows += [Window(0, 13, 17), Window(1, 13, 17), Window(6, 9, 10.5)]
    assert rules.opening(windows) == [
        (0, 1, ((8, 12), (13, 17))),
        (2, 2, ((8, 12),)),
        (4, 4, ((8, 12),)),
        (6, 6, ((9, 10.5),)),
    ]
    assert rules.opening([]) == []
