"""Categories, a party group, segments, rules for account managers, an absence."""

from datetime import timedelta

from .parties import party

CATEGORIES = {
    "gifts": ("Gift shops", "GS", ("brightwell", "larkspur", "noemie")),
    "department": ("Department stores", "DS", ("lindner", "oak_thistle")),
    "cafe": ("Cafés and small shops", "CS", ("blum", "blue_door")),
}

# name, what it is for, match, conditions
SEGMENTS = {
    "key": (
        "Key account",
        "Who buys most: a call before each season.",
        "all",
        [{"figure": "turnover_12m", "operator": "ge", "number": 8000}],
    ),
    "loyal": (
        "Loyal",
        "Orders often and not long ago.",
        "all",
        [
            {"figure": "order_count_12m", "operator": "ge", "number": 12},
            {"figure": "last_order", "operator": "le", "number": 60},
        ],
    ),
    "sleeping": (
        "Sleeping",
        "Bought before and is quiet now: offer samples.",
        "all",
        [{"figure": "last_order", "operator": "ge", "number": 90}],
    ),
    "euro": (
        "Continent",
        "Parties in Germany and France.",
        "any",
        [{"figure": "country", "operator": "in"}],
    ),
}
EMPLOYEES = {"brightwell": 24, "lindner": 410, "oak_thistle": 65, "blue_door": 2}


def build(kit):
    _categories(kit)
    make_group(kit)
    _segments(kit)
    _rules(kit)
    _absence(kit)


def _categories(kit):
    for key, (name, code, parties) in CATEGORIES.items():
        category = kit.record(
            f"category_{key}", "b2b.customer.category", {"name": name, "code": code}
        )
        for owner in parties:
            party(kit, owner).b2b_customer_category_id = category
    for owner, count in EMPLOYEES.items():
        party(kit, owner).b2b_employee_count = count


def make_group(kit):
    """Brightwell with the Leith shop of another party, since the year began."""
    group = kit.record(
        "party_group_brightwell",
        "b2b.party.group",
        {
            "name": "Brightwell group",
            "code": "BRW",
            "kind": "holding",
            "user_id": kit.get("user_rep").id,
            "note": "Larkspur was bought in spring; Leith orders with Brightwell.",
        },
    )
    start = kit.today.replace(month=1, day=1)
    members = {
        "brightwell": {"partner_id": party(kit, "brightwell").id},
        "larkspur": {"partner_id": party(kit, "larkspur").id, "date_from": start},
        "leith": {"partner_id": kit.get("address_oak_thistle_store").id},
        "fiona": {"seat_id": kit.get("seat_oak_owner").id, "date_from": start},
    }
    for key, values in members.items():
        kit.record(
            f"party_group_member_{key}",
            "b2b.party.group.member",
            {"group_id": group.id, **values},
        )


def _segments(kit):
    abroad = (kit.env.ref("base.de") | kit.env.ref("base.fr")).ids
    for number, (key, row) in enumerate(SEGMENTS.items()):
        name, description, match, conditions = row
        if key == "euro":
            conditions = [{**conditions[0], "country_ids": [(6, 0, abroad)]}]
        kit.record(
            f"segment_{key}",
            "b2b.party.segment",
            {
                "name": name,
                "sequence": 10 * (number + 1),
                "description": description,
                "match": match,
                "condition_ids": [(0, 0, values) for values in conditions],
            },
        )


def _rules(kit):
    """The rep has the British parties, the manager those on the continent."""
    rep, manager = kit.get("user_rep"), kit.get("user_manager")
    for key, name, users, values in (
        ("uk", "Britain", rep, {"country_ids": [(6, 0, kit.env.ref("base.uk").ids)]}),
        (
            "department",
            "Department stores",
            rep | manager,
            {"category_id": kit.get("category_department").id},
        ),
        ("rest", "Everybody else", manager, {}),
    ):
        rule = kit.record(
            f"manager_rule_{key}",
            "b2b.account.manager.rule",
            {"name": name, "user_ids": [(6, 0, users.ids)], **values},
        )
        if key == "uk":
            own = party(kit, "brightwell") | party(kit, "larkspur")
            own.filtered(lambda p: p.user_id == rep).b2b_manager_rule_id = rule


def _absence(kit):
    """One to come: today the rep answers herself."""
    kit.record(
        "absence_rep",
        "b2b.staff.absence",
        {
            "user_id": kit.get("user_rep").id,
            "stand_in_id": kit.get("user_manager").id,
            "date_from": kit.today + timedelta(days=30),
            "date_to": kit.today + timedelta(days=37),
            "note": "Skiing; reachable in the evening.",
        },
    )
