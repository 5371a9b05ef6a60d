"""Quantity breaks as a buyer reads them."""


def visible_breaks(prices, first):
    """Fold prices by quantity into what is worth showing.

    :param prices: iterable of ``(quantity, price)``, any order
    :param first: the smallest orderable quantity; breaks below it are not shown
        (DECISIONS 18)
    :return: list of ``(quantity, price)`` ascending, equal neighbours folded
    """
    shown = []
    for quantity, price in sorted(prices):
        if quantity < first:
            continue
        if not shown or shown[-1][1] != price:
            shown.append((quantity, price))
    return shown
