"""The orders of the last days that go through the real flow, each state once.

Quantities are full packs.  ``state`` says how far an order goes:

cart · sent · waiting · approved (waited, released, confirmed) · refused · cancelled ·
confirmed · partly (delivered in part) · rest (delivered in part, the rest closed) ·
delivered · invoiced · paid
"""

from typing import NamedTuple


class Plan(NamedTuple):
    key: str
    seat: str
    state: str
    days_ago: int
    lines: str
    reference: str = ""
    address: str = ""
    carrier: str = ""


PLANS = (
    # The orders of Hannah and Nell burn "Shop floor" down, 4,300 pounds a month
    Plan(
        "floor_first", "buyer", "delivered", 26,
        "85123A:96 22423:8 22720:24 84879:48 21212:72", "PO 45 1160", "yard", "van",
    ),
    Plan(
        "floor_bags", "nell", "delivered", 23,
        "85099B:100 20725:60 20727:60 22383:40", "PO 45 1163", "yard", "van",
    ),
    Plan(
        "floor_kitchen", "buyer", "delivered", 20,
        "22960:24 22961:36 22666:24 22697:24 22699:24", "PO 45 1165", "yard", "van",
    ),
    Plan(
        "paid", "buyer", "paid", 17,
        "85123A:48 85099B:60 22423:4 84879:32 21212:72", "PO 45 1168", "yard", "van",
    ),
    Plan(
        "floor_tins", "nell", "rest", 14,
        "22720:30 23245:30 22722:24 47566:20", "PO 45 1174", "yard", "van",
    ),
    Plan(
        "invoiced", "buyer", "invoiced", 11,
        "20725:60 22720:12 47566:20 22086:24 22697:12", "PO 45 1179", "yard", "van",
    ),
    Plan(
        "floor_gifts", "buyer", "partly", 9,
        "22086:48 22457:48 22727:24 84879:64 21212:144", "PO 45 1182", "yard", "van",
    ),
    Plan(
        "floor_restock", "nell", "delivered", 7,
        "85123A:120 22386:60 23203:60", "PO 45 1184", "yard", "van",
    ),
    Plan(
        "delivered", "buyer", "delivered", 5,
        "22383:40 20727:40 85099F:30 22139:6 22178:48", "PO 45 1187", "yard", "van",
    ),
    Plan(
        "confirmed", "buyer", "confirmed", 2,
        "22386:50 23203:50 22457:24 22727:8", "PO 45 1188", "leeds", "van",
    ),
    Plan(
        "waiting_budget", "buyer", "waiting", 1,
        "22086:60 22910:36 23298:25 22469:48", "PO 45 1190", "yard", "van",
    ),
    Plan(
        "refused", "buyer", "refused", 4,
        "22423:24 22720:60 23245:30", "PO 45 1185", "yard", "van",
    ),
    Plan(
        "cart", "buyer", "cart", 0,
        "85123A:48 85099B:20 22386:10 22457:12 20725:10 84879:16", "", "yard",
    ),
    # Owen may order up to 1,500 pounds; above it Marcus is asked
    Plan(
        "waiting_limit", "owen", "waiting", 1,
        "85123A:240 82482:120 22470:120 22112:80 23284:24",
        "PO 45 1191", "leeds", "van",
    ),
    Plan(
        "approved", "owen", "approved", 3,
        "20685:60 23284:60 22727:120 22112:80", "PO 45 1186", "leeds", "van",
    ),
    Plan(
        "partly", "owen", "partly", 6,
        "22697:24 22699:24 22139:9", "PO 45 1181", "leeds",
    ),
    # other parties
    # A case too many: far above the usual 6, so the order desk looks at it
    Plan("waiting_desk", "noemie_owner", "waiting", 0, "22720:144"),
    # Paid in advance: the pro-forma is out, the money is not here yet
    Plan(
        "waiting_money", "blum_owner", "waiting", 1,
        "22720:6 85099B:20 22961:12 21080:24", "CB 88",
    ),
    Plan("rival_cart", "rival", "cart", 0, "22423:6 22720:24 22138:12"),
    Plan(
        "rival_confirmed", "rival", "confirmed", 2,
        "85123A:120 22720:36 22138:24 84879:80", "KL-2026-118", "lager",
    ),
    Plan(
        "rival_waiting", "rival", "waiting", 1,
        "22720:240 22138:180 85123A:480", "KL-2026-121", "lager",
    ),
    Plan(
        "verrier_invoiced", "verrier_owner", "invoiced", 8,
        "22720:24 22423:1 47566:50 84879:64", "CV 771", "depot",
    ),
    Plan("oak_delivered", "agent", "delivered", 3, "85123A:120 85099B:200 84879:160"),
    Plan("oak_cancelled", "oak_owner", "cancelled", 7, "22727:24 22726:24"),
    Plan("blue_sent", "blue_door_owner", "sent", 2, "20725:50 22383:50 22384:50"),
    Plan(
        "noemie_confirmed", "noemie_owner", "confirmed", 1,
        "21080:48 22907:48 22086:24",
    ),
)  # fmt: skip
