"""What an address needs before goods or invoices go there."""

LENGTHS = {
    "name": 80,
    "street": 120,
    "street2": 120,
    "zip": 16,
    "city": 80,
    "phone": 32,
    "email": 120,
}


def needed(*, point, zip_required, state_required):
    """Names of the fields that may not be empty.

    :param point: a delivery point takes its address from the one above it
    :param zip_required: whether the country has postcodes everywhere
    :param state_required: whether an address of the country names its state
    """
    if point:
        return ("name",)
    names = ["name", "street", "city", "country_id"]
    if zip_required:
        names.insert(2, "zip")
    if state_required:
        names.append("state_id")
    return tuple(names)


def empty(values, names):
    """Those of ``names`` that hold nothing, in their order."""
    return [name for name in names if not values.get(name)]


def too_long(values):
    """``{name: length allowed}`` of texts that are too long."""
    return {
        name: length
        for name, length in LENGTHS.items()
        if len(values.get(name) or "") > length
    }


def tree(rows):
    """Addresses with their points below them, each with its depth.

    :param rows: ``(id, id of the address above or None, name)``
    :return: ``[(id, depth)]``; what hangs below nothing known stands at the top
    """
    ids = {row[0] for row in rows}
    below = {}
    for row_id, parent, _name in sorted(rows, key=lambda r: (r[2].casefold(), r[0])):
        key = parent if parent in ids and parent != row_id else None
        below.setdefault(key, []).append(row_id)
    result, seen = [], set()

    def walk(parent, depth):
        for row_id in below.get(parent, ()):
            if row_id not in seen:
                seen.add(row_id)
                result.append((row_id, depth))
                walk(row_id, depth + 1)

    walk(None, 0)
    return result
