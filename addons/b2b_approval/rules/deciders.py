"""Who decides about a hold (DECISIONS 1, 3 and 4)."""

# Which job role releases which seller hold; all others fall to the order desk.
SELLER_GROUPS = {
    "credit": "b2b_party.group_credit",
    "overdue": "b2b_party.group_credit",
    # Nobody releases it, but these people set the party to active.
    "party_state": "b2b_party.group_credit",
    "prepayment": "b2b_party.group_credit",
    "discount": "b2b_party.group_sales_manager",
    "minimum_order": "b2b_party.group_sales_manager",
}
ORDER_DESK = "b2b_party.group_order_desk"


def seller_group(code):
    """XML id of the staff group that decides about a seller hold of this code."""
    return SELLER_GROUPS.get(code, ORDER_DESK)


def climb(seat, supervisor_of, may_decide):
    """The first supervisor upward who may decide.

    :param seat: where to start; the seat itself is never the answer
    :param supervisor_of: function seat -> seat or None
    :param may_decide: function seat -> bool (right, limit, not the orderer)
    :return: seat or None; a circle of supervisors ends the search
    """
    seen = {seat}
    boss = supervisor_of(seat)
    while boss and boss not in seen:
        if may_decide(boss):
            return boss
        seen.add(boss)
        boss = supervisor_of(boss)
    return None
