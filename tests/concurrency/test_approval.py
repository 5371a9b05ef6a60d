"""Decisions about one order at the same instant: one counts, the other is told."""

from types import SimpleNamespace

import pytest


class Race:
    """A party of its own with one order that waits for a rule."""

    def __init__(self, sessions, steps):
        self.sessions = sessions
        self.__dict__.update(sessions.one("make_party", buyers=1))
        seats = [[self.approver_seats[i] for i in step] for step in steps]
        sessions.one("make_rule", party=self.party, steps=seats)
        (self.order,) = sessions.one(
            "make_orders", seats=self.seats, article=self.article, quantity=4
        )
        assert self.do("submit", self.users[0]) == "waiting"
        self.holds = self.do("open_holds")

    def answer(self, uid, verdict="release"):
        values = {"holds": self.holds, "verdict": verdict}
        return {"do": "answer_holds", "uid": uid, "with": values}

    def job(self, name, uid=None, **values):
        job = {"do": name, "with": {"order": self.order, **values}}
        return job | ({"uid": uid} if uid else {})

    def do(self, name, uid=None, **values):
        (answer,) = self.sessions.at_once(self.job(name, uid, **values))
        assert not answer.error, answer
        return answer.result

    def standing(self):
        return SimpleNamespace(**self.sessions.one("standing", order=self.order))


@pytest.fixture
def race(sessions):
    return lambda *steps: Race(sessions, steps)


def told(answers):
    return [answer.message for answer in answers if answer.error]


def test_two_approvers_of_one_step(race):
    race = race([0, 1])
    answers = race.sessions.at_once(*(race.answer(uid) for uid in race.approvers))
    (message,) = told(answers)
    assert " approved " in message
    found = race.standing()
    assert (found.state, found.verdicts) == ("sale", ["released"])


def test_two_approvers_of_two_steps_at_once(race):
    race = race([0], [1])
    race.sessions.at_once(*(race.answer(uid) for uid in race.approvers))
    found = race.standing()
    assert found.users[0] == race.approvers[0]
    # The second one's yes counts only after the first one's.
    assert (found.state == "sale") == (len(found.users) == 2)
    assert found.holds == (["released"] if found.state == "sale" else ["open"])


def test_approved_while_it_is_taken_back_for_editing(race):
    race = race([0])
    answers = race.sessions.at_once(
        race.answer(race.approvers[0]), race.job("withdraw")
    )
    found = race.standing()
    assert len(told(answers)) == 1, answers
    if found.state == "sale":
        assert found.verdicts == ["released"]
    else:
        assert (found.submit, found.holds, found.verdicts) == ("none", ["void"], [])


def test_approved_while_a_line_grows(race):
    race = race([0])
    race.sessions.at_once(
        race.answer(race.approvers[0]),
        race.job("change_waiting", quantity=40),
    )
    found = race.standing()
    # Never more confirmed than what was approved.
    assert found.state != "sale" or found.quantity == 4
    assert found.quantity == 4 or found.open == 1


def test_approved_while_it_is_given_back(race):
    race = race([0, 1])
    answers = race.sessions.at_once(
        race.answer(race.approvers[0]),
        race.answer(race.approvers[1], "ask_back"),
    )
    assert len(told(answers)) == 1, answers
    found = race.standing()
    assert len(found.verdicts) == 1
    assert (found.state == "sale") == (found.verdicts == ["released"])


def test_the_same_approver_presses_twice(race):
    race = race([0])
    answers = race.sessions.at_once(*[race.job("press", race.approvers[0])] * 2)
    assert len(race.standing().pending) == 1, answers


def test_page_and_scheduled_job_let_it_count_at_once(race):
    race = race([0])
    rows = race.do("press", race.approvers[0], seconds=-1)
    race.sessions.at_once(*[{"do": "let_count", "with": {"rows": rows}}] * 3)
    found = race.standing()
    assert (found.state, found.verdicts) == ("sale", ["released"])


def test_undone_while_it_comes_to_count(race):
    race = race([0])
    rows = race.do("press", race.approvers[0], seconds=-1)
    race.sessions.at_once(
        {"do": "take_back", "uid": race.approvers[0], "with": {"rows": rows}},
        {"do": "let_count", "with": {"rows": rows}},
    )
    found = race.standing()
    assert (found.state, found.verdicts) == ("sale", ["released"])
