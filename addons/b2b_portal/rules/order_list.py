"""Order lists: who changes one, with which quantity a row starts, what a name is.

Source: DECISIONS 22 (due and reorder figures) and 23 (nothing enters unasked).
"""

from .cart_input import MAX_QUANTITY

#: Letters of a name, articles of a list (a cart takes as many rows at once), lists of
#: a person.
NAME_SIZE = 60
MAX_ARTICLES = 500
MAX_LISTS = 500

NO_NAME = "no_name"
LONG_NAME = "long_name"


def may_change(*, mine, shared, administers):
    """Whether a person changes a list: his own, or a shared one as administrator."""
    return mine or (shared and administers)


def start_quantity(wanted, in_cart, coming):
    """Quantity a row proposes: nothing while the article is in the cart or on its way.

    :param float wanted: the quantity kept on the list, 0 where there is none
    :param float in_cart: what the open cart holds of the article
    :param float coming: what waiting and undelivered orders hold of it
    """
    return 0.0 if in_cart or coming else wanted


def places(before, left):
    """Where articles stood that were taken off, for Undo.

    :param before: product ids in the order of the list, as it was
    :param left: those that are still on it
    :return: ``[[taken off, the next one that is left]]``; 0 where none follows
    """
    found, follower = [], 0
    for product_id in reversed(list(before)):
        if product_id in left:
            follower = product_id
        else:
            found.append([product_id, follower])
    return found[::-1]


def put_at(order, wanted):
    """The order of a list after articles went to their places.

    :param order: product ids as they stand now
    :param wanted: ``[(article, the one it stands before)]``; what is not on the list,
        or stands before nothing, stays where it is
    """
    result = list(order)
    for product_id, follower in wanted:
        if product_id != follower and product_id in result and follower in result:
            result.remove(product_id)
            result.insert(result.index(follower), product_id)
    return result


def read_name(text):
    """``(name, code of the refusal)`` of what was typed as the name of a list."""
    name = " ".join(str(text or "").split())
    if not name:
        return "", NO_NAME
    if len(name) > NAME_SIZE:
        return name[:NAME_SIZE], LONG_NAME
    return name, ""


def put_together(kept, more, *, replace=False):
    """Quantities of a list after some were put on it.

    :param dict kept: ``{product id: quantity}`` of the list, in its order
    :param list more: ``(product id, quantity)``; the same article may come twice
    :param bool replace: new quantities instead of more of them
    :return: ``{product id: quantity}``, new articles last; never above what one line
        of a cart can hold
    """
    result = dict(kept)
    added = {}
    for product_id, quantity in more:
        added[product_id] = added.get(product_id, 0.0) + quantity
    for product_id, quantity in added.items():
        before = 0.0 if replace else result.get(product_id, 0.0)
        result[product_id] = min(before + quantity, MAX_QUANTITY)
    return result
