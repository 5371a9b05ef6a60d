"""Plain pytest of the rule index, no database."""

import itertools
import random

from tests.support.rules import load_rules

rule_index = load_rules("b2b_pricing", "rule_index")
price_batch = load_rules("b2b_pricing", "price_batch")

ROWS = [
    # id, applied on, variant, template, category, minimum quantity
    (11, "0_product_variant", 7, 3, None, 10.0),
    (12, "0_product_variant", 7, 3, None, 0.0),
    (21, "1_product", None, 3, None, 5.0),
    (31, "2_product_category", None, None, 2, 5.0),
    (32, "2_product_category", None, None, 1, 0.0),
    (41, "3_global", None, None, None, 0.0),
]


def test_keeps_the_order_of_the_list():
    index = rule_index.RuleIndex(ROWS)
    assert index.candidates((7,), 3, (1, 2)) == (11, 12, 21, 31, 32, 41)
    assert index.ids == (11, 12, 21, 31, 32, 41)
    assert index.size == 6


def test_hands_out_what_can_match():
    index = rule_index.RuleIndex(ROWS)
    assert index.candidates((8,), 4, (1,)) == (32, 41)
    assert index.candidates((8,), 3, ()) == (21, 41)
    assert index.candidates((), 9, ()) == (41,)


def test_prunes_by_quantity_but_keeps_rules_without_minimum():
    index = rule_index.RuleIndex(ROWS)
    assert index.candidates((7,), 3, (1, 2), quantity=1) == (12, 32, 41)
    assert index.candidates((7,), 3, (1, 2), quantity=5) == (12, 21, 31, 32, 41)
    # A return of goods: Odoo applies rules without minimum to it.
    assert index.candidates((7,), 3, (1, 2), quantity=-4) == (12, 32, 41)


def test_quantities_are_the_breaks():
    index = rule_index.RuleIndex(ROWS)
    assert index.quantities((7,), 3, (1, 2)) == [5.0, 10.0]
    assert index.quantities((), 9, (1,)) == []


def test_unknown_scopes_are_offered_to_every_product():
    index = rule_index.RuleIndex([(1, "4_region", None, None, None, 0.0), *ROWS])
    assert index.candidates((), 9, ())[0] == 1


def test_tells_whether_any_rule_is_for_a_product():
    narrow = rule_index.RuleIndex(ROWS[:5])
    assert not narrow.has_general
    assert narrow.reaches((7,), 9, ())
    assert narrow.reaches((8,), 3, ())
    assert narrow.reaches((8, 7), 9, ())
    assert narrow.reaches((), 9, (5, 1))
    assert not narrow.reaches((8,), 9, (5,))
    assert rule_index.RuleIndex(ROWS).reaches((8,), 9, (5,))


def test_empty_list():
    index = rule_index.RuleIndex([])
    assert index.size == 0
    assert index.candidates((7,), 3, (1,)) == ()


def test_same_as_trying_every_rule():
    """Whatever the rules: the index finds what a loop over all of them finds."""
    rng = random.Random(20260101)
    scopes = ("0_product_variant", "1_product", "2_product_category", "3_global")
    for _round in range(200):
        rows = [
            (
                number,
                rng.choice(scopes),
                rng.randrange(4),
                rng.randrange(3),
                rng.randrange(4),
                rng.choice((0.0, 1.0, 5.0, 10.0)),
            )
            for number in range(rng.randrange(25))
        ]
        index = rule_index.RuleIndex(rows)
        for variant, template, quantity in itertools.product(
            range(4), range(3), (-1, 0, 1, 7, 10)
        ):
            path = tuple(range(rng.randrange(4)))
            plain = [
                row[0]
                for row in rows
                if not (row[5] and quantity < row[5])
                and (
                    row[1] == "3_global"
                    or (row[1] == "0_product_variant" and row[2] == variant)
                    or (row[1] == "1_product" and row[3] == template)
                    or (row[1] == "2_product_category" and row[4] in path)
                )
            ]
            found = index.candidates((variant,), template, path, quantity=quantity)
            assert list(found) == plain


class Products:
    _name = "product.product"

    def __init__(self, *ids):
        self._ids = ids


def make_batch(prune=True):
    batch = price_batch.PriceBatch(
        Products(7, 8),
        lambda: {7: ((7,), 3, (1, 2)), 8: ((8,), 4, (1,))},
        lambda: {7: {1}, 8: {1}},
    )
    index = price_batch.BatchIndex(rule_index.RuleIndex(ROWS), batch, prune)
    batch.indexes["list"] = index
    return batch, index


def test_heads_are_the_rules_that_will_be_read():
    batch, index = make_batch()
    assert set(index.heads) == {12, 32}
    batch.add_quantities({7: {10}})
    assert set(index.heads) == {11, 12, 32}


def test_without_pruning_every_candidate_is_offered():
    _batch, index = make_batch(prune=False)
    assert index.candidates(7, 1) == (11, 12, 21, 31, 32, 41)
    assert set(index.heads) == {11, 12, 21, 31, 32, 41}


def test_batch_covers_only_its_own_products():
    batch, _index = make_batch()
    assert batch.covers(Products(8))
    assert not batch.covers(Products(8, 9))
    stranger = Products(7)
    stranger._name = "product.template"
    assert not batch.covers(stranger)
