"""Figures that may be a little old, in the memory of a worker."""

import time


class Briefly:
    """Keeps what was worked out for some seconds; for words, never for decisions.

    :param seconds: after which a value is worked out anew
    :param most: values that are kept; with one more all are forgotten
    """

    def __init__(self, seconds, most, now=time.monotonic):
        self._seconds, self._most, self._now = seconds, most, now
        self._kept = {}

    def get(self, key, make):
        """The value of a key, made when it is unknown or too old."""
        moment = self._now()
        until, value = self._kept.get(key, (moment, None))
        if moment < until:
            return value
        value = make()
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = (moment + self._seconds, value)
        return value
