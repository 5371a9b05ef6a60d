"""Quantity breaks as a buyer reads them."""


def visible_breaks(prices, first, last=0.0):
    """Fold prices by quantity into what is worth showing.

    :param prices: iterable of ``(quantity, price)``, any order
    :param first: the smallest orderable quantity; breaks below it are not shown
        (DECISIONS 18)
    :param last: the largest one, 0 for none; nobody reaches breaks above it
    :return: list of ``(quantity, price)`` ascending, equal neighbours folded
    """
    shown = []
    for quantity, price in sorted(prices):
        if quantity < first or (last and quantity > last):
            continue
        if not shown or shown[-1][1] != price:
            shown.append((quantity, price))
    return shown
