"""Which records of a party a rep sees who looks after own parties only.

Domains as plain lists, for record rules: they hold the ids of a few users, never those
of parties, so they stay short and right with a hundred thousand parties.
"""

EVERYTHING = [(1, "=", 1)]
NOTHING = [(0, "=", 1)]


def looked_after(path, user_ids):
    """Records whose party is looked after by one of these users.

    :param str path: leads from the record to the party: ``order_id.b2b_party_id``;
        empty for the party itself
    :param user_ids: the rep and those he stands in for
    """
    dot = f"{path}." if path else ""
    return [
        "|",
        (f"{dot}b2b_rep_ids", "in", user_ids),
        (f"{dot}user_id", "in", user_ids),
    ]


def or_without(path, domain):
    """The same, and what belongs to no party at all."""
    return ["|", (path, "=", False), *domain]


def visible_partners(partner_id, user_ids):
    """Own parties with their contacts, and whom everybody at work has to see.

    Colleagues and our companies (else chatter and documents break), external agents,
    and who only supplies us: carriers and vendors.

    :param int partner_id: of the user
    """
    supplier = [
        "&", "&",
        ("commercial_partner_id.supplier_rank", ">", 0),
        ("commercial_partner_id.customer_rank", "=", 0),
        ("b2b_customer_type", "!=", "trade"),
    ]  # fmt: skip
    everybody = [
        ("id", "=", partner_id),
        ("partner_share", "=", False),
        ("ref_company_ids", "!=", False),
        ("b2b_agent_party_ids", "!=", False),
        ("commercial_partner_id.b2b_agent_party_ids", "!=", False),
    ]
    own = looked_after("commercial_partner_id", user_ids)
    return ["|"] * (len(everybody) + 1) + everybody + own + supplier
