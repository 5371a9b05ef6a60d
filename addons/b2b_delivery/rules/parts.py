"""An order delivered in parts, each as soon as its goods can be there.

Goods that share a schedule come together. Groups whose first slots lie on the same day
are one stop: they come together in the later of these slots, for nobody wants two vans
on one day. Plain values, no Odoo.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from .slot import Slot
from .together import together


@dataclass(frozen=True)
class Part:
    """What comes in one slot; ``goods`` are ids of articles."""

    slot: Slot
    goods: tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """What may be chosen for goods that come together.

    ``slot`` is the promised one with its present cut-off, None when it is lost; then
    ``instead`` is what comes in its place, as :func:`renewed` has it.
    """

    goods: tuple[int, ...]
    slots: tuple[Slot, ...]
    slot: Slot | None
    instead: Slot

    @property
    def key(self) -> int:
        """A number that names it among the choices of its order."""
        return self.goods[0]

    @property
    def next_slot(self) -> Slot:
        """The promised slot, or what comes in its place."""
        return self.slot or self.instead


def parts(groups):
    """The earliest delivery in parts.

    :param groups: pairs of ids of goods and their possible slots in order of time
    :return: tuple of :class:`Part` in order of time, empty when a group has no slot;
        a single one when everything comes at once anyway
    """
    if not groups or not all(slots for _goods, slots in groups):
        return ()
    days = {}
    for goods, slots in groups:
        days.setdefault(slots[0].day, []).append((goods, slots))
    return _in_order(_joined(members) for members in days.values())


def still(promised, groups):
    """The promised parts, when all of them can still be had for the goods of now.

    Goods may have gone; new ones come with those of their group.

    :param promised: parts as they were promised
    :param groups: as for :func:`parts`, at the present moment
    :return: parts with their present cut-offs, empty when one is lost
    """
    number_of = {good: n for n, part in enumerate(promised) for good in part.goods}
    members = {}
    for goods, slots in groups:
        numbers = [number_of[good] for good in goods if good in number_of]
        if not numbers:
            return ()
        members.setdefault(max(numbers), []).append((goods, slots))
    found = []
    for number, group in members.items():
        wanted = promised[number].slot
        slot = _same(wanted, together([slots for _goods, slots in group]))
        if slot is None:
            return ()
        found.append(Part(slot, _goods(group)))
    return _one_stop(found)


def whole(slot, groups):
    """One slot that was promised for everything, as the only part."""
    return (Part(slot, _goods(groups)),)


def renewed(promised, groups):
    """Parts that somebody chose, with what can be had now in place of what is lost.

    The goods of a lost part come in their next slots from its promised start on, else
    in their first ones; so do goods that were not promised.

    :param promised: parts as they were promised
    :param groups: as for :func:`parts`, at the present moment
    :return: parts with their present cut-offs, empty when a group has no slot
    """
    if not groups or not all(slots for _goods, slots in groups):
        return ()
    members, new = {}, []
    for goods, slots in groups:
        number = _number(promised, goods)
        if number is None:
            new.append((goods, slots))
        else:
            members.setdefault(number, []).append((goods, slots))
    found = []
    for number, group in members.items():
        wanted = promised[number].slot
        slot = _same(wanted, together([slots for _goods, slots in group]))
        found += (Part(slot, _goods(group)),) if slot else _next(wanted, group)
    for goods, slots in new:
        # With what comes on that day anyway, where that is possible.
        of_day = (part.slot for part in found if part.slot.day == slots[0].day)
        stop = next(filter(None, (_same(slot, slots) for slot in of_day)), slots[0])
        found.append(Part(stop, tuple(goods)))
    return _one_stop(found)


def choices(promised, groups):
    """What may be chosen for each part of an order that is not confirmed.

    Goods that would come together and were promised together are one choice.

    :param promised: parts as they were promised; none: as they would be now
    :param groups: as for :func:`parts`, at the present moment
    :return: tuple of :class:`Choice` in order of their first slots
    """
    earliest = parts(groups)
    promised = promised or earliest
    members = {}
    for goods, slots in groups if earliest else ():
        key = _number(earliest, goods), _number(promised, goods)
        members.setdefault(key, []).append((goods, slots))
    found = []
    for (first_number, number), group in members.items():
        slots = together([slots for _goods, slots in group])
        part = earliest[first_number] if number is None else promised[number]
        later = (slot for slot in slots if slot.start >= part.slot.start)
        instead = next(later, slots[0])
        kept = _same(part.slot, slots)
        found.append(Choice(_goods(group), tuple(slots), kept, instead))
    return tuple(sorted(found, key=lambda one: (one.slots[0].start, one.goods)))


def stops(found):
    """The deliveries that some choices come to: those in one slot are one.

    :param found: of :func:`choices`
    :return: tuple of :class:`Part` in order of time
    """
    return _one_stop([Part(one.next_slot, one.goods) for one in found])


def chosen(promised, goods, slot):
    """The parts after some goods were given a slot of their own."""
    stay = [
        replace(part, goods=tuple(good for good in part.goods if good not in goods))
        for part in promised
    ]
    return _one_stop([*filter(lambda part: part.goods, stay), Part(slot, tuple(goods))])


def moved(promised, starts, slot):
    """The parts after those of some moments were given another slot, as one part."""
    moving = [part for part in promised if part.slot.start in starts]
    stay = [part for part in promised if part.slot.start not in starts]
    goods = tuple(good for part in moving for good in part.goods)
    return _one_stop([*stay, Part(slot, goods)] if goods else stay)


def moving(promised, start, is_open):
    """Starts of the parts that follow a new date of the order.

    The date is that of the part that stands on the order; once that is delivered, it
    is the date of all that is still to come. Delivered parts stay as they were.

    :param start: of the part that stands on the order
    :param is_open: function of a part: something of it is still to come
    :return: frozenset, empty when nothing is open
    """
    still_open = frozenset(part.slot.start for part in promised if is_open(part))
    return frozenset((start,)) if start in still_open else still_open


def with_new(promised, groups):
    """The parts with goods that were added after the promise.

    They come in the slot of their group while it can be had, else in the group's first
    possible one. Without any slot they stay out: somebody has to agree a date.
    """
    number_of = {good: n for n, part in enumerate(promised) for good in part.goods}
    found = list(promised)
    for goods, slots in groups:
        new = tuple(good for good in goods if good not in number_of)
        if not new or not slots:
            continue
        mates = [number_of[good] for good in goods if good in number_of]
        wanted = found[max(mates)].slot if mates else slots[0]
        slot = _same(wanted, slots) or slots[0]
        for number, part in enumerate(found):
            if (part.slot.start, part.slot.end) == (slot.start, slot.end):
                found[number] = replace(part, goods=part.goods + new)
                break
        else:
            found.append(Part(slot, new))
    return _in_order(found)


def first(found):
    """The slot that stands for all parts: the first one, kept as long as all are."""
    until = min(part.slot.cutoff_at for part in found)
    return replace(found[0].slot, cutoff_at=until)


def _number(found, goods):
    """The last of the parts in which some goods come; None for none of them."""
    numbers = [n for n, part in enumerate(found) if set(goods).intersection(part.goods)]
    return max(numbers, default=None)


def _next(wanted, groups):
    """The parts that come in place of one that is lost, not earlier where possible."""
    return parts(
        [
            (goods, [slot for slot in slots if slot.start >= wanted.start] or slots)
            for goods, slots in groups
        ]
    )


def _one_stop(found):
    """Parts that begin at the same moment are one, which is over when all are there."""
    by_start = {}
    for part in found:
        by_start.setdefault(part.slot.start, []).append(part)
    merged = []
    for same in by_start.values():
        slot = max((part.slot for part in same), key=lambda slot: slot.end)
        until = min(part.slot.cutoff_at for part in same)
        goods = tuple(sorted({good for part in same for good in part.goods}))
        merged.append(Part(replace(slot, cutoff_at=until), goods))
    return _in_order(merged)


def _joined(members):
    slot = together([slots for _goods, slots in members])[0]
    return Part(slot, _goods(members))


def _goods(members):
    return tuple(sorted(good for goods, _slots in members for good in goods))


def _same(wanted, slots):
    for slot in slots:
        if (slot.start, slot.end) == (wanted.start, wanted.end):
            return slot
    return None


def _in_order(found):
    return tuple(sorted(found, key=lambda part: (part.slot.start, part.slot.end)))


# -- as stored ---------------------------------------------------------------------


def dump(found):
    """Parts as plain values that can be stored as JSON."""
    return [
        {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(part.slot).items()
        }
        | {"goods": list(part.goods)}
        for part in found
    ]


def load(stored):
    """The parts that :func:`dump` made; none for nothing."""
    return tuple(
        Part(
            Slot(
                start=datetime.fromisoformat(row["start"]),
                end=datetime.fromisoformat(row["end"]),
                frame_id=row["frame_id"],
                cutoff_at=datetime.fromisoformat(row["cutoff_at"]),
                day=date.fromisoformat(row["day"]),
                tz=row["tz"],
                schedule_id=row["schedule_id"],
            ),
            tuple(row["goods"]),
        )
        for row in stored or ()
    )
