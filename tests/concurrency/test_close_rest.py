"""Closing a rest frees budget, credit and points once, whoever comes second."""

from types import SimpleNamespace

import pytest


class Shop:
    """One order of 10 at 10.00, of which 6 came."""

    def __init__(self, sessions):
        self.sessions = sessions
        self.ids = sessions.one("rest_shop")

    def job(self, do, **values):
        return {"do": do, "with": {"order": self.ids["order"], **values}}

    def figures(self):
        """Read everything and check what must hold however it went."""
        found = SimpleNamespace(**self.sessions.one("rest_figures", **self.ids))
        assert found.drift == [] and found.order_drift == []
        assert found.credit_drift == 0
        assert found.amount == found.ordered * 10
        assert found.budget == found.budget_ledger == found.amount
        assert found.credit == found.exposure == found.amount
        assert found.points == found.amount
        assert found.ordered == found.delivered + found.to_ship
        return found


@pytest.fixture
def shop(sessions):
    return Shop(sessions)


def test_one_closes(shop):
    assert shop.figures().ordered == 10
    assert shop.sessions.one("rest_close", order=shop.ids["order"]) == 4
    assert shop.sessions.one("rest_close", order=shop.ids["order"]) == 0
    found = shop.figures()
    assert (found.ordered, found.closed, found.log) == (6, 4, 1)


def test_two_close_at_once(shop):
    answers = shop.sessions.at_once(shop.job("rest_close"), shop.job("rest_close"))
    assert sorted(answer.result for answer in answers) == [0, 4]
    found = shop.figures()
    assert (found.ordered, found.closed, found.log) == (6, 4, 1)


@pytest.mark.parametrize("quantity", [4, 1])
def test_one_closes_while_the_warehouse_ships(shop, quantity):
    close, ship = shop.sessions.at_once(
        shop.job("rest_close"), shop.job("rest_deliver", quantity=quantity)
    )
    assert not close.error and not ship.error, (close.message, ship.message)
    found = shop.figures()
    assert found.ordered == found.delivered == 10 - found.closed
    shipped = quantity if ship.result == "shipped" else 0
    assert found.closed == close.result == 4 - shipped


def test_one_closes_while_another_orders_more(shop):
    close, edit = shop.sessions.at_once(
        shop.job("rest_close"), shop.job("rest_edit", quantity=12)
    )
    assert not close.error and not edit.error, (close.message, edit.message)
    found = shop.figures()
    assert found.closed == close.result
    assert (found.ordered, found.closed) in ((6, 6), (12, 4))
