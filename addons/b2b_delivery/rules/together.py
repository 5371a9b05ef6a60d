"""One delivery of several lines, and why there is none. Plain values, no Odoo.

The lines of an order fall into groups with a schedule of their own each. Delivered
together, a slot of any of them will do that does not lie before the first slot of
another one: then everything is there. So the first slot of the order is the latest of
the groups' first slots.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import accumulate


def together(groups):
    """The slots at which all groups can be delivered at once, in order of time.

    :param groups: for each group its possible slots in order of time
    :return: slots whose ``cutoff_at`` is the last moment at which they can be had for
        all groups; empty when a group has none
    """
    groups = [list(slots) for slots in groups]
    if not groups or not all(groups):
        return []
    if len(groups) == 1:
        return groups[0]
    begins = max(slots[0].start for slots in groups)
    latest = [_Latest(slots) for slots in groups]
    found = {}
    for number, slots in enumerate(groups):
        others = latest[:number] + latest[number + 1 :]
        for slot in slots:
            if slot.start < begins:
                continue
            cutoff = min(slot.cutoff_at, *(other.at(slot.start) for other in others))
            key = slot.start, slot.end
            # The same hours of two schedules: that which can be had longer.
            if key not in found or cutoff > found[key].cutoff_at:
                found[key] = replace(slot, cutoff_at=cutoff)
    return [found[key] for key in sorted(found)]


class _Latest:
    """Until when a group can be ordered that is to be there at a moment."""

    def __init__(self, slots):
        self.starts = [slot.start for slot in slots]
        self.cutoffs = list(accumulate((slot.cutoff_at for slot in slots), max))

    def at(self, start):
        return self.cutoffs[bisect_right(self.starts, start) - 1]


def main_reasons(reasons, limit=2):
    """What stands in the way on most days: one reason for each, the weightiest first.

    Missed cut-offs are one reason whatever their moment; so are hours of frames.

    :param reasons: those of all days up to the horizon
    """
    days, example = Counter(), {}
    for reason in reasons:
        key = reason.code, reason.name, reason.weekdays
        example.setdefault(key, reason)
        days[key] += 1
    return tuple(example[key] for key, _count in days.most_common(limit))
