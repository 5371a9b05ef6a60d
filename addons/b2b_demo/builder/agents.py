"""An agency that sells for us, its agent, and one person with seats in two parties."""

from .parties import party
from .people import seat

AGENCY = {
    "name": "Northgate Agencies",
    "is_company": True,
    "street": "14 Northgate",
    "city": "Chester",
    "zip": "CH1 2HA",
    "phone": "01244 496 0118",
}
AGENT = {
    "name": "Alex Moreau",
    "email": "alex@northgate-agencies.example",
    "phone": "01244 496 0120",
}
ASSIGNED = {"agent": "oak_thistle", "agent_larkspur": "larkspur"}


def build(kit):
    _agent(kit)
    _second_seat(kit)


def _agent(kit):
    """The login belongs to the agency; it orders through a seat in each party."""
    if kit.find("user_agent"):
        return
    uk = kit.env.ref("base.uk")
    agency = kit.env["res.partner"].create({**AGENCY, "country_id": uk.id})
    kit.name(agency, ["partner_agency"])
    contact = agency.create({**AGENT, "parent_id": agency.id, "type": "contact"})
    user = contact._b2b_agent_login(login="agent")
    user.tz = "Europe/London"
    kit.name(user, ["user_agent"])
    person = kit.env["b2b.person"].search([("login_user_id", "=", user.id)])
    for key, owner in ASSIGNED.items():
        party(kit, owner).b2b_agent_ids = [(4, agency.id)]
        made = person._b2b_agent_seat(party(kit, owner))
        made.user_id.tz = "Europe/London"
        kit.name(made, [f"seat_{key}"])


def _second_seat(kit):
    """The owner of Brightwell also keeps the books of the Blue Door."""
    if kit.find("seat_owner_blue_door"):
        return
    person = seat(kit, "owner").person_id
    made = kit.env["b2b.seat"]._b2b_create_login(
        party(kit, "blue_door"),
        person.name,
        person.email,
        kit.env.ref("b2b_party.role_finance"),
    )
    if made.state != "active":
        made.state = "active"
    kit.name(made, ["seat_owner_blue_door"])
