"""Words of the team page that are decided without Odoo."""

NOW_SECONDS = 300


def seen_kind(seen, now):
    """How the last visit is told: ``never, now, today, week`` or ``date``.

    :param seen: local datetime of the last visit, or None
    :param now: local datetime of the reader
    """
    if not seen:
        return "never"
    if 0 <= (now - seen).total_seconds() < NOW_SECONDS:
        return "now"
    days = (now.date() - seen.date()).days
    if days <= 0:
        return "today"
    return "week" if days < 7 else "date"


def limit_kinds(row):
    """What is said about the limits of a person, in this order.

    :param row: ``places_orders, approves, order_limit, approve_limit``
    :return: list out of ``free`` (no limit at all), ``order``, ``approve``,
        ``approve_free``, ``order_free``; empty when neither ordering nor deciding
    """
    orders, approves = row["places_orders"], row["approves"]
    if not orders and not approves:
        return []
    if (not orders or not row["order_limit"]) and (
        not approves or not row["approve_limit"]
    ):
        return ["free"]
    kinds = []
    if orders:
        kinds.append("order" if row["order_limit"] else "order_free")
    if approves:
        kinds.append("approve" if row["approve_limit"] else "approve_free")
    return kinds


def cell(role, row, own):
    """How one cell of the role matrix is drawn.

    :param role: ``rights, limits, editable`` of a role
    :param row: ``name, kind, of`` of a permission
    :param own: permission names of whoever looks
    :return: ``box`` (may be changed), ``amount`` (field), ``fixed`` (a box that is
        read-only), ``sign`` (a check without a box: the reader lacks the right),
        ``text`` (an amount that is read-only), ``none`` (no amount: the right is off)
    """
    mine = row["name"] in own
    if row["kind"] == "limit":
        if role["editable"] and mine:
            return "amount"
        return "text" if row["of"] in role["rights"] else "none"
    if role["editable"] and mine:
        return "box"
    return "fixed" if mine else "sign"
