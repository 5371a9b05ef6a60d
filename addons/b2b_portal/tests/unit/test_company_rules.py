"""Rules of the team and address pages, without Odoo."""

from datetime import datetime, timedelta

import pytest

from tests.support.rules import load_rules

address = load_rules("b2b_portal", "address")
team_words = load_rules("b2b_portal", "team_words")

NOW = datetime(2026, 11, 23, 9, 52)


@pytest.mark.parametrize(
    ("ago", "kind"),
    [
        (None, "never"),
        (timedelta(seconds=10), "now"),
        (timedelta(minutes=5), "today"),
        (timedelta(hours=9), "today"),
        (timedelta(hours=10), "week"),
        (timedelta(days=6), "week"),
        (timedelta(days=7), "date"),
        (timedelta(days=400), "date"),
        (timedelta(seconds=-5), "today"),
    ],
)
def test_when_somebody_was_seen(ago, kind):
    assert team_words.seen_kind(ago is not None and NOW - ago, NOW) == kind


@pytest.mark.parametrize(
    ("orders", "approves", "order_limit", "approve_limit", "kinds"),
    [
        (False, False, 0, 0, []),
        (False, False, 500, 0, []),
        (True, False, 1500, 0, ["order"]),
        (True, False, 0, 0, ["free"]),
        (True, True, 0, 0, ["free"]),
        (True, True, 0, 2000, ["order_free", "approve"]),
        (True, True, 1500, 0, ["order", "approve_free"]),
        (False, True, 1500, 2000, ["approve"]),
    ],
)
def test_what_is_said_of_limits(orders, approves, order_limit, approve_limit, kinds):
    row = {
        "places_orders": orders,
        "approves": approves,
        "order_limit": order_limit,
        "approve_limit": approve_limit,
    }
    assert team_words.limit_kinds(row) == kinds


RIGHT = {"name": "approve", "kind": "right", "of": ""}
LIMIT = {"name": "approve_limit", "kind": "limit", "of": "approve"}


@pytest.mark.parametrize(
    ("editable", "own", "row", "rights", "kind"),
    [
        (True, {"approve", "approve_limit"}, RIGHT, set(), "box"),
        (False, {"approve", "approve_limit"}, RIGHT, {"approve"}, "fixed"),
        (True, set(), RIGHT, {"approve"}, "sign"),
        (False, set(), RIGHT, set(), "sign"),
        (True, {"approve", "approve_limit"}, LIMIT, set(), "amount"),
        (False, {"approve", "approve_limit"}, LIMIT, {"approve"}, "text"),
        (False, {"approve", "approve_limit"}, LIMIT, set(), "none"),
        (True, set(), LIMIT, {"approve"}, "text"),
    ],
)
def test_how_a_cell_of_the_matrix_is_drawn(editable, own, row, rights, kind):
    role = {"rights": rights, "editable": editable}
    assert team_words.cell(role, row, own) == kind


def test_what_an_address_needs():
    plain = address.needed(point=False, zip_required=False, state_required=False)
    assert plain == ("name", "street", "city", "country_id")
    strict = address.needed(point=False, zip_required=True, state_required=True)
    assert strict == ("name", "street", "zip", "city", "country_id", "state_id")
    assert address.needed(point=True, zip_required=True, state_required=True) == (
        "name",
    )
    assert address.empty({"name": "Yard", "street": ""}, plain) == [
        "street",
        "city",
        "country_id",
    ]


def test_texts_that_are_too_long():
    assert address.too_long({"name": "x" * 80, "zip": "1" * 17}) == {"zip": 16}


def test_points_stand_below_their_address():
    rows = [
        (1, 9, "Yard"),
        (2, 1, "Dock B"),
        (3, 1, "dock A"),
        (4, 3, "Ramp"),
        (5, 9, "Aisle"),
    ]
    assert address.tree(rows) == [(5, 0), (1, 0), (3, 1), (4, 2), (2, 1)]


def test_a_circle_of_addresses_ends():
    assert address.tree([(1, 1, "A"), (2, 3, "B"), (3, 2, "C")]) == [(1, 0)]
