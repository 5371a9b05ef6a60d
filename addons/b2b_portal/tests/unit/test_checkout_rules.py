"""Rules of the checkout, without Odoo and without a database."""

import pytest

from tests.support.rules import load_rules

stale = load_rules("b2b_portal", "stale")
finding = load_rules("b2b_party", "finding")
gate_words = load_rules("b2b_portal", "gate_words")
order_steps = load_rules("b2b_portal", "order_steps")


def line(key, product=1, quantity=2.0, price=3.0):
    return stale.SeenLine(key, product, quantity, price)


def test_memory_survives_the_browser():
    lines = [line(1), line(2, 5, 0.5, 1.25)]
    assert stale.load(stale.dump(lines, 7.25)) == (lines, 7.25)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "x",
        "[]",
        "{}",
        '{"l": 1, "t": 2}',
        '{"l": [[1]], "t": 2}',
        '{"l": [["a",1,1,1]], "t": 2}',
        '{"l": [], "t": null}',
        '{"l":[],"t":"x"}',
        '{"l": [[1e999,1,1,1]], "t": 2}',
        "9" * 600_000,
    ],
)
def test_foreign_memory_is_refused(text):
    assert stale.load(text) is None


def test_no_difference():
    assert stale.changes([line(1)], 6.0, [line(1)], 6.0) == []


def test_differences_are_told_line_by_line():
    seen = [line(1), line(2, 20), line(3, 30, 1, 4.15)]
    now = [line(1, quantity=5.0), line(3, 30, 1, 4.25), line(4, 40)]
    kinds = [(c.kind, c.product_id) for c in stale.changes(seen, 9, now, 10)]
    assert kinds == [("quantity", 1), ("price", 30), ("added", 40), ("removed", 20)]


def test_only_the_total_moved():
    (change,) = stale.changes([line(1)], 6.0, [line(1)], 7.2)
    assert (change.kind, change.before, change.after) == ("total", 6.0, 7.2)


BUDGET = finding.Finding("budget", "authorize", "buyer", "words")
CREDIT = finding.Finding("credit", "authorize", "seller", "words")
CATALOG = finding.Finding("catalog", "block", "seller", "words")
UNUSUAL = finding.Finding("unusual", "warn", "buyer", "words")


@pytest.mark.parametrize(
    "findings, acknowledged, kind, stops",
    [
        ([], (), "place", False),
        ([BUDGET], (), "approval", False),
        ([CREDIT], (), "check", False),
        ([CREDIT, BUDGET], (), "approval", False),
        ([CATALOG], (), "place", True),
        ([CATALOG, BUDGET], (), "approval", True),
        ([UNUSUAL], (), "place", True),
        ([UNUSUAL], ("unusual",), "place", False),
        ([CATALOG], ("catalog",), "place", True),
    ],
)
def test_what_the_button_does(findings, acknowledged, kind, stops):
    answer = gate_words.answer(findings, acknowledged)
    assert (answer.kind, answer.stops) == (kind, stops)


@pytest.mark.parametrize(
    "arguments, where",
    [
        (("draft", "none", False, False), "received"),
        (("draft", "queued", False, False), "queued"),
        (("draft", "waiting", "held", False), "waiting"),
        (("draft", "waiting", "refused", False), "refused"),
        (("draft", "failed", "held", False), "expired"),
        (("draft", "none", False, False, True), "expired"),
        (("cancel", "done", "refused", False), "refused"),
        (("cancel", "done", "clear", False), "cancelled"),
        (("sale", "done", "clear", False), "confirmed"),
        (("sale", "none", False, True), "delivered"),
    ],
)
def test_situation(arguments, where):
    assert order_steps.situation(*arguments) == where


@pytest.mark.parametrize(
    "where, states",
    [
        ("received", "now later later later"),
        ("waiting", "done now later later"),
        ("confirmed", "done done done now"),
        ("delivered", "done done done done"),
        ("refused", "done stopped later later"),
        ("cancelled", "done stopped later later"),
        ("expired", "done stopped later later"),
    ],
)
def test_four_steps(where, states):
    assert [s.state for s in order_steps.steps(where)] == states.split()


@pytest.mark.parametrize(
    ("where", "payment", "asked", "line"),
    [
        # Only the money is awaited: nobody is named who approves.
        ("waiting", "now", "", "received:done payment:now confirmed:later"),
        ("waiting", "later", "now", "received:done approval:now payment:later"),
        ("waiting", "now", "done", "received:done approval:done payment:now"),
        ("waiting", "now", "now", "received:done approval:now payment:now"),
        ("waiting", "done", "now", "received:done approval:now payment:done"),
        ("confirmed", "done", "", "received:done payment:done confirmed:done"),
        ("expired", "stopped", "done", "received:done approval:done payment:stopped"),
        ("expired", "stopped", "", "received:done payment:stopped confirmed:later"),
        ("refused", "later", "done", "received:done approval:stopped payment:later"),
    ],
)
def test_the_line_of_an_order_in_advance(where, payment, asked, line):
    steps = order_steps.steps_in_advance(where, payment, asked)
    assert " ".join(f"{s.name}:{s.state}" for s in steps[:3]) == line
    assert steps[-1].name == "delivery"


@pytest.mark.parametrize(
    "arguments, drawer",
    [
        (("sale", "done", False, "pending"), "open"),
        (("sale", "done", False, False), "open"),
        (("sale", "done", False, "full"), "delivered"),
        (("sale", "none", True, False), "delivered"),
        (("draft", "waiting", False, False), "waiting"),
        (("sent", "queued", False, False), "waiting"),
        (("draft", "failed", False, False), "ended"),
        (("cancel", "none", False, False), "ended"),
    ],
)
def test_filters_of_the_list(arguments, drawer):
    assert order_steps.drawer(*arguments) == drawer
