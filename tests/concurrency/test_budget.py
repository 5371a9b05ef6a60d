"""Many sessions against one budget: the invariant holds and every loser is told.

Invariant: movements = counter = orders, and never above the amount without a recorded
permission.
"""

from collections import Counter
from types import SimpleNamespace

import pytest

BUYERS = 16


class Race:
    """One party with its budget; each test has its own."""

    def __init__(self, sessions, buyers):
        self.sessions = sessions
        made = sessions.one("make_party", buyers=buyers)
        self.__dict__.update(made)

    def budget(self, amount, action="block"):
        self.budget_id = self.sessions.one(
            "make_budget",
            party=self.party,
            approvers=self.approver_seats,
            amount=amount,
            action=action,
        )
        return self.budget_id

    def orders(self, quantity, count=None):
        return self.sessions.one(
            "make_orders",
            seats=self.seats[:count],
            article=self.article,
            quantity=quantity,
        )

    def submissions(self, orders):
        return [
            {"do": "submit", "uid": user, "with": {"order": order}}
            for user, order in zip(self.users, orders, strict=False)
        ]

    def figures(self):
        """Read everything and check what must hold after any race."""
        found = SimpleNamespace(**self.sessions.one("figures", budget=self.budget_id))
        assert found.drift == [] and found.order_drift == []
        assert found.used == found.ledger_used == found.sold
        assert found.pending == found.ledger_pending == found.waiting
        assert found.periods <= 1
        for _order, _kind, amount, left_after, permission, _user in found.entries:
            above = amount > 0 and left_after < 0
            assert not above or permission != "room", "overspent without permission"
        if all(entry[4] == "room" for entry in found.entries):
            assert found.used + found.pending <= found.period_amount
        return found


@pytest.fixture
def race(sessions, buyers):
    return Race(sessions, buyers)


def told(answer):
    return answer.error == "GateBlocked" and "Shop floor" in answer.message


@pytest.mark.buyers(BUYERS)
def test_sixteen_buyers_of_whom_three_fit(race):
    race.budget(100)
    answers = race.sessions.at_once(*race.submissions(race.orders(quantity=3)))
    assert Counter(a.result for a in answers) == {"done": 3, None: 13}
    assert all(told(answer) for answer in answers if not answer.result)
    found = race.figures()
    assert (found.used, found.pending) == (90, 0)
    assert len(found.entries) == 3


@pytest.mark.buyers(BUYERS)
def test_sixteen_buyers_whose_orders_wait_for_a_decision(race):
    race.budget(100, action="authorize")
    answers = race.sessions.at_once(*race.submissions(race.orders(quantity=3)))
    assert Counter(a.result for a in answers) == {"done": 3, "waiting": 13}
    found = race.figures()
    assert (found.used, found.pending, found.held) == (90, 0, 13)


@pytest.mark.buyers(BUYERS)
def test_sixteen_buyers_who_all_fit(race):
    race.budget(1000)
    answers = race.sessions.at_once(*race.submissions(race.orders(quantity=3)))
    assert [a.result for a in answers] == ["done"] * BUYERS, answers
    # They lined up: nobody worked for nothing.
    assert {answer.tries for answer in answers} == {1}
    assert race.figures().used == 480


@pytest.mark.buyers(5)
def test_buyers_who_do_not_line_up_are_repeated(race):
    race.budget(100)
    orders = race.orders(quantity=3, count=5)
    wanted = race.submissions(orders)
    for one in wanted:
        one["with"]["turn"] = False
    answers = race.sessions.at_once(*wanted)
    assert Counter(a.result for a in answers) == {"done": 3, None: 2}, answers
    assert all(told(answer) for answer in answers if not answer.result)
    assert max(answer.tries for answer in answers) > 1
    assert race.figures().used == 90


def test_one_raises_his_order_while_another_confirms(race):
    race.budget(100)
    first, second = race.orders(quantity=4, count=2)
    race.sessions.one("confirm", orders=[first])
    answers = race.sessions.at_once(
        {"do": "edit", "with": {"order": first, "quantity": 7}},
        {"do": "confirm", "with": {"orders": [second]}},
    )
    assert [bool(a.error) for a in answers].count(True) == 1, answers
    assert race.figures().used in (70, 80)


def test_two_raise_their_orders(race):
    race.budget(100)
    orders = race.orders(quantity=4, count=2)
    race.sessions.one("confirm", orders=orders)
    answers = race.sessions.at_once(
        *({"do": "edit", "with": {"order": o, "quantity": 6}} for o in orders)
    )
    assert [bool(a.error) for a in answers].count(True) == 1, answers
    assert race.figures().used == 100


def test_the_same_order_is_confirmed_twice(race):
    race.budget(100)
    (order,) = race.orders(quantity=4, count=1)
    answers = race.sessions.at_once(
        *[{"do": "confirm", "with": {"orders": [order]}}] * 2
    )
    assert sum(a.result == ["sale"] for a in answers) >= 1, answers
    found = race.figures()
    assert (found.used, len(found.entries)) == (40, 1)


def test_the_same_order_is_submitted_twice_and_once_more(race):
    race.budget(100)
    (order,) = race.orders(quantity=4, count=1)
    answers = race.sessions.at_once(*race.submissions([order]) * 2)
    assert [a.result for a in answers] == ["done", "done"], answers
    race.sessions.one("submit", order=order)
    found = race.figures()
    assert (found.used, len(found.entries)) == (40, 1)


def test_two_approvers_decide_at_once(race):
    race.budget(100, action="authorize")
    (order,) = race.orders(quantity=15, count=1)
    assert race.sessions.one("submit", order=order) == "waiting"
    answers = race.sessions.at_once(
        *(
            {"do": "decide", "uid": uid, "with": {"order": order, "verdict": "release"}}
            for uid in race.approvers
        )
    )
    assert any(a.result == "release" for a in answers), answers
    found = race.figures()
    assert (found.used, found.decisions) == (150, 1)
    assert [entry[4] for entry in found.entries] == ["release"]


def test_one_approver_releases_while_the_other_refuses(race):
    race.budget(100, action="authorize")
    (order,) = race.orders(quantity=15, count=1)
    race.sessions.one("submit", order=order)
    race.sessions.at_once(
        *(
            {"do": "decide", "uid": uid, "with": {"order": order, "verdict": verdict}}
            for uid, verdict in zip(race.approvers, ("release", "refuse"), strict=True)
        )
    )
    found = race.figures()
    assert found.decisions == 1
    assert found.used == (150 if found.states == ["sale"] else 0)


def test_two_releases_and_a_new_order_at_once(race):
    race.budget(100, action="authorize")
    first, second, third = race.orders(quantity=15, count=3)
    for order in (first, second):
        race.sessions.one("submit", order=order)
    fitting = race.orders(quantity=10, count=1)
    race.sessions.at_once(
        *(
            {"do": "decide", "uid": uid, "with": {"order": order, "verdict": "release"}}
            for uid, order in zip(race.approvers, (first, second), strict=True)
        ),
        *race.submissions(fitting),
    )
    found = race.figures()
    assert found.used in (300, 400)
    assert third


def test_cancelled_twice_gives_back_once(race):
    race.budget(100)
    (order,) = race.orders(quantity=4, count=1)
    race.sessions.one("confirm", orders=[order])
    race.sessions.at_once(*[{"do": "cancel", "with": {"order": order}}] * 2)
    found = race.figures()
    assert (found.used, [entry[2] for entry in found.entries]) == (0, [40, -40])


def test_cancelled_while_another_takes_the_rest(race):
    race.budget(100)
    first, second = race.orders(quantity=6, count=2)
    race.sessions.one("confirm", orders=[first])
    race.sessions.at_once(
        {"do": "cancel", "with": {"order": first}},
        {"do": "confirm", "with": {"orders": [second]}},
    )
    assert race.figures().used in (0, 60)


@pytest.mark.buyers(6)
def test_two_batches_in_opposite_order(race):
    race.budget(1000)
    orders = race.orders(quantity=4, count=6)
    mine, yours = orders[:3], orders[3:]
    answers = race.sessions.at_once(
        {"do": "confirm", "with": {"orders": mine}},
        {"do": "confirm", "with": {"orders": yours[::-1]}},
    )
    assert not [a for a in answers if a.error], answers
    assert race.figures().used == 240


@pytest.mark.parametrize("first_use", [True, False])
def test_amount_changes_while_an_order_is_confirmed(race, first_use):
    budget = race.budget(100)
    if not first_use:
        race.sessions.one("confirm", orders=race.orders(quantity=1, count=1))
    (order,) = race.orders(quantity=7, count=1)
    change, confirmation = race.sessions.at_once(
        {"do": "change_amount", "with": {"budget": budget, "amount": 50}},
        {"do": "confirm", "with": {"orders": [order]}},
    )
    assert not change.error
    found = SimpleNamespace(**race.sessions.one("figures", budget=budget))
    assert found.drift == [] and found.used == found.sold
    # The period never keeps an amount that the budget no longer has.
    if found.periods:
        assert found.period_amount == found.amount == 50
    taken = 70 if not confirmation.error else 0
    assert found.used == taken + (0 if first_use else 10)
