from odoo import fields, models, tools

from ..rules.permissions import AGENT_NEVER

AGENT = "b2b_party.group_agent"


class ResUsers(models.Model):
    """External agents: portal users who look after parties assigned to them."""

    _inherit = "res.users"

    b2b_is_agent = fields.Boolean(
        "Agent",
        compute="_compute_b2b_is_agent",
        groups="base.group_user",
        help="An external agent who sells for us in the portal.",
    )

    def write(self, vals):
        if not vals.keys() & {"active", "group_ids", "partner_id"}:
            return super().write(vals)
        # sudo: whoever may change users need not be able to read seats.
        agents = self.sudo().filtered(lambda user: user._b2b_acts_as_agent())
        before = {user: set(user._b2b_assigned_party_ids()) for user in agents}
        result = super().write(vals)
        self.env.registry.clear_cache()
        persons = self.env["b2b.person"].sudo()
        persons = persons.search([("login_user_id", "in", self.ids)])
        parties = persons.seat_ids.filtered("is_agent").party_id
        parties._b2b_suspend_agents()
        lost = set()
        for user, had in before.items():
            has = user._b2b_assigned_party_ids() if user.active else ()
            lost |= had - set(has)
        self.env["res.partner"].browse(lost)._b2b_rotate_links()
        return result

    def _compute_b2b_is_agent(self):
        for user in self:
            user.b2b_is_agent = user._b2b_acts_as_agent()

    def _b2b_acts_as_agent(self):
        """Whether this is an agent's own login; his seats in parties are not."""
        self.ensure_one()
        return self.share and self.has_group(AGENT) and not self._b2b_seat_id()

    @tools.ormcache("self.id")
    def _b2b_assigned_party_ids(self):
        """Ids of the parties assigned to this agent or to his agency, sorted.

        Cleared with the cache of the registry whenever an assignment changes.
        """
        if not self._b2b_acts_as_agent():
            return []
        # sudo: an agent has no right on the assignment itself, but may know his own.
        contacts = self.sudo().partner_id | self.sudo().partner_id.commercial_partner_id
        parties = (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("b2b_agent_ids", "in", contacts.ids),
                    ("b2b_customer_type", "=", "trade"),
                    ("parent_id", "=", False),
                ],
                order="id",
            )
        )
        return parties.ids

    def _b2b_party_ids(self):
        if self._b2b_acts_as_agent():
            return self._b2b_assigned_party_ids()
        return super()._b2b_party_ids()

    @tools.ormcache("self.id")
    def _b2b_permissions(self):
        names = super()._b2b_permissions()
        return names - AGENT_NEVER if self._b2b_seat().is_agent else names

    @tools.ormcache("self.id")
    def _b2b_person_user_ids(self):
        """Ids of all users of the person who signed in here, this one included."""
        # sudo: a portal user has no right on persons, but may know his own users.
        persons = self.env["b2b.person"].sudo()
        person = persons.search(
            ["|", ("login_user_id", "=", self.id), ("seat_ids.user_id", "=", self.id)]
        )
        users = person.seat_ids.user_id | person.login_user_id
        return sorted({self.id, *users.ids})

    def _b2b_order_domain(self, prefix=""):
        """An agent's own login: what was submitted, and what he prepared himself."""
        domain = super()._b2b_order_domain(prefix)
        if not self._b2b_acts_as_agent():
            return domain
        mine = [(f"{prefix}b2b_orderer_id", "in", self._b2b_person_user_ids())]
        agency = [(f"{prefix}b2b_party_id", "=", self._b2b_party().id)]
        return ["|", "|", *agency, *mine, *self._b2b_submitted_domain(prefix)]

    def _b2b_invoice_domain(self):
        """Which invoices a user may see, for record rules.

        Staff and portal users without a seat are not narrowed here.
        """
        self.ensure_one()
        if not self.share or not self._b2b_seat_id() or self._b2b_can("see_invoices"):
            return [(1, "=", 1)]
        return [(0, "=", 1)]
