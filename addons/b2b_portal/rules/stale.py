"""What changed in a cart since somebody looked at it.

The checkout page carries what its reader saw, and the server compares before it
submits: an order never differs from the page on which the button was pressed.
"""

import json
from dataclasses import dataclass

ADDED = "added"
REMOVED = "removed"
QUANTITY = "quantity"
PRICE = "price"
TOTAL = "total"

# A page of 5,000 lines is below this; anything longer was not written by us.
MAX_LENGTH = 500_000


@dataclass(frozen=True)
class SeenLine:
    """One line as it stood on the page; ``key`` names the line."""

    key: int
    product_id: int
    quantity: float
    price: float


@dataclass(frozen=True)
class Change:
    """One difference between the page and the cart."""

    kind: str
    product_id: int = 0
    before: float = 0.0
    after: float = 0.0


def dump(lines, total):
    """The page's memory as a short text for a hidden field."""
    rows = [[ln.key, ln.product_id, ln.quantity, ln.price] for ln in lines]
    return json.dumps({"l": rows, "t": total}, separators=(",", ":"))


def load(text):
    """Read what :func:`dump` wrote; it comes back from a browser, so trust nothing.

    :return: ``(lines, total)`` or None when it is not ours
    """
    if not isinstance(text, str) or not text or len(text) > MAX_LENGTH:
        return None
    try:
        data = json.loads(text)
        lines = [
            SeenLine(int(key), int(product), float(quantity), float(price))
            for key, product, quantity, price in data["l"]
        ]
        return lines, float(data["t"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def changes(seen, total_seen, now, total_now, tolerance=0.005):
    """Differences line by line, in the order of the cart.

    :param seen: list of :class:`SeenLine` of the page
    :param now: list of :class:`SeenLine` of the cart
    :return: list of :class:`Change`; empty when the page still tells the truth
    """
    before = {line.key: line for line in seen}
    result = []
    for line in now:
        old = before.pop(line.key, None)
        if old is None or old.product_id != line.product_id:
            result.append(Change(ADDED, line.product_id, 0.0, line.quantity))
            continue
        if abs(old.quantity - line.quantity) > 1e-6:
            result.append(
                Change(QUANTITY, line.product_id, old.quantity, line.quantity)
            )
        if abs(old.price - line.price) > tolerance / 10:
            result.append(Change(PRICE, line.product_id, old.price, line.price))
    result += [
        Change(REMOVED, ln.product_id, ln.quantity, 0.0) for ln in before.values()
    ]
    if not result and abs(total_seen - total_now) > tolerance:
        result.append(Change(TOTAL, 0, total_seen, total_now))
    return result
