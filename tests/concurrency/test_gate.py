"""Two sessions at one waiting order: one outcome, and it is the one that was decided.

The figures of budget and ledger are checked after each race, as in test_budget.py.
"""

from types import SimpleNamespace

import pytest

from tests.concurrency.test_budget import Race


class Waiting(Race):
    """An order of 150 that waits for the approvers of a budget of 100."""

    def __init__(self, sessions, buyers):
        super().__init__(sessions, buyers)
        self.budget(100, action="authorize")
        (self.order,) = self.orders(quantity=15, count=1)
        assert sessions.one("submit", order=self.order) == "waiting"

    def release(self):
        wanted = {"order": self.order, "verdict": "release"}
        return {"do": "decide", "uid": self.approvers[0], "with": wanted}

    def job(self, do, **values):
        return {"do": do, "with": {"order": self.order, **values}}

    def situation(self):
        found = SimpleNamespace(**self.sessions.one("situation", order=self.order))
        figures = self.figures()
        assert figures.used == (found.total if found.state == "sale" else 0)
        assert found.pickings == (1 if found.state == "sale" else 0)
        return found


@pytest.fixture
def waiting(sessions, buyers):
    return Waiting(sessions, buyers)


def test_released_while_the_order_grows(waiting):
    waiting.sessions.at_once(
        waiting.release(), waiting.job("edit_waiting", quantity=20)
    )
    found = waiting.situation()
    # Nobody said yes to 200: it waits with 200, or was confirmed with 150.
    if found.state == "sale":
        assert (found.total, found.approved) == (150, 150)
    else:
        assert (found.submit, found.open) == ("waiting", ["budget"])


def test_released_while_the_order_shrinks(waiting):
    waiting.sessions.at_once(waiting.release(), waiting.job("edit_waiting", quantity=5))
    found = waiting.situation()
    assert found.state == "sale" and found.total in (50, 150)


def test_released_while_it_is_withdrawn(waiting):
    waiting.sessions.at_once(waiting.release(), waiting.job("withdraw"))
    found = waiting.situation()
    assert (found.state, found.submit) in (("sale", "done"), ("draft", "none"))
    assert found.open == []


def test_released_in_the_second_it_expires(waiting):
    waiting.sessions.one("overdue", order=waiting.order)
    waiting.sessions.at_once(waiting.release(), waiting.job("expire"))
    found = waiting.situation()
    assert (found.state, found.submit) in (("sale", "done"), ("draft", "failed"))
    assert found.open == []


def test_the_nightly_job_twice_at_once_and_a_decision(waiting):
    waiting.sessions.one("overdue", order=waiting.order)
    job = {"do": "expire_all", "with": {}}
    answers = waiting.sessions.at_once(job, job, waiting.release())
    assert not [answer for answer in answers[:2] if answer.error], answers
    found = waiting.situation()
    assert (found.state, found.submit) in (("sale", "done"), ("draft", "failed"))


def test_cancelled_while_it_is_released(waiting):
    waiting.sessions.at_once(waiting.release(), waiting.job("cancel"))
    found = waiting.situation()
    assert (found.state, found.submit) in (
        ("sale", "done"),
        ("cancel", "none"),
    )


def test_confirmed_and_cancelled_at_once(waiting):
    (order,) = waiting.orders(quantity=4, count=1)
    waiting.order = order
    waiting.sessions.at_once(
        {"do": "confirm", "with": {"orders": [order]}}, waiting.job("cancel")
    )
    found = waiting.situation()
    assert found.state in ("sale", "cancel")


def test_a_request_that_is_sent_five_times(waiting):
    (order,) = waiting.orders(quantity=4, count=1)
    waiting.order = order
    answers = waiting.sessions.at_once(*waiting.submissions([order] * 5))
    assert {answer.result for answer in answers if not answer.error} == {"done"}
    assert len(waiting.figures().entries) == 1
    assert waiting.situation().pickings == 1
