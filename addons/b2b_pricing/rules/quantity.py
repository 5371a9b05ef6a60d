"""Which quantities of an article can be ordered (minimum, pack, maximum)."""

import math
from dataclasses import dataclass

#: Below this share of a pack a difference is noise of binary fractions.
TOLERANCE = 1e-6
#: Rounding up by more than this share of the typed quantity asks (DECISIONS 18).
ASK_ABOVE = 0.5

MINIMUM = "minimum"
MULTIPLE = "multiple"
MAXIMUM = "maximum"


@dataclass(frozen=True)
class Note:
    """Why a typed quantity was changed.

    :param code: ``minimum``, ``multiple`` or ``maximum``
    :param typed: what was typed
    :param corrected: what can be ordered
    :param value: the minimum, pack or maximum behind it
    :param ask: the change is so large that it should be confirmed
    """

    code: str
    typed: float
    corrected: float
    value: float
    ask: bool = False


def _clean(number):
    """Drop the noise that multiplying binary fractions leaves behind."""
    return round(number, 6) + 0.0


def _round_up(quantity, multiple):
    if multiple <= 0:
        return _clean(quantity)
    return _clean(math.ceil(quantity / multiple - TOLERANCE) * multiple)


def _round_down(quantity, multiple):
    if multiple <= 0:
        return _clean(quantity)
    return _clean(math.floor(quantity / multiple + TOLERANCE) * multiple)


def correct_quantity(quantity, minimum=0.0, multiple=1.0, maximum=0.0):
    """Turn a wanted quantity into one that can be ordered.

    Up to the minimum, then up to full packs; above the maximum down to the last full
    pack below it. Zero and less stay as they are: they remove or return.

    :param minimum: smallest quantity, 0 for none
    :param multiple: pack; 0 for any fraction
    :param maximum: largest quantity, 0 for none
    :return: ``(quantity, Note or None)``
    """
    if quantity <= 0:
        return quantity, None
    code, value = MULTIPLE, multiple
    corrected = _round_up(quantity, multiple)
    if minimum and corrected < minimum - TOLERANCE:
        code, value = MINIMUM, minimum
        corrected = _round_up(minimum, multiple)
    if maximum and corrected > maximum + TOLERANCE:
        code, value = MAXIMUM, maximum
        corrected = _round_down(maximum, multiple) or _clean(maximum)
    if abs(corrected - quantity) <= TOLERANCE:
        return corrected, None
    ask = corrected > quantity * (1 + ASK_ABOVE)
    return corrected, Note(code, quantity, corrected, value, ask)


@dataclass(frozen=True)
class QuantityRule:
    """Minimum, pack and maximum of one article, as asked by grids and carts."""

    minimum: float = 0.0
    multiple: float = 1.0
    maximum: float = 0.0

    @property
    def step(self):
        """What one press of + or − changes."""
        return self.multiple or 1.0

    @property
    def first(self):
        """The smallest quantity that can be ordered."""
        return self.correct(self.minimum or self.step)

    def check(self, quantity):
        """``(quantity, Note or None)``, see :func:`correct_quantity`."""
        return correct_quantity(quantity, self.minimum, self.multiple, self.maximum)

    def correct(self, quantity):
        """The quantity that can be ordered."""
        return self.check(quantity)[0]

    def note(self, quantity):
        """Why the quantity was changed, None when it was not."""
        return self.check(quantity)[1]


AGREEMENT = "agreement"
PARTY = "party"
GROUP = "group"
#: Whose quantities count before those of the article, the most specific first.
OWNERS = (AGREEMENT, PARTY, GROUP)


def most_specific(exceptions, article):
    """The quantities that hold for one customer and article.

    Agreement before party before customer group; of one owner those of the variant
    before those of all variants. An exception replaces all three values.

    :param exceptions: iterable of ``(owner, for one variant only, QuantityRule)``
    :param article: QuantityRule of the article itself
    """
    ranked = sorted(
        exceptions, key=lambda found: (OWNERS.index(found[0]), not found[1])
    )
    return ranked[0][2] if ranked else article


def problem(minimum, multiple, maximum):
    """What is wrong with quantities: ``multiple``, ``negative``, ``empty`` or None."""
    if multiple <= 0:
        return MULTIPLE
    if minimum < 0 or maximum < 0:
        return "negative"
    if maximum and correct_quantity(minimum or multiple, minimum, multiple)[0] > (
        maximum + TOLERANCE
    ):
        return "empty"
    return None
