"""Audiences of catalogs and lists of segments, without Odoo."""

from tests.support.rules import load_rules

catalog = load_rules("b2b_pricing", "catalog")
price_order = load_rules("b2b_pricing", "price_order")


def kinds(audience):
    return [kind for kind, _field, _values in audience.clauses()]


def test_strangers_are_everyone_and_nothing_else():
    assert kinds(catalog.Audience(1)) == ["everyone"]
    # Even with leftovers of a party that may not look any more.
    assert kinds(catalog.Audience(1, 0, 7, (8,), (9,), "A1")) == ["everyone"]


def test_a_party_is_what_it_belongs_to():
    assert kinds(catalog.Audience(1, 5)) == ["everyone", "trade", "parties"]
    full = catalog.Audience(1, 5, 7, (8, 10), (9,), "A0001")
    assert full.clauses()[2:] == [
        ("parties", "party_ids", (5,)),
        ("groups", "group_ids", (7,)),
        ("segments", "segment_ids", (8, 10)),
        ("party_groups", "party_group_ids", (9,)),
        ("agreements", "agreement_ids", ("A0001",)),
    ]


def test_audiences_are_keys_of_a_cache():
    assert hash(catalog.Audience(1, 5)) == hash(catalog.Audience(1, 5))
    assert catalog.Audience(1, 5) != catalog.Audience(2, 5)


def test_first_segment_with_a_list_by_sequence_then_id():
    rows = [(20, 1, 100), (10, 3, 300), (10, 2, False), (5, 9, None)]
    assert price_order.first_list(rows) == 300
    assert price_order.first_list([(10, 3, 300), (10, 2, 200)]) == 200
    assert price_order.first_list([(1, 1, False)]) is None
    assert price_order.first_list([]) is None
