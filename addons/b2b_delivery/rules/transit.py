"""Which transit time holds for a delivery method and a place. No Odoo in here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Transit:
    """Days on the way; what is None or empty fits everything.

    ``days``: working days of the carrier after the day of dispatch, up to and with
    the day of delivery. ``weekdays``: those working days, 0 = Monday.
    """

    days: int
    weekdays: tuple[int, ...]
    carrier_id: int | None = None
    country_id: int | None = None
    state_id: int | None = None
    zip_prefix: str = ""
    company_id: int | None = None

    def fits(self, carrier_id, country_id, state_id, zip_code) -> bool:
        return (
            self.carrier_id in (None, carrier_id)
            and self.country_id in (None, country_id)
            and self.state_id in (None, state_id)
            and zip_code.startswith(self.zip_prefix)
        )


#: The method has transit times, but none for this place.
UNKNOWN = "unknown"


def compact(zip_code: str | None) -> str:
    """A postcode as it is compared: "sw1a 1aa" is "SW1A1AA"."""
    return "".join((zip_code or "").split()).upper()


def choose(
    transits: Iterable[Transit],
    carrier_id: int | None,
    country_id: int | None,
    state_id: int | None,
    zip_code: str | None,
) -> Transit | str | None:
    """The closest row: of the method itself, then longest postcode, state, country.

    :return: None when nothing is added, as without any transit times;
        :data:`UNKNOWN` when the method has transit times for other places only
    """
    transits = list(transits)
    place = carrier_id, country_id, state_id, compact(zip_code)
    fitting = [transit for transit in transits if transit.fits(*place)]
    if fitting:
        return max(
            fitting,
            key=lambda t: (
                t.carrier_id is not None,
                len(t.zip_prefix),
                t.state_id is not None,
                t.country_id is not None,
                t.company_id is not None,
            ),
        )
    if carrier_id and any(t.carrier_id == carrier_id for t in transits):
        return UNKNOWN
    return None


def zone_name(country, zip_code):
    """“GB BS2” for planners: country and the first part of the postcode.

    A postcode without a blank is cut to two signs, as tours are planned there.

    :param country: two letters, or nothing
    :param zip_code: as it was typed, or nothing
    """
    signs = (zip_code or "").strip().upper()
    head = signs.split()[0] if " " in signs else signs[:2]
    return " ".join(filter(None, [country, head]))
