"""Order lists: a buyer's own, one shared in the company, one that we propose."""

from .articles import article
from .parties import party
from .people import seat

# key: name, party, seat (empty: ours), shared, articles with their quantities
LISTS = {
    "list_window": (
        "Christmas window", "brightwell", "buyer", False,
        (("85123A", 48), ("22086", 60), ("22112", 12), ("21166", 24), ("22355", 20)),
    ),
    "list_counter": (
        "Counter, every week", "brightwell", "approver", True,
        (("85099B", 20), ("20725", 10), ("22386", 10), ("23298", 25)),
    ),
    "list_spring": (
        "Our proposal for spring", "brightwell", "", True,
        (("22423", 0), ("22697", 12), ("84991", 24)),
    ),
}  # fmt: skip
HEARTS = ("85123A", "22457", "84879")


def build(kit):
    for key, (name, owner, keeper, shared, rows) in LISTS.items():
        _list(kit, key, owner, keeper, {"name": name, "is_shared": shared}, rows)
    values = {"name": "Favourites", "is_shared": False, "is_favourites": True}
    rows = [(code, 0) for code in HEARTS]
    _list(kit, "list_favourites", "brightwell", "buyer", values, rows)


def _list(kit, key, owner, keeper, values, rows):
    lines = [
        (0, 0, {"product_id": article(kit, code).id, "quantity": quantity})
        for code, quantity in rows
    ]
    values = {
        **values,
        "party_id": party(kit, owner).id,
        "seat_id": seat(kit, keeper).id if keeper else False,
        "line_ids": lines,
    }
    if not kit.find(key):
        kit.record(key, "b2b.order.list", values)
