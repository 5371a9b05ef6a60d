import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_approval", "prepayment")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        # The example of the standard, and others computed by hand.
        ("539007547034", "RF18539007547034"),
        ("2348231", "RF712348231"),
        ("S00431", "RF61S00431"),
        ("s-004 31", "RF61S00431"),
    ],
)
def test_references_of_the_standard(text, reference):
    assert rules.creditor_reference(text) == reference
    assert rules.is_creditor_reference(reference)
    assert rules.is_creditor_reference(rules.spaced(reference))


def test_a_wrong_digit_shows():
    good = rules.creditor_reference("S00431")
    for at in range(5, len(good)):
        for sign in "0123456789":
            wrong = good[:at] + sign + good[at + 1 :]
            assert rules.is_creditor_reference(wrong) == (wrong == good), wrong


@pytest.mark.parametrize(
    "text", ["", "RF", "RF18", "XX18539007547034", "RFAB1234", "é"]
)
def test_what_is_no_reference(text):
    assert not rules.is_creditor_reference(text)


def test_long_and_empty_texts():
    assert len(rules.creditor_reference("X" * 40)) == 25
    with pytest.raises(ValueError, match="letter or a digit"):
        rules.creditor_reference("-/ ")


@pytest.mark.parametrize(
    ("total", "percent", "asked"),
    [(100.0, 30, 30.0), (33.33, 50, 16.67), (100, 120, 100), (-5, 50, 0), (10, 0, 0)],
)
def test_share(total, percent, asked):
    assert rules.due(total, percent, lambda value: round(value + 1e-9, 2)) == asked


@pytest.mark.parametrize(
    ("asked", "paid", "tolerance", "missing"),
    [
        (100, 100, 0, 0),
        (100, 99.99, 0, 0.01),
        (100, 99, 1, 0),
        (100, 98.99, 1, 1.01),
        (100, 150, 0, 0),
        (100, 99, -5, 1),
    ],
)
def test_missing(asked, paid, tolerance, missing):
    found = rules.missing(asked, paid, tolerance, lambda value: round(value, 2))
    assert found == missing


@pytest.mark.parametrize(
    ("online", "places", "paid"),
    [
        (0, (), 0),
        (120, ([],), 120),
        # By hand, as a payment and read from the bank: the same money.
        (0, ([150], [150], [150]), 150),
        # Other amounts are other money.
        (0, ([120], [180]), 300),
        (120, ([], [180], [180]), 300),
        (0, ([12, 8], [12], [12, 8]), 20),
        # Two transfers of one amount, one of them recorded twice.
        (0, ([50, 50], [50]), 100),
        # One sum here, its parts there.
        (0, ([20], [12, 8], [8, 12]), 20),
        (0, ([-5, 0],), 0),
        (0, ([0.1, 0.2], [0.3]), 0.3),
    ],
)
def test_money_that_is_recorded_twice_counts_once(online, places, paid):
    found = rules.booked(online, *places, rounded=lambda value: round(value, 2))
    assert found == paid


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("RF61S00431", True),
        ("SEPA credit rf61 s004 31 thanks", True),
        ("Ref.: RF61-S004-31.", True),
        ("RF61S004312", False),
        ("XRF61S00431", False),
        ("RF62S00431", False),
        ("S00431", False),
        ("", False),
        (None, False),
    ],
)
def test_the_reference_in_a_bank_line(text, named):
    assert rules.names_reference(text, "RF61 S004 31") is named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("order s00431, thanks", True),
        ("S00431", True),
        ("S004310", False),
        ("XS00431", False),
        ("", False),
    ],
)
def test_the_number_of_the_order_in_a_payment(text, named):
    assert rules.names_order(text, "S00431") is named


def test_nothing_names_nothing():
    assert not rules.names_order("anything", "")
    assert not rules.names_reference("anything", "")
