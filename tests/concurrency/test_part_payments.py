"""Part payments of one order at the same instant: the last one lets it go on."""

import pytest

from tests.concurrency.test_budget import Race


@pytest.fixture
def order(sessions, buyers):
    """An order of 150 that waits for its money."""
    race = Race(sessions, buyers)
    sessions.one("in_advance", party=race.party)
    (order,) = race.orders(quantity=15, count=1)
    assert sessions.one("submit", order=order, turn=False) == "waiting"
    return order


def pay(order, amount, number):
    wanted = {"order": order, "amount": amount, "number": number}
    return {"do": "part_payment", "with": wanted}


def test_two_parts_at_once_cover_it(sessions, order):
    answers = sessions.at_once(pay(order, 60, 1), pay(order, 90, 2))
    assert not [answer for answer in answers if answer.error], answers
    found = sessions.one("prepaid", order=order)
    assert (found["state"], found["paid"], found["missing"]) == ("sale", 150, 0)
    assert found["decisions"] == 1


def test_three_parts_at_once_that_do_not_suffice(sessions, order):
    answers = sessions.at_once(*(pay(order, 40, number) for number in range(3)))
    assert not [answer for answer in answers if answer.error], answers
    found = sessions.one("prepaid", order=order)
    assert (found["state"], found["paid"], found["missing"]) == ("draft", 120, 30)
    # The reason tells the figure after all of them.
    assert "30.00" in found["words"][0]


def test_the_whole_sum_twice_at_once(sessions, order):
    sessions.at_once(pay(order, 150, 1), pay(order, 150, 2))
    found = sessions.one("prepaid", order=order)
    assert (found["state"], found["decisions"]) == ("sale", 1)
    # Both are booked, the second is credit on account.
    assert (found["paid"], found["surplus"]) == (300, 150)
