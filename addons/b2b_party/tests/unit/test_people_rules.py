"""Who may have what: states, limits, administrators, lists of people."""

import pytest

from tests.support.rules import load_rules

people = load_rules("b2b_party", "people")
invitation = load_rules("b2b_party", "invitation")
access = load_rules("b2b_party", "access_request")


@pytest.mark.parametrize(
    ("state", "wanted", "may"),
    [
        ("invited", "active", True),
        ("invited", "suspended", True),
        ("active", "suspended", True),
        ("suspended", "active", True),
        ("suspended", "invited", True),
        ("active", "active", True),
        ("active", "invited", False),
    ],
)
def test_states_of_a_seat(state, wanted, may):
    assert people.seat_may_become(state, wanted) is may


def test_states_of_a_party():
    looks = [
        s
        for s in ("pending", "active", "blocked", "rejected")
        if people.party_may_look(s)
    ]
    orders = [
        s
        for s in ("pending", "active", "blocked", "rejected")
        if people.party_may_order(s)
    ]
    assert looks == ["active", "blocked"]
    assert orders == ["active"]


def test_two_levels_of_a_block():
    assert people.party_may_receive("active", "deliveries")
    assert people.party_may_receive("blocked", "orders")
    assert not people.party_may_receive("blocked", "deliveries")


def test_the_own_limit_wins_and_nothing_is_no_own_limit():
    assert people.own_or_role(500, 1500) == 500
    assert people.own_or_role(2000, 1500) == 2000
    assert people.own_or_role(0, 1500) == 1500
    assert people.own_or_role(0, 0) == 0


@pytest.mark.parametrize(
    ("wanted", "limit", "above"),
    [
        (100, 100, False),
        (100.01, 100, True),
        (0, 100, True),
        (0, 0, False),
        (10**9, 0, False),
    ],
)
def test_no_limit_is_the_highest(wanted, limit, above):
    assert people.is_above(wanted, limit) is above


def test_nobody_gives_what_he_lacks():
    own = {"see_prices", "manage_seats"}
    assert people.lacking(own, {"see_prices"}) == []
    assert people.lacking(own, {"approve", "place_orders"}) == [
        "place_orders",
        "approve",
    ]


def test_a_limit_counts_with_its_right_only():
    own = {"order_limit": 1000, "approve_limit": 500}
    wanted = {"order_limit": 0, "approve_limit": 500}
    assert people.limits_above(own, wanted, {"place_orders", "approve"}) == [
        "order_limit"
    ]
    assert people.limits_above(own, wanted, {"approve"}) == []


@pytest.mark.parametrize(
    ("before", "after", "by_staff", "keeps"),
    [
        ([True, False], [True, False], False, True),
        ([True, False], [False], False, False),
        ([True, False], [False], True, False),
        ([True, True], [True], False, True),
        ([True], [], False, False),
        ([True], [], True, True),
        ([False], [], False, True),
    ],
)
def test_the_last_administrator(before, after, by_staff, keeps):
    assert people.keeps_administrator(before, after, by_staff) is keeps


def test_a_pasted_list():
    text = (
        "Name;E-mail;Role;Supervisor\n"
        "Hannah Dale; h@example.com ;Buyer;m@example.com\n"
        "\n"
        "Marcus Feld;m@example.com\n"
    )
    rows = invitation.read_rows(text)
    assert [(row.number, row.name, row.email) for row in rows] == [
        (2, "Hannah Dale", "h@example.com"),
        (4, "Marcus Feld", "m@example.com"),
    ]
    assert (rows[0].role, rows[0].supervisor) == ("Buyer", "m@example.com")
    assert rows[1].role == ""


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_the_separator_is_found(sign):
    text = "\n".join(sign.join(("A B", f"a{n}@example.com", "Buyer")) for n in range(3))
    assert [row.role for row in invitation.read_rows(text)] == ["Buyer"] * 3


def test_a_quoted_name_may_hold_the_separator():
    rows = invitation.read_rows('"Dale, Hannah",h@example.com,Buyer\n')
    assert rows[0].name == "Dale, Hannah"


def test_the_first_person_is_no_heading():
    rows = invitation.read_rows("No Mail;nomail\nAnn;a@example.com\n")
    assert [row.email for row in rows] == ["nomail", "a@example.com"]


def test_a_first_row_with_a_wrong_address_is_no_heading():
    assert invitation.read_rows("Hannah;h at example")[0].email == "h at example"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("h.dale@example.com", True),
        ("h dale@example.com", False),
        ("h@example", False),
        ("a@b@example.com", False),
        ("", False),
    ],
)
def test_addresses(text, good):
    assert invitation.is_address(text) is good


def test_twice_the_same_person():
    assert invitation.repeated(["a@x.de", "b@x.de", "A@X.de ", "", ""]) == [2]


def test_too_many_requests():
    assert not access.too_many(4, 1)
    assert access.too_many(5, 0)
    assert access.too_many(0, 2)


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Brightwell & Sons Ltd", "BRIGHTWELL SONS", True),
        ("Sons, Brightwell and", "Brightwell & Sons Ltd.", True),
        ("Kaufhaus Lindner GmbH & Co. KG", "Kaufhaus Lindner", True),
        ("Brightwell", "Brightside", False),
        ("", "", False),
        ("Ltd", "Ltd", True),
    ],
)
def test_names_that_look_alike(name, other, alike):
    assert access.looks_like(name, other) is alike


def test_keys():
    assert name_key_of("The Blue Door Ltd") == "the blue door"
    assert access.vat_key(" gb 123-456 789") == "GB123456789"
    assert access.vat_key(None) == ""


def name_key_of(name):
    return access.name_key(name)
