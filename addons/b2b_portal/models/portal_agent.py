from odoo import fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain

PARTIES_PER_PAGE = 50
#: Tag of a party's state on the agent's list: word is translated where it is shown.
TONES = {"active": "ok", "pending": "info", "blocked": "bad", "rejected": "bad"}


class B2bPortalAgent(models.AbstractModel):
    """An external agent's own pages: his parties and what he ordered for them."""

    _name = "b2b.portal.agent"
    _description = "Pages of external agents"

    # -- who ---------------------------------------------------------------------

    def _b2b_agent_person(self):
        """The agent who is signed in, with all rights; empty for everybody else.

        Signed in with the own login, or acting for a party by an agent's seat.
        """
        # sudo: portal users read no persons; only the own one is looked for.
        persons = self.env["b2b.person"].sudo()
        user = self.env.user
        seat = user._b2b_seat()
        person = persons.browse()
        if seat.is_agent:
            person = seat.person_id
        elif not seat and user._b2b_acts_as_agent():
            person = persons.search([("login_user_id", "=", user.id)], limit=1)
        login = person.login_user_id
        return (
            person if login.active and login._b2b_acts_as_agent() else person.browse()
        )

    def _b2b_agent_party(self, person, party_id):
        """An assigned party by the id a browser sent.

        :raise MissingError: for none and one that is not assigned, in the same words
        """
        text = str(party_id)
        wanted = int(text) if text.isdecimal() and len(text) < 11 else 0
        if wanted not in person.login_user_id._b2b_assigned_party_ids():
            raise MissingError(self.env._("There is no such party."))
        return person.env["res.partner"].browse(wanted)

    # -- the list of parties -----------------------------------------------------

    def _b2b_agent_domain(self, person, search=""):
        """Assigned parties whose name, town or our number holds the words."""
        ids = person.login_user_id._b2b_assigned_party_ids()
        domain = Domain("id", "in", ids)
        text = (search or "").strip()
        if text:
            pattern = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
            domain &= Domain.OR(
                Domain(name, "ilike", pattern) for name in ("name", "city", "ref")
            )
        return domain

    def _b2b_agent_parties(self, person, search="", page=1):
        """One dict per assigned party, in the order of the names."""
        parties = person.env["res.partner"].search_fetch(
            self._b2b_agent_domain(person, search),
            ["name", "city", "zip", "b2b_state"],
            order="name, id",
            limit=PARTIES_PER_PAGE,
            offset=(page - 1) * PARTIES_PER_PAGE,
        )
        last, waiting = self._b2b_agent_figures(person, parties)
        carts = self._b2b_agent_carts(person, parties)
        words = self._b2b_agent_states()
        return [
            {
                "party": party,
                "last": last.get(party.id),
                "waiting": waiting.get(party.id, 0),
                "carts": carts.get(party.id),
                "state": words[party.b2b_state],
                "tone": TONES[party.b2b_state],
                "may_order": party.b2b_state == "active",
                "may_look": party.b2b_state in ("active", "blocked"),
            }
            for party in parties
        ]

    def _b2b_agent_states(self):
        _ = self.env._
        return {
            "active": _("active"),
            "pending": _("being checked"),
            "blocked": _("blocked"),
            "rejected": _("closed"),
        }

    def _b2b_agent_figures(self, person, parties):
        """``({party id: day of the last order}, {party id: number that waits})``."""
        orders = person.env["sale.order"]
        seen = self._b2b_agent_orders_domain(person) & Domain(
            "b2b_party_id", "in", parties.ids
        )
        last = {
            party.id: fields.Datetime.context_timestamp(self, moment)
            for party, moment in orders._read_group(
                seen & Domain("state", "=", "sale"),
                ["b2b_party_id"],
                ["date_order:max"],
            )
        }
        waits = Domain("b2b_submit_state", "in", ("queued", "waiting"))
        waiting = orders._read_group(
            seen & waits & Domain("state", "=", "draft"), ["b2b_party_id"], ["__count"]
        )
        return last, {party.id: count for party, count in waiting}

    def _b2b_agent_carts(self, person, parties):
        """``{party id: carts}`` of the agent that hold something, current first."""
        carts = person.env["sale.order"].search_fetch(
            [
                ("b2b_is_cart", "=", True),
                ("b2b_cart_deleted_at", "=", False),
                ("state", "=", "draft"),
                ("b2b_seat_id.person_id", "=", person.id),
                ("b2b_party_id", "in", parties.ids),
                ("company_id", "=", self.env.company.id),
                ("order_line.product_id", "!=", False),
            ],
            ["b2b_party_id", "amount_untaxed", "currency_id"],
            order="b2b_cart_chosen_at desc nulls last, id",
        )
        return {party.id: own for party, own in carts.grouped("b2b_party_id").items()}

    # -- orders of all of them ---------------------------------------------------

    def _b2b_agent_orders_domain(self, person):
        """Submitted orders of the assigned parties that the agent may see."""
        login = person.login_user_id
        return (
            Domain(login._b2b_order_domain())
            & Domain("b2b_party_id", "in", login._b2b_assigned_party_ids())
            & Domain("company_id", "=", self.env.company.id)
            & Domain("b2b_is_cart", "=", False)
            & (Domain("state", "=", "sale") | Domain("b2b_submitted_at", "!=", False))
        )

    def _b2b_agent_order(self, person, order_id):
        """One of these orders by id, or none."""
        return person.env["sale.order"].search(
            self._b2b_agent_orders_domain(person) & Domain("id", "=", order_id)
        )
