from datetime import date

from tests.support.rules import load_rules

rules = load_rules("b2b_party", "overview")
change_text = rules.change_text
months = rules.months


def test_months_end_with_this_one():
    assert months(date(2026, 2, 28), 3) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert months(date(2026, 12, 31), 24)[0] == date(2025, 1, 1)
    assert len(months(date(2026, 11, 22), 24)) == 24


def test_changes():
    assert change_text(114, 100) == "+14 %"
    assert change_text(90, 100) == "−10 %"
    assert change_text(100, 100) == "0 %"
    assert change_text(5, 0) == ""
    assert change_text(5, -3) == ""
