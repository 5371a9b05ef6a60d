"""Two parties of one group against one budget, and requests that come twice.

Invariant: movements = counter = orders, and never above the amount without a recorded
permission.
"""

from collections import Counter
from types import SimpleNamespace

import pytest

BUYERS = 8


class Race:
    """Two parties with one budget between them."""

    def __init__(self, sessions, buyers):
        self.sessions = sessions
        self.shops = [
            SimpleNamespace(**sessions.one("make_party", buyers=buyers))
            for _shop in range(2)
        ]

    def budget(self, amount, action="block"):
        made = self.sessions.one(
            "make_group_budget",
            parties=[shop.party for shop in self.shops],
            amount=amount,
            action=action,
        )
        self.budget_id, self.group_id = made["budget"], made["group"]

    def orders(self, shop, quantity, count=None):
        return self.sessions.one(
            "make_orders",
            seats=shop.seats[:count],
            article=shop.article,
            quantity=quantity,
        )

    def submissions(self, shop, orders):
        return [
            {"do": "submit", "uid": user, "with": {"order": order}}
            for user, order in zip(shop.users, orders, strict=False)
        ]

    def figures(self):
        found = SimpleNamespace(**self.sessions.one("figures", budget=self.budget_id))
        assert found.drift == [] and found.order_drift == []
        assert found.used == found.ledger_used == found.sold
        assert found.pending == found.ledger_pending == found.waiting
        if all(entry[4] == "room" for entry in found.entries):
            assert found.used + found.pending <= found.period_amount
        return found


@pytest.fixture
def race(sessions, buyers):
    return Race(sessions, buyers)


@pytest.mark.buyers(BUYERS)
def test_sixteen_buyers_of_two_parties_of_whom_three_fit(race):
    race.budget(100)
    wanted = [
        job
        for shop in race.shops
        for job in race.submissions(shop, race.orders(shop, quantity=3))
    ]
    answers = race.sessions.at_once(*wanted)
    assert Counter(a.result for a in answers) == {"done": 3, None: 13}, answers
    losers = [answer for answer in answers if not answer.result]
    assert all("Shop floor" in answer.message for answer in losers), losers
    found = race.figures()
    assert (found.used, found.pending) == (90, 0)
    # Each share was reached by one of them, and noted once.
    assert race.sessions.one("alerts", budget=race.budget_id) == [50, 80]


@pytest.mark.buyers(BUYERS)
def test_sixteen_buyers_of_two_parties_whose_orders_wait(race):
    race.budget(100, action="authorize")
    wanted = [
        job
        for shop in race.shops
        for job in race.submissions(shop, race.orders(shop, quantity=3))
    ]
    answers = race.sessions.at_once(*wanted)
    assert Counter(a.result for a in answers) == {"done": 3, "waiting": 13}, answers
    found = race.figures()
    assert (found.used, found.held) == (90, 13)


def test_a_buyer_of_one_raises_while_one_of_the_other_confirms(race):
    race.budget(100)
    mine, yours = race.shops
    (first,) = race.orders(mine, quantity=4, count=1)
    race.sessions.one("confirm", orders=[first])
    (second,) = race.orders(yours, quantity=4, count=1)
    answers = race.sessions.at_once(
        {"do": "edit", "with": {"order": first, "quantity": 7}},
        {"do": "confirm", "with": {"orders": [second]}},
    )
    assert [bool(a.error) for a in answers].count(True) == 1, answers
    assert race.figures().used in (70, 80)


def test_a_party_leaves_while_one_of_its_buyers_confirms(race):
    race.budget(100)
    shop = race.shops[0]
    (order,) = race.orders(shop, quantity=4, count=1)
    answers = race.sessions.at_once(
        {"do": "leave_group", "with": {"group": race.group_id, "party": shop.party}},
        {"do": "confirm", "with": {"orders": [order]}},
    )
    assert not answers[0].error, answers
    found = SimpleNamespace(**race.sessions.one("figures", budget=race.budget_id))
    assert found.drift == [] and found.used in (0, 40)


def test_a_request_that_comes_again_books_once(race):
    race.budget(100)
    shop = race.shops[0]
    (order,) = race.orders(shop, quantity=4, count=1)
    job = {"do": "submit", "uid": shop.users[0], "with": {"order": order}}
    answers = race.sessions.at_once(job, job, job)
    assert any(answer.result == "done" for answer in answers), answers
    race.sessions.at_once(job)
    found = race.figures()
    assert (found.used, len(found.entries)) == (40, 1)


def test_the_amount_falls_while_both_parties_confirm(race):
    race.budget(100)
    orders = [race.orders(shop, quantity=4, count=1)[0] for shop in race.shops]
    answers = race.sessions.at_once(
        {"do": "change_amount", "with": {"budget": race.budget_id, "amount": 50}},
        *({"do": "confirm", "with": {"orders": [order]}} for order in orders),
    )
    assert not answers[0].error, answers
    found = SimpleNamespace(**race.sessions.one("figures", budget=race.budget_id))
    assert found.drift == [] and found.used == found.ledger_used == found.sold
    assert found.period_amount == found.amount == 50
    # Whoever came after the change found room for one order only.
    assert found.used in (0, 40, 80)
