from odoo import api, fields, models
from odoo.exceptions import UserError

AGENT = "b2b_party.group_agent"
STAFF = "base.group_user"
ASSIGNING = {"b2b_agent_ids", "b2b_agent_party_ids"}
# What else can end an assignment: the agent leaves the agency, the party goes.
ENDING = {"parent_id", "is_company", "active", "b2b_customer_type"}


class ResPartner(models.Model):
    """Agencies and agents, and the parties that are assigned to them."""

    _inherit = "res.partner"

    b2b_agent_party_ids = fields.Many2many(
        "res.partner",
        "b2b_partner_agent_rel",
        "agent_id",
        "partner_id",
        "Assigned parties",
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        groups=STAFF,
        help="The parties this agent or agency looks after for us.",
    )
    b2b_agent_all_party_ids = fields.Many2many(
        "res.partner",
        string="Looks after",
        compute="_compute_b2b_agent_all_party_ids",
        groups=STAFF,
        help="Assigned to this agent or to his agency.",
    )
    b2b_is_agent = fields.Boolean(
        "Agent",
        compute="_compute_b2b_is_agent",
        compute_sudo=True,
        groups=STAFF,
        help="Has an agent's login for the portal.",
    )

    @api.depends("user_ids.group_ids")
    def _compute_b2b_is_agent(self):
        for partner in self:
            partner.b2b_is_agent = any(
                user._b2b_acts_as_agent() for user in partner.user_ids
            )

    @api.depends("b2b_agent_party_ids", "commercial_partner_id.b2b_agent_party_ids")
    def _compute_b2b_agent_all_party_ids(self):
        for partner in self:
            agency = partner.commercial_partner_id
            parties = partner.b2b_agent_party_ids | agency.b2b_agent_party_ids
            partner.b2b_agent_all_party_ids = parties

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if any(
            vals.get("b2b_agent_ids") or vals.get("b2b_agent_party_ids")
            for vals in vals_list
        ):
            # Record rules read the assigned parties of an agent, which are cached.
            self.env.registry.clear_cache()
        return partners

    def write(self, vals):
        if not vals.keys() & (ASSIGNING | ENDING):
            return super().write(vals)
        # sudo: whoever may assign agents need not be able to read seats.
        before = self.sudo()._b2b_agent_logins_by_party()
        result = super().write(vals)
        if before or vals.keys() & ASSIGNING:
            self.env.registry.clear_cache()
            self.union(*before).sudo()._b2b_suspend_agents()
            self._b2b_end_agents(before)
        return result

    def unlink(self):
        before = self.sudo()._b2b_agent_logins_by_party()
        result = super().unlink()
        if before:
            self.env.registry.clear_cache()
            self._b2b_end_agents(before)
        return result

    def _b2b_agent_logins_by_party(self):
        """Who acts for which party by these partners: parties, agencies or agents.

        :return: ``{party: res.users}`` of agents' logins
        """
        agencies = self | self.b2b_agent_ids | self.commercial_partner_id
        people = self.with_context(active_test=False).search(
            [
                ("id", "child_of", agencies.ids),
                ("user_ids.group_ids", "in", self.env.ref(AGENT).ids),
            ]
        )
        found = {}
        for user in people.user_ids.filtered("active"):
            for party in self.browse(user._b2b_assigned_party_ids()):
                found[party] = found.get(party, user.browse()) | user
        return found

    @api.model
    def _b2b_end_agents(self, before):
        """Take away the keys to documents of parties that an agent lost.

        An agent opens orders of his parties by his own login, without any seat.

        :param dict before: of :meth:`_b2b_agent_logins_by_party`, before the change
        """
        lost = self.sudo().browse(
            party.id
            for party, users in before.items()
            if any(party.id not in user._b2b_assigned_party_ids() for user in users)
        )
        lost.exists()._b2b_rotate_links()

    def _b2b_suspend_agents(self):
        """Agents' seats in these parties end with the assignment, sessions included."""
        seats = self.env["b2b.seat"].search(
            [
                ("party_id", "in", self.ids),
                ("is_agent", "=", True),
                ("state", "!=", "suspended"),
            ]
        )
        gone = seats.filtered(lambda s: not s.person_id._b2b_is_agent_of(s.party_id))
        if gone:
            gone.action_suspend()

    def action_b2b_make_agent(self):
        """Give this contact an agent's login for the portal and mail the invitation."""
        self.ensure_one()
        self.check_access("write")
        self.env["b2b.person"].check_access("create")
        if not self.email:
            raise UserError(
                self.env._("Enter the e-mail address of %s first.", self.name)
            )
        if self.user_ids.filtered(lambda user: user._is_internal()):
            raise UserError(
                self.env._(
                    "%s works for us and cannot be an external agent.", self.name
                )
            )
        # sudo: making a portal user needs rights that sales staff do not have; the
        # rights on contact and persons were checked above and the groups are fixed.
        user = self.sudo()._b2b_agent_login()
        user.action_reset_password()
        return True

    def _b2b_agent_login(self, login=None, password=None):
        """The agent's own portal user and person, made when there is none.

        Nobody takes over an existing user: an equal e-mail of another person is
        refused.

        :param str login: the e-mail address by default
        :param str password: none by default; the invitation lets the agent choose
        :return: res.users
        """
        self.ensure_one()
        people = self.env["b2b.person"]
        user = self.user_ids[:1]
        person = people._b2b_find_or_create(self.name, self.email)
        if person.login_user_id and person.login_user_id != user:
            raise UserError(
                self.env._(
                    "%(email)s already signs in as %(name)s; an agent needs an e-mail "
                    "address of his own.",
                    email=self.email,
                    name=person.name,
                )
            )
        if not user:
            values = {"partner_id": self.id, "login": login or self.email}
            if password:
                values["password"] = password
            values["group_ids"] = [(6, 0, [self.env.ref("base.group_portal").id])]
            users = self.env["res.users"].with_context(no_reset_password=True)
            user = users.create(values)
        user.group_ids = [(4, self.env.ref(AGENT).id)]
        person.login_user_id = user
        return user
