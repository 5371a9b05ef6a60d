"""Queries of orders beside plain Odoo, by the benchmarks themselves.

Seconds depend on the machine and stand in docs/benchmarks.md; queries do not.
"""

import json

import pytest

from tools import addons
from tools.paths import PYTHON, ROOT, log_path
from tools.process import run

#: What the gate may add to a confirmation with everything it can look at.
GATE = 15
#: An order of 1,000 lines.
CREATE = 100


@pytest.fixture(scope="module")
def queries(stack, db_factory):
    """``queries(side, benchmark, lines)``; each is measured in a copy of its own."""
    sides = {"suite": "addons", "plain": addons.outside(addons.manifests())}

    def count(side, benchmark, lines):
        found = []
        run(
            [
                PYTHON,
                ROOT / "benchmarks" / "driver.py",
                benchmark,
                db_factory(sides[side]),
                f"LINES={lines}",
                "REPEAT=1",
            ],
            log=log_path(f"speed-{benchmark}-{side}"),
            what=f"The benchmark {benchmark} failed",
            on_line=found.append,
            env=stack.environment(),
        )
        return json.loads(found[-1])["queries"]

    return count


def test_gate_adds_few_queries_whatever_the_number_of_lines(queries):
    more = [
        queries("suite", "order_confirm", lines)
        - queries("plain", "order_confirm", lines)
        for lines in (20, 60)
    ]
    # More lines even save some: rules for reordering are looked up once.
    assert more[1] <= more[0] <= GATE


def test_an_order_of_many_lines_takes_few_queries(queries):
    assert queries("suite", "order_create", 1000) <= CREATE
