"""Plain pytest of supplier net, cost and floor; figures computed by hand."""

import pytest

from tests.support.rules import load_rules

net = load_rules("b2b_pricing", "supplier_net")


@pytest.mark.parametrize(
    ("supplier", "cost", "source", "amount"),
    [
        ((6.66, 7), 5.0, "supplier", 6.66),
        (None, 5.0, "cost", 5.0),
        ((0.0, 7), 5.0, "cost", 5.0),
    ],
)
def test_supplier_before_cost(supplier, cost, source, amount):
    found = net.choose_net(supplier, cost)
    assert (found.source, found.amount) == (source, amount)


def test_neither_is_no_price():
    assert net.choose_net(None, 0.0) is None
    assert net.choose_net((0.0, 7), 0.0) is None


@pytest.mark.parametrize(
    ("cost", "supplier_net", "landed", "floor"),
    [
        (5.0, 6.0, 0, 6.0),
        (7.0, 6.0, 0, 7.0),
        (6.5, 6.0, 10, 6.6),  # 6.00 and 10 % on top
        (7.0, 6.0, 10, 7.0),
        (5.0, None, 10, 5.0),
        (0.0, None, 0, 0.0),
    ],
)
def test_floor_is_the_higher(cost, supplier_net, landed, floor):
    assert net.cost_floor(cost, supplier_net, landed) == pytest.approx(floor)


@pytest.mark.parametrize(
    ("price", "floor", "step", "raised"),
    [
        (7.0, 6.6, 0, 7.0),
        (6.0, 6.6, 0, 6.6),
        (6.0, 6.61, 0.05, 6.65),  # up to the next multiple, never below
        (6.0, 6.65, 0.05, 6.65),
        (-1.0, 0.0, 0, 0.0),
    ],
)
def test_raise_to_floor(price, floor, step, raised):
    assert net.raise_to_floor(price, floor, step) == pytest.approx(raised)


def test_negative_surcharge_is_below_cost():
    assert net.never_reaches_floor(-0.01)
    assert not net.never_reaches_floor(0)
