"""Which delivery methods an order may use, and why not. No Odoo in here.

A method is for everybody unless it names parties, customer groups, party groups or
agreements; then one of them has to fit. A party may be bound to some methods; its own
list narrows, it never opens a method that is for others. Goods to an end customer of
the buyer go by methods of that kind only, goods to the buyer himself never do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .transit import compact

CARRIER, OWN, PICKUP, DROPSHIP = "carrier", "own", "pickup", "dropship"
#: Why a method cannot be used, in the order in which it is said.
COMPANY, PORTAL, AUDIENCE, PARTY = "company", "portal", "audience", "party"
END_CUSTOMER, OWN_ADDRESS, ZONE = "end_customer", "own_address", "zone"


@dataclass(frozen=True)
class Zone:
    """A place a method goes to; what is None or empty fits everything.

    ``weekdays``: days (0 = Monday) on which it goes there; empty for every day.
    """

    country_id: int | None = None
    state_id: int | None = None
    zip_prefix: str = ""
    weekdays: tuple[int, ...] = ()

    def fits(self, country_id, state_id, zip_code) -> bool:
        return (
            self.country_id in (None, country_id)
            and self.state_id in (None, state_id)
            and zip_code.startswith(self.zip_prefix)
        )


@dataclass(frozen=True)
class Method:
    """A delivery method: its kind, for whom it is, where it goes to.

    ``plain``: Odoo's own limits (place, marks, weight, volume) are not used.
    ``conditions_id``: the text in force, ``tick``: whether buyers must accept it.
    ``tax_included``: the price of its product includes tax, which an order may change.
    """

    id: int
    kind: str = CARRIER
    company_id: int | None = None
    portal: bool = True
    party_ids: frozenset = frozenset()
    group_ids: frozenset = frozenset()
    party_group_ids: frozenset = frozenset()
    agreements: frozenset = frozenset()
    zones: tuple[Zone, ...] = ()
    plain: bool = False
    conditions_id: int | None = None
    tick: bool = False
    product_id: int | None = None
    tax_included: bool = False

    @property
    def for_all(self) -> bool:
        return not (
            self.party_ids or self.group_ids or self.party_group_ids or self.agreements
        )


@dataclass(frozen=True)
class Buyer:
    """For whom and whereto an order goes.

    ``only``: the methods the party is bound to; empty for any. ``agreement``: its
    number. ``portal``: whether the buyer himself chooses.
    """

    party_id: int | None = None
    company_id: int | None = None
    group_id: int | None = None
    party_group_ids: frozenset = frozenset()
    agreement: str = ""
    only: frozenset = frozenset()
    end_customer: bool = False
    country_id: int | None = None
    state_id: int | None = None
    zip_code: str = ""
    portal: bool = False


def _is_for(method: Method, buyer: Buyer) -> bool:
    return (
        method.for_all
        or buyer.party_id in method.party_ids
        or buyer.group_id in method.group_ids
        or bool(buyer.party_group_ids & method.party_group_ids)
        or buyer.agreement in method.agreements
    )


def zone_of(method: Method, buyer: Buyer) -> Zone | None:
    """The closest zone of a method: longest postcode, then state, then country."""
    place = buyer.country_id, buyer.state_id, compact(buyer.zip_code)
    fitting = [zone for zone in method.zones if zone.fits(*place)]
    if not fitting:
        return None
    return max(
        fitting,
        key=lambda z: (
            len(z.zip_prefix),
            z.state_id is not None,
            z.country_id is not None,
        ),
    )


def refusal(method: Method, buyer: Buyer) -> str:
    """Why a method cannot be used for an order; empty when it can."""
    if method.company_id not in (None, buyer.company_id):
        return COMPANY
    if buyer.portal and not method.portal:
        return PORTAL
    if not _is_for(method, buyer):
        return AUDIENCE
    if buyer.only and method.id not in buyer.only:
        return PARTY
    if buyer.end_customer and method.kind != DROPSHIP:
        return OWN_ADDRESS
    if not buyer.end_customer and method.kind == DROPSHIP:
        return END_CUSTOMER
    if method.kind != PICKUP and method.zones and not zone_of(method, buyer):
        return ZONE
    return ""


def opening(windows: Iterable) -> list[tuple[int, int, tuple]]:
    """Opening hours: runs of weekdays with the same hours.

    :param windows: with ``weekday``, ``hour_from`` and ``hour_to``
    :return: ``(first weekday, last weekday, ((from, to), ...))`` in order of days
    """
    by_day: dict[int, list] = {}
    for window in windows:
        by_day.setdefault(window.weekday, []).append((window.hour_from, window.hour_to))
    days = [(day, tuple(sorted(by_day[day]))) for day in sorted(by_day)]
    runs: list[tuple[int, int, tuple]] = []
    for day, hours in days:
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == hours:
            runs[-1] = runs[-1][0], day, hours
        else:
            runs.append((day, day, hours))
    return runs
