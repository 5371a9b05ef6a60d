"""The credit bar: overdue is first and never hidden, the order comes last."""

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_portal_budget", "credit_bar")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((1000, 400, 100, 50, 100), (5, 35, 10, 10, 0, None)),
        ((1000, 0, 0, 0, 0), (0, 0, 0, 0, 0, None)),
        # Money in advance draws nothing.
        ((1000, -200, 0, 0, 100), (0, 0, 0, 10, 0, None)),
        # Twice the limit: half of the bar is over.
        ((100, 50, 0, 0, 150), (0, 25, 0, 25, 50, 50)),
        # All of it is overdue, and above the limit.
        ((100, 200, 0, 200, 0), (100, 0, 0, 0, 0, 50)),
        ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0, None)),
        ((0, 0, 0, 0, 40), (0, 0, 0, 0, 100, 0)),
    ],
)
def test_widths(figures, expected):
    found = rules.bar(*figures)
    names = ("late", "booked", "waiting", "order", "over", "tick")
    assert tuple(found[name] for name in names) == expected
