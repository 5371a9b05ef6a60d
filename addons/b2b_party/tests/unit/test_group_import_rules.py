"""What cannot be right in the rows of an import."""

from tests.support.rules import load_rules

rules = load_rules("b2b_party", "group_import")


def test_two_groups_for_one_client_are_found():
    rows = [["x1", "A"], ["x2", "A"], ["x1", "B"], ["x1", "A"], ["", "C"], ["", "D"]]
    assert rules.conflicting_rows(rows, [0], [1]) == [(0, 2, "x1", ("A",), ("B",))]


def test_an_empty_group_says_nothing():
    assert not rules.conflicting_rows([["x1", "A"], ["x1", ""]], [0], [1])


def test_a_number_used_by_two_records_is_found():
    rows = [["x1", "7"], ["x2", "7 "], ["x3", "8"], ["x1", "7"], ["x4", ""], ["", ""]]
    assert rules.repeated_rows(rows, 1, [0]) == [(0, 1, "7")]
    assert rules.repeated_rows([["7"], ["7"]], 0) == [(0, 1, "7")]
