"""Rules of the checkout, without Odoo and without a database."""

import importlib.util
from collections import namedtuple
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "rules"
Finding = namedtuple("Finding", "code severity side")


def load(name):
    spec = importlib.util.spec_from_file_location(f"b2b_portal_{name}", RULES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


po_number = load("po_number")
stale = load("stale")
gate_words = load("gate_words")
order_steps = load("order_steps")


@pytest.mark.parametrize(
    "left, right, equal",
    [
        ("PO 45 1187", "po451187", True),
        ("  PO\t45\n1187 ", "PO451187", True),
        ("STRASSE 1", "straße1", True),
        ("PO-45", "PO45", False),
        (None, "", True),
    ],
)
def test_blanks_and_case_do_not_matter(left, right, equal):
    assert (po_number.po_key(left) == po_number.po_key(right)) is equal


@pytest.mark.parametrize(
    "policy, number, used_on, problem",
    [
        ("optional", "", "", ""),
        ("optional", "45", "S00418", ""),
        ("required", "  ", "", "missing"),
        ("required", "45", "S00418", ""),
        ("unique", "", "", "missing"),
        ("unique", "45", "S00418", "used"),
        ("unique", "45", "", ""),
        (False, "", "", ""),
    ],
)
def test_policy(policy, number, used_on, problem):
    assert po_number.po_problem(policy, number, used_on) == problem


def line(key, product=1, quantity=2.0, price=3.0):
    return stale.SeenLine(key, product, quantity, price)


def test_memory_survives_the_browser():
    lines = [line(1), line(2, 5, 0.5, 1.25)]
    assert stale.load(stale.dump(lines, 7.25)) == (lines, 7.25)


@pytest.mark.parametrize(
    "text",
    [
        "", None, "x", "[]", "{}", '{"l": 1, "t": 2}', '{"l": [[1]], "t": 2}',
        '{"l": [["a",1,1,1]], "t": 2}', '{"l": [], "t": null}', '{"l":[],"t":"x"}',
        '{"l": [[1e999,1,1,1]], "t": 2}', "9" * 600_000,
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


@pytest.mark.parametrize(
    "findings, acknowledged, kind",
    [
        ([], (), "place"),
        ([Finding("budget", "authorize", "buyer")], (), "approval"),
        ([Finding("credit", "authorize", "seller")], (), "check"),
        (
            [
                Finding("credit", "authorize", "seller"),
                Finding("budget", "authorize", "buyer"),
            ],
            (),
            "approval",
        ),
        ([Finding("catalog", "block", "seller")], (), "solve"),
        ([Finding("unusual", "warn", "buyer")], (), "solve"),
        ([Finding("unusual", "warn", "buyer")], ("unusual",), "place"),
    ],
)
def test_what_the_button_does(findings, acknowledged, kind):
    assert gate_words.answer(findings, acknowledged).kind == kind


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
