from tests.support.rules import load_rules

audit = load_rules("b2b_party", "audit")


def test_the_most_telling_source_wins():
    assert audit.source(True, True, True) == "system"
    assert audit.source(False, True, True) == "portal"
    assert audit.source(False, False, True) == "import"
    assert audit.source(False, False, False) == "back_office"


def test_only_what_differs_is_a_change():
    before = {"state": "active", "limit": 100.0, "roles": (1, 2)}
    after = {"state": "active", "limit": 200.0, "roles": (2, 1)}
    assert audit.changed(before, after) == ["limit", "roles"]
    assert audit.changed(before, dict(before)) == []


def test_a_summary_leaves_out_what_is_empty():
    pairs = [("Role", "Buyer"), ("Supervisor", ""), ("State", "Active")]
    assert audit.summary(pairs) == "Role: Buyer · State: Active"


def test_erased_words_say_so_and_public_words_stay():
    personal = {"record": "Hannah Dale"}
    assert audit.shown("", personal, "record", "record") == "Hannah Dale"
    assert audit.shown("Buyer", personal, "record", "before") == "Buyer"
    assert audit.shown("", None, "record", "record") == "[erased]"
    assert audit.shown("Buyer", None, "record", "before") == "Buyer"


def test_numbers_keep_what_matters():
    assert audit.number(8.0) == "8"
    assert audit.number(8.0, 2) == "8.00"
    assert audit.number(0.085, 2) == "0.085"
    assert audit.number(-1234567.5) == "-1234567.5"
    assert audit.number(100) == "100"


def test_a_summary_is_taken_apart_at_its_own_labels_only():
    pairs = [("Role", "Buyer · Leeds: upstairs"), ("State", "Active")]
    text = audit.summary(pairs)
    assert audit.parts(text, {"Role", "State"}) == pairs
    assert audit.parts("[erased]", {"Role"}) == [("", "[erased]")]
    assert audit.parts("", {"Role"}) == []


def test_amounts_are_read_as_the_log_wrote_them():
    assert audit.amount_of("£1,500.00", ".", ",") == (1500.0, "£")
    assert audit.amount_of("1.500,50 €", ",", ".") == (1500.5, "€")
    assert audit.amount_of("−£20.00", ".", ",") == (-20.0, "£")
    assert audit.amount_of("CHF 7'000.00", ".", "'") == (7000.0, "CHF")
    for none in ("", "unlimited", "£1.2.3", "£1,500.00 and more 3"):
        assert audit.amount_of(none, ".", ",") is None
