"""What an order was when somebody decided about it, and whether that still covers it.

A release is bound to lines and total, not to the record (DECISIONS 5): it stands
while no line has more quantity, a higher net price, another article or address, and
the total is not above the approved one.
"""

# Smaller differences come from binary floats, not from people.
QUANTITY_EPSILON = 1e-6
MONEY_EPSILON = 1e-4

# An order discount follows the goods, and points take something off; the total says
# whether the order grew.
BY_TOTAL = frozenset({"discount", "points"})

PLACES = ("party", "currency", "shipping", "invoice")


def line(product, unit, kind, quantity, price):
    """One line of a snapshot, as it is stored in JSON.

    :param int product: id of the article
    :param int unit: id of the unit of measure
    :param str kind: ``goods``, ``delivery`` ...; a fee never covers goods
    :param float quantity: in ``unit``
    :param float price: net of the line's discount, per unit, order currency
    """
    return [product, unit, kind, quantity, price]


def _by_article(lines):
    """Sum quantities per article; of several prices the highest counts.

    What a line takes back makes no room for more of the article in another line.
    """
    articles = {}
    for product, unit, kind, quantity, price in lines:
        if kind in BY_TOTAL:
            continue
        key = (product, unit, kind)
        before, highest = articles.get(key, (0.0, price))
        articles[key] = (before + max(quantity, 0.0), max(highest, price))
    return articles


def covers(approved, current, tolerance=0.0, places=PLACES):
    """Whether what was approved still covers the order as it is now.

    :param dict approved: snapshot with ``lines``, ``total`` and the ``places``
    :param dict current: the same, of now
    :param float tolerance: share by which the total may be higher, 0.02 is 2 %
    :param places: which of party, currency, shipping and invoice address must be equal
    :return: bool
    """
    if any(approved.get(place) != current.get(place) for place in places):
        return False
    if current["total"] > approved["total"] * (1 + tolerance) + MONEY_EPSILON:
        return False
    allowed = _by_article(approved["lines"])
    for key, (quantity, price) in _by_article(current["lines"]).items():
        if key not in allowed:
            return False
        most, highest = allowed[key]
        if quantity > most + QUANTITY_EPSILON or price > highest + MONEY_EPSILON:
            return False
    return True
