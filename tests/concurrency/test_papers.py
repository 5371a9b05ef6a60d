"""Documents and files of an order when two sessions come at the same instant."""

import pytest


@pytest.fixture
def shop(sessions):
    return sessions.one("make_party", buyers=1)


def at_once(sessions, *jobs):
    """The first job is rehearsed by the host; what commits by itself must not be."""
    return sessions.at_once({"do": "nothing"}, *jobs)[1:]


def test_two_ask_and_one_document_is_made(sessions, shop):
    order = sessions.one("paper_order", seats=shop["seats"], article=shop["article"])
    ask = {"do": "paper", "with": {"order": order}}
    for reference, papers in (("PO 1", 1), ("PO 2", 2)):
        sessions.one("paper_change", order=order, reference=reference)
        answers = at_once(sessions, ask, ask, ask)
        assert not any(answer.error for answer in answers), answers
        assert sum(answer.result["printed"] for answer in answers) == 1
        states = sorted(answer.result["state"] for answer in answers)
        assert set(states) <= {"making", "ready"} and "ready" in states
        later = sessions.one("paper", order=order)
        assert later == {"state": "ready", "content": True, "printed": 0}
        assert sessions.one("paper_figures", order=order)["papers"] == papers


def test_the_order_is_free_while_its_document_is_made(sessions, shop):
    order = sessions.one("paper_order", seats=shop["seats"], article=shop["article"])
    assert sessions.one("paper_locks", order=order)


def attach(shop, order, name):
    job = {"do": "attach", "with": {"order": order, "name": name}}
    return {**job, "uid": shop["users"][0]}


def test_the_last_place_for_a_file_is_given_once(sessions, shop):
    where = {"seats": shop["seats"], "article": shop["article"]}
    order = sessions.one("paper_cart", most=1, **where)
    jobs = [attach(shop, order, f"{number}.pdf") for number in range(3)]
    answers = at_once(sessions, *jobs)
    taken = [answer.result for answer in answers if not answer.error]
    assert len(taken) == 1, answers
    assert all("takes one file" in a.message for a in answers if a.error), answers
    found = sessions.one("paper_figures", order=order)
    assert (found["files"], found["number"]) == (taken, 1)


def test_a_file_sent_with_the_order_is_in_it_or_refused(sessions, shop):
    where = {"seats": shop["seats"], "article": shop["article"]}
    order = sessions.one("paper_cart", most=10, **where)
    user = shop["users"][0]
    send = {"do": "send", "uid": user, "with": {"order": order}}
    late, sent = at_once(sessions, attach(shop, order, "po.pdf"), send)
    assert sent.result == "sent", sent
    found = sessions.one("paper_figures", order=order)
    assert found["state"] == "sale"
    assert found["files"] == found["told"]
    if late.error:
        assert found["files"] == [] and "sent already" in late.message
    else:
        assert found["files"] == ["po.pdf"]
