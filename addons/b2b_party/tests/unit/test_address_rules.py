"""Names of nested addresses and the choice among addresses."""

from tests.support.rules import load_rules

address = load_rules("b2b_party", "address")


def test_the_chain_goes_from_wide_to_narrow():
    chain = address.chain_name("Brightwell & Sons", ["Leeds campus", "Lab 3"])
    assert chain == "Brightwell & Sons, Leeds campus, Lab 3"
    assert address.chain_name("", ["Leeds campus", "", "Lab 3"]) == (
        "Leeds campus, Lab 3"
    )


def test_the_own_address_wins_then_the_nearer_then_the_default():
    choose = address.first_choice
    assert choose("own", ["near", "far"], "default", ["other"]) == "own"
    assert choose(None, ["near", "far"], "default", ["other"]) == "near"
    assert choose(None, [], "default", ["other"]) == "default"
    assert choose(None, [], None, ["other"]) == "other"
    assert choose(None, [], None, []) is None
