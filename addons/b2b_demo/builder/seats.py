"""Seats in every state, a role of a party's own, and a company that asks for access."""

from .parties import PARTIES, party
from .people import seat


def build(kit):
    _own_role(kit)
    _suspended(kit)
    _invited(kit)
    _two_seats(kit)
    _request(kit)


def _own_role(kit):
    """Brightwell's people in Leeds order less, and to their shop only."""
    if kit.find("role_buyer_leeds"):
        return
    owner = party(kit, "brightwell")
    role = kit.get("role_buyer_brightwell")._b2b_copy_for(owner, "Buyer, Leeds")
    role.write({"order_limit": 500.0, "request_quotes": False})
    kit.name(role, ["role_buyer_leeds"])


def _suspended(kit):
    """Rob left the Leeds shop in October."""
    if kit.find("seat_rob"):
        return
    owner = party(kit, "brightwell")
    leeds = kit.get("address_brightwell_leeds")
    made = kit.env["b2b.seat"]._b2b_create_login(
        owner,
        "Rob Barnes",
        f"r.barnes@{PARTIES['brightwell'][10]}",
        kit.get("role_buyer_leeds"),
    )
    made.write(
        {
            "supervisor_id": seat(kit, "approver").id,
            "default_delivery_id": leeds.id,
            "allowed_address_ids": [(6, 0, leeds.ids)],
        }
    )
    made.action_suspend()
    kit.name(made, ["seat_rob"])


def _invited(kit):
    """Somebody new who has not chosen a password yet."""
    if kit.find("seat_ines"):
        return
    owner = party(kit, "brightwell")
    mails = kit.env["mail.mail"]
    before = mails.search([])
    made = kit.env["b2b.seat"]._b2b_invite(
        owner,
        "Ines Abbott",
        f"i.abbott@{PARTIES['brightwell'][10]}",
        kit.env.ref("b2b_party.role_viewer"),
        supervisor_id=seat(kit, "approver").id,
        invited_at=kit.moment(3),
        invited_by_id=kit.get("user_owner").id,
    )
    # The demo business mails nobody.
    (mails.search([]) - before).unlink()
    kit.name(made, ["seat_ines"])


def _two_seats(kit):
    """Amy of the Blue Door also buys for Larkspur Gifts: she switches."""
    if kit.find("seat_amy_larkspur"):
        return
    made = kit.env["b2b.seat"]._b2b_create_login(
        party(kit, "larkspur"),
        "Amy Porter",
        seat(kit, "blue_door_owner").person_id.email,
        kit.env.ref("b2b_party.role_buyer"),
    )
    # A limit that is hers alone; her role has none.
    made.write({"order_limit": 800.0, "limit_currency_id": kit.env.ref("base.GBP").id})
    kit.name(made, ["seat_amy_larkspur"])


def _request(kit):
    """A shop that asked on the public page and waits for an answer."""
    if kit.find("request_hillside"):
        return
    request = kit.env["b2b.access.request"]._b2b_submit_request(
        {
            "company": "Hillside Gifts & Cards Ltd",
            "name": "Nora Hill",
            "email": "nora@hillside-gifts.example",
            "phone": "01632 960 733",
            "vat": "",
            "consent": "1",
        }
    )
    kit.name(request, ["request_hillside"])
