"""Several sessions on one points account: booked once, nothing lost, nothing doubled.

Invariant: the counters of the account are the sum of its ledger.
"""

from types import SimpleNamespace

import pytest

SESSIONS = 8


class Shop:
    """One party with draft orders that earn 33 points each."""

    def __init__(self, sessions, orders):
        self.sessions = sessions
        self.__dict__.update(sessions.one("loyalty_shop", orders=orders))

    def at_once(self, *wanted):
        answers = self.sessions.at_once(
            *({"do": f"loyalty_{do}", "with": values} for do, values in wanted)
        )
        assert [a.error for a in answers] == [None] * len(answers), answers
        return answers

    def one(self, do, **values):
        return self.sessions.one(f"loyalty_{do}", **values)

    def figures(self):
        found = SimpleNamespace(**self.one("figures", party=self.party))
        assert found.drift == 0
        return found


@pytest.fixture
def shop(sessions):
    return lambda orders: Shop(sessions, orders)


def test_first_orders_of_a_party_share_one_account(shop):
    race = shop(SESSIONS)
    answers = race.at_once(*(("confirm", {"order": o}) for o in race.orders))
    found = race.figures()
    assert (found.accounts, found.balance, found.pending) == (1, 0, 33 * SESSIONS)
    assert len(found.rows) == SESSIONS
    # They did meet: somebody had to start again on a fresh snapshot.
    assert max(answer.tries for answer in answers) > 1


def test_the_same_order_delivered_to_many_workers_counts_once(shop):
    race = shop(1)
    (order,) = race.orders
    race.one("confirm", order=order)
    race.one("edit", order=order, price=50)
    race.at_once(*[("sync", {"order": order})] * SESSIONS)
    found = race.figures()
    assert found.pending == 50
    assert found.rows == [["pending", 17], ["pending", 33]]


def test_granting_one_invoice_by_many_workers_counts_once(shop):
    race = shop(1)
    race.one("confirm", order=race.orders[0])
    (move,) = race.one("invoices", orders=race.orders)
    race.one("post", move=move)
    race.one("forget", moves=[move])
    assert race.figures().balance == 0
    answers = race.at_once(*[("grant", {"move": move})] * SESSIONS)
    found = race.figures()
    assert (found.balance, found.pending) == (33, 0)
    assert [row for row in found.rows if row[0] == "earn"] == [["earn", 33]]
    assert max(answer.tries for answer in answers) > 1


def test_invoices_of_one_party_posted_at_once(shop):
    race = shop(4)
    for order in race.orders:
        race.one("confirm", order=order)
    moves = race.one("invoices", orders=race.orders)
    race.at_once(*(("post", {"move": move}) for move in moves))
    found = race.figures()
    assert (found.balance, found.pending) == (4 * 33, 0)


def test_cancelling_twice_at_once_takes_back_once(shop):
    race = shop(1)
    (order,) = race.orders
    race.one("confirm", order=order)
    race.at_once(*[("cancel", {"order": order})] * 3)
    found = race.figures()
    assert found.pending == 0
    assert found.rows == [["pending", -33], ["pending", 33]]


def test_same_correction_from_many_sessions_counts_once(shop):
    race = shop(1)
    values = {"party": race.party, "points": 120, "key": f"adjust:race:{race.party}"}
    race.at_once(*[("adjust", values)] * SESSIONS)
    found = race.figures()
    assert (found.accounts, found.balance, len(found.rows)) == (1, 120, 1)


def test_different_corrections_at_once_all_count(shop):
    race = shop(1)
    race.at_once(
        *(
            (
                "adjust",
                {"party": race.party, "points": 10 + n, "key": f"n{n}:{race.party}"},
            )
            for n in range(SESSIONS)
        )
    )
    found = race.figures()
    assert found.balance == sum(10 + n for n in range(SESSIONS))


def test_the_same_file_imported_at_once_counts_once(shop):
    race = shop(0)
    values = {"party": race.party, "reference": f"OLD-{race.party}"}
    answers = race.at_once(*[("import", values)] * 4)
    refused = [a.result for a in answers if isinstance(a.result, str)]
    assert all("Somebody else imports orders" in text for text in refused)
    assert race.figures().rows == [["earn", 33]]
    # who was told to start again finds it there
    again = race.one("import", **values)
    made = [a.result for a in answers if not isinstance(a.result, str)]
    assert made and all(ids == again for ids in made)
    assert race.figures().rows == [["earn", 33]]


# -- redeeming -----------------------------------------------------------------


def test_two_sessions_never_spend_the_same_points(shop):
    race = shop(2)
    race.one("give", party=race.party, points=3000)
    for order in race.orders:
        assert race.one("choose", order=order, points=3000) == 3000
    answers = race.at_once(*(("confirm", {"order": o}) for o in race.orders))
    found = race.figures()
    assert (found.balance, found.reserved) == (0, 0)
    assert [row for row in found.rows if row[0] == "redeem"] == [["redeem", -3000]]
    # The loser started again on a fresh snapshot and was confirmed at its full price.
    assert max(answer.tries for answer in answers) > 1
    orders = race.one("used", orders=race.orders)
    assert sorted(orders) == [["sale", 0, 33.5], ["sale", 3000, 3.5]]


def test_many_sessions_share_what_there_is(shop):
    race = shop(SESSIONS)
    race.one("give", party=race.party, points=5000)
    for order in race.orders:
        race.one("choose", order=order, points=1000)
    race.at_once(*(("confirm", {"order": o}) for o in race.orders))
    found = race.figures()
    orders = race.one("used", orders=race.orders)
    assert found.balance == 5000 - sum(used for _state, used, _total in orders) == 0
    assert {state for state, _used, _total in orders} == {"sale"}


def test_reserved_by_one_confirmed_by_another(shop):
    race = shop(2)
    race.one("give", party=race.party, points=3000)
    for order in race.orders:
        race.one("choose", order=order, points=2000)
    first, second = race.orders
    race.at_once(("wait", {"order": first}), ("confirm", {"order": second}))
    found = race.figures()
    used = {
        one: row[1]
        for one, row in zip(
            race.orders, race.one("used", orders=race.orders), strict=True
        )
    }
    assert (used[first], found.reserved) in ((2000, 2000), (1000, 1000))
    assert found.balance == 3000 - used[second]
    assert found.balance - found.reserved == 0


def test_expiry_refusal_and_cancellation_at_once_give_back_once(shop):
    race = shop(1)
    (order,) = race.orders
    race.one("give", party=race.party, points=3000)
    race.one("choose", order=order, points=2000)
    race.one("wait", order=order)
    assert race.figures().reserved == 2000
    race.at_once(
        ("release", {"order": order}),
        ("release", {"order": order}),
        ("cancel", {"order": order}),
    )
    found = race.figures()
    assert (found.balance, found.reserved) == (3000, 0)
    assert sorted(row for row in found.rows if row[0] == "reserve") == [
        ["reserve", -2000],
        ["reserve", 2000],
    ]


def test_lots_that_end_while_they_are_spent(shop):
    race = shop(1)
    (order,) = race.orders
    race.one("ending", party=race.party, points=3000, day="2998-12-31")
    race.one("choose", order=order, points=2000)
    answers = race.sessions.at_once(
        {"do": "loyalty_confirm", "with": {"order": order}},
        {
            "do": "loyalty_expire",
            "with": {"party": race.party, "day": "2999-01-01"},
        },
    )
    assert [a.error for a in answers] == [None, None], answers
    found = race.figures()
    ((_state, used, _total),) = race.one("used", orders=[order])
    assert found.balance == 0
    assert used in (0, 2000)
    assert sum(p for kind, p in found.rows if kind in ("redeem", "expire")) == -3000
