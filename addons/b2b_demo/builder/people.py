"""Our staff and the people of the parties, with the logins of the demo."""

from .parties import PARTIES, party

# login: name, phone, staff groups
STAFF = {
    "manager": ("Dana Wolfe", "020 7946 0810", ("sales_manager", "order_desk")),
    "rep": ("Eleanor Grant", "020 7946 0821", ("rep",)),
    "credit": ("Grace Okoye", "020 7946 0833", ("credit",)),
    "pricing": ("Ben Hartley", "020 7946 0847", ("pricing", "loyalty")),
}

# parties that the rep looks after; the manager has the others
OF_REP = ("brightwell", "lindner", "oak_thistle", "larkspur", "blue_door")

# key: party, name, e-mail, role, login (none: signs in by nobody), supervisor
SEATS = {
    "owner": ("brightwell", "Priya Brightwell", "priya", "administrator", "owner", ""),
    "approver": (
        "brightwell", "Marcus Feld", "m.feld", "approver_brightwell", "approver",
        "owner",
    ),
    "buyer": (
        "brightwell", "Hannah Dale", "h.dale", "buyer_brightwell", "buyer", "approver",
    ),
    "finance": ("brightwell", "Tom Okafor", "t.okafor", "finance", "finance", "owner"),
    "owen": (
        "brightwell", "Owen Clarke", "o.clarke", "buyer_brightwell", "", "approver",
    ),
    "nell": (
        "brightwell", "Nell Hart", "n.hart", "buyer_brightwell", "", "approver",
    ),
    "lindner_owner": ("lindner", "Uwe Lindner", "u.lindner", "administrator", "", ""),
    "rival": (
        "lindner", "Jana Lindner", "j.lindner", "buyer", "rival", "lindner_owner",
    ),
    "verrier_owner": ("verrier", "Claire Verrier", "claire", "administrator", "", ""),
    "oak_owner": ("oak_thistle", "Fiona Reid", "fiona", "administrator", "", ""),
    "larkspur_owner": ("larkspur", "Neil Lark", "neil", "administrator", "", ""),
    "blue_door_owner": ("blue_door", "Amy Porter", "amy", "administrator", "", ""),
    "blum_owner": ("blum", "Marta Blum", "marta", "administrator", "", ""),
    "noemie_owner": ("noemie", "Noémie Girard", "noemie", "administrator", "", ""),
}  # fmt: skip


def seat(kit, key):
    return kit.get(f"seat_{key}")


def build(kit):
    _staff(kit)
    _reps(kit)
    _roles(kit)
    _seats(kit)


def _staff(kit):
    users = kit.env["res.users"]
    for login, (name, phone, groups) in STAFF.items():
        if kit.find(f"user_{login}"):
            continue
        roles = [kit.env.ref(f"b2b_party.group_{group}").id for group in groups]
        user = users.create(
            {
                "name": name,
                "login": login,
                "email": f"{login}@finch-harbour.example",
                "tz": "Europe/London",
                "company_id": kit.company.id,
                "company_ids": [(6, 0, kit.company.ids)],
                "group_ids": [(4, role) for role in roles],
            }
        )
        user.partner_id.phone = phone
        kit.name(user, [f"user_{login}"])
    # The rep looks after the parties below and sees no others.
    kit.get("user_rep").b2b_own_parties_only = True
    kit.env.ref("base.user_admin").tz = "Europe/London"


def _reps(kit):
    for key in PARTIES:
        owner = party(kit, key)
        user = kit.get("user_rep" if key in OF_REP else "user_manager")
        if not owner.b2b_rep_ids:
            owner.write({"b2b_rep_ids": [(6, 0, user.ids)], "user_id": user.id})


def _roles(kit):
    """Brightwell's own copies of two standard roles, with amounts."""
    owner = party(kit, "brightwell")
    for name, standard, values in (
        # Hannah may also take back what has not come, and use the company's points;
        # the standard role may not.
        (
            "role_buyer_brightwell",
            "role_buyer",
            {"order_limit": 1500.0, "change_orders": True, "use_points": True},
        ),
        ("role_approver_brightwell", "role_approver", {"approve_limit": 2000.0}),
    ):
        if not kit.find(name):
            role = kit.env.ref(f"b2b_party.{standard}")
            own = {"name": role.name, "party_id": owner.id, **values}
            own["currency_id"] = kit.env.ref("base.GBP").id
            kit.name(role.copy(own), [name])


def _role(kit, name):
    own = kit.find(f"role_{name}")
    return own or kit.env.ref(f"b2b_party.role_{name}")


def _seats(kit):
    for key, (owner, name, mail, role, login, boss) in SEATS.items():
        if kit.find(f"seat_{key}"):
            continue
        made = kit.env["b2b.seat"]._b2b_create_login(
            party(kit, owner),
            name,
            f"{mail}@{PARTIES[owner][10]}",
            _role(kit, role),
            login=login or None,
        )
        if boss:
            made.supervisor_id = seat(kit, boss)
        made.user_id.tz = party(kit, owner).tz
        kit.name(made, [f"seat_{key}"])
        kit.name(made.user_id, [f"user_{login or key}"])
