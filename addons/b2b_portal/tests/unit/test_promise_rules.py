from datetime import date

from odoo.addons.b2b_portal.rules import promise
from odoo.addons.b2b_portal.rules.promise import Part

THU, FRI, MON = date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 7)


def test_what_is_there_comes_in_one_part():
    assert promise.split(48, 48, []) == [Part(48)]
    assert promise.split(48, 1000, [(THU, 5)]) == [Part(48)]
    assert not promise.is_short(promise.split(48, 48, []))


def test_the_rest_comes_with_the_receipts():
    parts = promise.split(48, 30, [(FRI, 100), (THU, 10)])
    assert parts == [Part(30), Part(10, THU), Part(8, FRI)]
    assert promise.is_short(parts)


def test_what_no_receipt_brings_has_no_date():
    assert promise.split(48, 30, []) == [Part(30), Part(18, known=False)]
    assert promise.split(48, 0, [(THU, 20)]) == [
        Part(20, THU),
        Part(28, known=False),
    ]


def test_what_others_were_promised_is_filled_first():
    # 20 below zero: of 50 that come 30 are left.
    assert promise.split(48, -20, [(THU, 50), (FRI, 50)]) == [
        Part(30, THU),
        Part(18, FRI),
    ]


def test_parts_are_full_packs():
    # 30 are two packs of 12; with 10 more there are three, the last one comes on Friday
    assert promise.split(48, 30, [(THU, 10), (FRI, 100)], step=12) == [
        Part(24),
        Part(12, THU),
        Part(12, FRI),
    ]
    assert promise.split(5, 3, [(THU, 10)], step=0) == [Part(3), Part(2, THU)]


def test_many_receipts_are_not_all_told():
    days = [(date(2026, 12, day), 1) for day in range(1, 20)]
    parts = promise.split(10, 0, days)
    assert len(parts) == promise.PARTS + 1
    assert sum(part.quantity for part in parts) == 10
    assert not parts[-1].known


def test_parts_of_one_day_are_one():
    days = {None: ("Wed", True), THU: ("Fri", True), FRI: ("Fri", True)}
    parts = [Part(30), Part(10, THU), Part(8, FRI), Part(2, known=False)]
    assert promise.together(parts, days) == [
        (30, ("Wed", True)),
        (18, ("Fri", True)),
        (2, None),
    ]


def test_how_much_is_said():
    short, full = [Part(30), Part(18, THU)], [Part(48)]
    cases = [
        ("exact", short, 1, promise.FIGURES),
        ("exact", full, 1, promise.NOTHING),
        ("yes_no", short, 1, promise.PARTLY),
        ("hidden", short, 1, promise.NOTHING),
        ("hidden", short, 99, promise.NOTHING),
    ]
    for mask, parts, tries, expected in cases:
        assert promise.how_much(mask, parts, tries) == expected, (mask, parts)


def test_whoever_probes_hears_the_same_for_every_quantity():
    short, full = [Part(30), Part(18, THU)], [Part(48)]
    for mask in ("exact", "yes_no"):
        assert promise.how_much(mask, short, promise.YES_NO_TRIES) != promise.PERHAPS
        heard = {
            promise.how_much(mask, parts, promise.TRIES + 1) for parts in (short, full)
        }
        assert heard == {promise.PERHAPS}
