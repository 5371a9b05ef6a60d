"""Own codes of parties and categories, without Odoo."""

from tests.support.rules import load_rules

own_code = load_rules("b2b_pricing", "own_code")
Code = own_code.Code
HEART, TIN, BAG = 1, 2, 3


def test_the_party_wins_over_its_category_in_any_order():
    own = Code(HEART, "BW-1", "Our heart", True)
    shared = Code(HEART, "GS-9", "Heart", False)
    other = Code(TIN, "GS-8", "", False)
    for rows in ([own, shared, other], [shared, other, own]):
        assert own_code.by_product(rows) == {
            HEART: ("BW-1", "Our heart"),
            TIN: ("GS-8", ""),
        }


def test_a_code_means_what_the_party_means_by_it():
    rows = [Code(HEART, "100", "", False), Code(TIN, "100", "", True)]
    assert own_code.named(rows, "100") == [TIN]
    assert own_code.named(rows[:1], " 100 ") == [HEART]
    assert own_code.named([Code(BAG, "Ab-1", "", True)], "aB-1") == [BAG]
    assert own_code.named(rows, "10") == []


def test_label_leaves_out_what_is_empty():
    assert own_code.label("BW-1", "Our heart") == "BW-1 · Our heart"
    assert own_code.label("BW-1", "") == "BW-1"
