"""Which article a written code means, with the slips that people make forgiven.

Only look-alike signs, letter case, blanks and the writing of a barcode are forgiven
(DECISIONS 23): another suffix is another article.
"""

import re
import unicodedata
from dataclasses import dataclass

#: More than this is no code; the longest barcodes have 48 signs.
LONGEST = 64

EXACT = "exact"
CASE = "case"
BLANKS = "blanks"
LOOK_ALIKE = "look_alike"
BARCODE = "barcode"
#: How a match was reached, the surest first.
WAYS = (EXACT, BLANKS, CASE, BARCODE, LOOK_ALIKE)

# Signs of other alphabets that look like Latin letters or digits.
FOREIGN = str.maketrans(
    "АВЕЗКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABE3KMHOPCTYXIJSABEZHIKMNOPTYX",
)
# Letters and digits that are taken for one another.
TWINS = str.maketrans("OQIL", "0011")
INVISIBLE = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True)
class Known:
    """One code of an article in the buyer's range.

    :param kind: ``code`` (ours), ``own`` (the customer's) or ``barcode``
    """

    product_id: int
    code: str
    kind: str = "code"


@dataclass(frozen=True)
class Match:
    """What a written code means.

    :param product_ids: one article, or several of which the buyer has to choose
    :param way: one of ``WAYS``; empty when nothing fits
    """

    product_ids: tuple = ()
    way: str = ""

    @property
    def is_sure(self):
        return len(self.product_ids) == 1


def written(text):
    """A code as it was typed, without the blanks around it."""
    return str(text).strip() if text is not None else ""


def close_up(text):
    """The code without blanks and invisible signs."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", written(text)))


def skeleton(text):
    """What codes that look alike have in common; the key of the look-up.

    >>> skeleton("2272O") == skeleton(" 22720 ")
    True
    """
    return close_up(text).upper().translate(FOREIGN).translate(TWINS)


def barcode_key(text):
    """Digits of a barcode: blanks, hyphens and leading zeros do not count."""
    digits = re.sub(r"[\s-]", "", close_up(text))
    return digits.lstrip("0") if digits.isdigit() and len(digits) >= 8 else ""


def keys(text):
    """``(skeleton, barcode key)`` by which candidates of a code are looked up."""
    if len(written(text)) > LONGEST:
        return "", ""
    return skeleton(text), barcode_key(text)


def match(text, candidates):
    """The article that a written code means.

    The surest way that finds anything decides; what it finds twice is asked about.

    :param text: the code as written
    :param candidates: :class:`Known` with the same skeleton or barcode key
    :return: :class:`Match`
    """
    for way, same in _ways(text):
        ids = {known.product_id for known in candidates if same(known)}
        if ids:
            return Match(tuple(sorted(ids)), way)
    return Match()


def _ways(text):
    typed, closed = str(text or ""), close_up(text)
    folded, key, bones = closed.casefold(), barcode_key(text), skeleton(text)
    return (
        (EXACT, lambda known: known.code == typed),
        (BLANKS, lambda known: close_up(known.code) == closed),
        (CASE, lambda known: close_up(known.code).casefold() == folded),
        (
            BARCODE,
            lambda known: (
                known.kind == "barcode" and key and barcode_key(known.code) == key
            ),
        ),
        (LOOK_ALIKE, lambda known: skeleton(known.code) == bones),
    )


def slip(typed, meant):
    """The sign that makes a look-alike differ: ``(sign, place, of how many)``.

    :return: None where the two differ in more than one sign, or in length
    """
    typed, meant = close_up(typed).upper(), close_up(meant).upper()
    if len(typed) != len(meant):
        return None
    places = [n for n, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
    if len(places) != 1:
        return None
    return typed[places[0]], places[0], len(typed)


def alphabet(sign):
    """``Cyrillic``, ``Greek``, ``letter`` or ``digit``: what a sign really is."""
    name = unicodedata.name(sign, "")
    for script in ("CYRILLIC", "GREEK"):
        if name.startswith(script):
            return script.capitalize()
    return "digit" if sign.isdigit() else "letter"


def nearest(text, candidates, most=3):
    """Product ids whose codes are nearest, for the buyer to choose from; never sure.

    :param candidates: :class:`Known` that begin like the code
    """
    bones = skeleton(text)
    ranked = sorted(
        (distance(bones, skeleton(known.code)), known.code, known.product_id)
        for known in candidates
    )
    limit = max(1, len(bones) // 3)
    found = []
    for far, _code, product_id in ranked:
        if far <= limit and product_id not in found:
            found.append(product_id)
    return found[:most]


def distance(one, other):
    """Number of signs to insert, drop or change (Levenshtein)."""
    before = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            now.append(
                min(
                    before[column] + 1,
                    now[column - 1] + 1,
                    before[column - 1] + (sign != its),
                )
            )
        before = now
    return before[-1]
