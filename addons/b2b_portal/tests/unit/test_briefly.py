"""Figures that are kept for some seconds."""

import importlib.util
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "briefly.py"
spec = importlib.util.spec_from_file_location("b2b_portal_briefly", FILE)
briefly = importlib.util.module_from_spec(spec)
spec.loader.exec_module(briefly)


class Clock:
    moment = 100.0

    def __call__(self):
        return self.moment


def test_kept_until_the_time_is_over_and_by_key():
    clock, made = Clock(), []
    kept = briefly.Briefly(60, 10, now=clock)

    def make():
        made.append(clock.moment)
        return len(made)

    assert kept.get("a", make) == 1
    clock.moment += 59.9
    assert kept.get("a", make) == 1
    assert kept.get("b", make) == 2
    clock.moment += 0.1
    assert kept.get("a", make) == 3
    assert made == [100.0, 159.9, 160.0]


def test_an_empty_value_is_kept_too():
    kept, made = briefly.Briefly(60, 10, now=Clock()), []
    for _time in range(2):
        assert kept.get("a", lambda: made.append(1) or {}) == {}
    assert made == [1]


def test_never_more_than_so_many():
    kept = briefly.Briefly(60, 3, now=Clock())
    for key in range(10):
        assert kept.get(key, lambda key=key: key) == key
        assert len(kept._kept) <= 3


def test_what_fails_is_not_kept():
    kept = briefly.Briefly(60, 3, now=Clock())

    def fail():
        raise ValueError("no figure")

    for make, expected in ((fail, None), (lambda: 5, 5)):
        try:
            assert kept.get("a", make) == expected
        except ValueError:
            assert make is fail
