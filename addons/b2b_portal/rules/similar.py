"""How near a typed text is to a name, typing errors forgiven."""

import unicodedata

#: Nearness from which an article is worth showing; 1.0 is the same.
LEAST = 0.6
#: Nearness that each typed word has to some word of the name.
LEAST_OF_A_WORD = 0.5
#: Typed words and words of a name that are compared.
MOST_WORDS = 8
MOST_NAME_WORDS = 16


def plain(text):
    """Lower case without accents; signs between words become blanks."""
    parts = unicodedata.normalize("NFKD", (text or "").casefold())
    parts = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in parts).split())


def slips(one, other):
    """Signs to insert, drop, change or swap with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for y, sign in enumerate(one, 1):
        row = [y]
        for x, its in enumerate(other, 1):
            best = min(rows[-1][x] + 1, row[x - 1] + 1, rows[-1][x - 1] + (sign != its))
            swapped = y > 1 and x > 1 and sign == other[x - 2] and one[y - 2] == its
            if swapped and sign != its:
                best = min(best, rows[-2][x - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def alike(word, other):
    """Nearness of two words, 0.0 to 1.0; a beginning counts like a whole word."""
    if other.startswith(word):
        return 1.0
    longest = max(len(word), len(other))
    if abs(len(word) - len(other)) > longest / 2:
        return 0.0
    return 1.0 - slips(word, other) / longest


def nearness(text, name):
    """Nearness of a typed text to a name, 0.0 to 1.0.

    Each typed word is held against the words of the name and against two that follow
    each other, since people close up and take apart ("cakestand", "lunch box").
    """
    typed = plain(text).split()[:MOST_WORDS]
    words = plain(name).split()[:MOST_NAME_WORDS]
    if not typed or not words:
        return 0.0
    pairs = [one + two for one, two in zip(words, words[1:], strict=False)]
    best = [max(alike(word, other) for other in words + pairs) for word in typed]
    apart = 0.0
    if min(best) >= LEAST_OF_A_WORD:
        apart = sum(best) / len(best)
    closed = "".join(typed)
    return max(apart, *(alike(closed, other) for other in words + pairs))


def nearest(text, named, most):
    """Ids of the names nearest to a text, the nearest first.

    :param named: ``[(id, [name, ...])]``
    """
    ranked = []
    for place, (each, names) in enumerate(named):
        near = max((nearness(text, name) for name in names if name), default=0.0)
        if near >= LEAST:
            ranked.append((-near, place, each))
    return [each for _near, _place, each in sorted(ranked)[:most]]
