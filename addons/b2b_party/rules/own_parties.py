"""Which records of a party a rep sees who looks after own parties only.

Domains as plain lists, for record rules: they hold the ids of a few users, never those
of parties, so they stay short and right with a hundred thousand parties.
"""

# What a rep may not name by its id when he cannot see it.
OF_PARTIES = (
    "res.partner",
    "b2b.seat",
    "b2b.person",
    "sale.order",
    "account.move",
    "stock.picking",
)
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


def visible_partners(partner_id, user_ids, path=""):
    """Own parties with their contacts, and whom everybody at work has to see.

    Colleagues and our companies (else chatter and documents break), external agents,
    and who only supplies us: carriers and vendors.

    :param int partner_id: of the user
    :param str path: leads from the record to the partner; empty for the partner
        itself
    """
    dot = f"{path}." if path else ""
    supplier = [
        "&", "&",
        (f"{dot}commercial_partner_id.supplier_rank", ">", 0),
        (f"{dot}commercial_partner_id.customer_rank", "=", 0),
        (f"{dot}b2b_customer_type", "!=", "trade"),
    ]  # fmt: skip
    everybody = [
        (path or "id", "=", partner_id),
        (f"{dot}partner_share", "=", False),
        (f"{dot}ref_company_ids", "!=", False),
        (f"{dot}b2b_agent_party_ids", "!=", False),
        (f"{dot}commercial_partner_id.b2b_agent_party_ids", "!=", False),
    ]
    own = looked_after(f"{dot}commercial_partner_id", user_ids)
    return ["|"] * (len(everybody) + 1) + everybody + own + supplier


def named(value):
    """The id that a value of a many2one names, as it comes from outside; or None."""
    if isinstance(value, dict):
        value = value.get("id")
    elif isinstance(value, list | tuple):
        value = value[0] if value else None
    known = isinstance(value, int) and not isinstance(value, bool)
    return value if known and value > 0 else None
