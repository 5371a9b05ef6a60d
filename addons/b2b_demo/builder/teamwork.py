"""What companies do themselves: invite, suspend, limit, ask for access."""

from .parties import PARTIES, party
from .people import seat

# name, e-mail, company, VAT number, phone
REQUESTS = {
    "request_pottery": (
        "Nora Finch", "nora@finchpottery.example", "Finch Pottery", "", "",
    ),
    "request_lindner": (
        "Karl Lindner", "k.lindner@kaufhaus-lindner.example", "Kaufhaus Lindner",
        "DE302529510", "+49 221 4710 552",
    ),
}  # fmt: skip
PEOPLE = """Petra Kern; p.kern@kaufhaus-lindner.example; Buyer
Milo Jansen; m.jansen@kaufhaus-lindner.example; Viewer
Ida Roth; i.roth@kaufhaus-lindner; Buyer"""


def build(kit):
    _leeds(kit)
    _invitations(kit)
    _list(kit)
    _requests(kit)


def _leeds(kit):
    """An own role for one shop, its buyer with a limit of his own and suspended."""
    owner = party(kit, "brightwell")
    role = kit.find("role_buyer_leeds")
    if not role:
        role = kit.get("role_buyer_brightwell").copy(
            {"name": "Buyer, Leeds", "party_id": owner.id, "order_limit": 500.0}
        )
        kit.name(role, ["role_buyer_leeds"])
    if kit.find("seat_rob"):
        return
    rob = kit.env["b2b.seat"]._b2b_create_login(
        owner, "Rob Barnes", f"r.barnes@{PARTIES['brightwell'][10]}", role
    )
    rob.write(
        {
            "supervisor_id": seat(kit, "approver").id,
            "order_limit": 400.0,
            "limit_currency_id": kit.env.ref("base.GBP").id,
        }
    )
    rob.action_suspend()
    kit.name(rob, ["seat_rob"])


def _invitations(kit):
    """A new colleague, and somebody who signs in for another company already."""
    before = kit.env["mail.mail"].search([])
    people = (
        ("seat_jess", "brightwell", "Jess Lowe", "j.lowe", "brightwell", "viewer"),
        (
            "seat_tom_oak",
            "oak_thistle",
            "Tom Okafor",
            "t.okafor",
            "brightwell",
            "viewer",
        ),
    )
    for key, owner, name, mail, domain, role in people:
        if not kit.find(key):
            made = kit.env["b2b.seat"]._b2b_invite(
                party(kit, owner),
                name,
                f"{mail}@{PARTIES[domain][10]}",
                kit.env.ref(f"b2b_party.role_{role}"),
            )
            made.invited_at = kit.moment(2, 11)
            kit.name(made, [key])
    # nobody gets mail from a demo
    (kit.env["mail.mail"].search([]) - before).unlink()


def _list(kit):
    """A list of people that is read and not sent yet; one row is to be mended."""
    batch = kit.record(
        "invitations_lindner",
        "b2b.invitation.batch",
        {
            "party_id": party(kit, "lindner").id,
            "role_id": kit.env.ref("b2b_party.role_buyer").id,
            "source": PEOPLE,
        },
    )
    if batch.source:
        batch.action_read()


def _requests(kit):
    for key, (name, email, company, vat, phone) in REQUESTS.items():
        values = {
            "name": name,
            "email": email,
            "company_name": company,
            "vat": vat,
            "phone": phone,
            "consent_at": kit.moment(1, 15, 20),
        }
        kit.record(key, "b2b.access.request", values)
