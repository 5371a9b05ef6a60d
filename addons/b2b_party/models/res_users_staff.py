from odoo import fields, models

from ..rules import own_parties, staff_rights

SEES_ALL = ("b2b_party.group_sales_manager", "b2b_party.group_administrator")


class ResUsers(models.Model):
    """Staff who see and change only the parties they look after."""

    _inherit = "res.users"

    b2b_own_parties_only = fields.Boolean(
        "Own parties only",
        groups="base.group_user",
        help="Sees and changes only parties where this user is a rep or the "
        "salesperson, or stands in for such a colleague today, with their orders, "
        "invoices, deliveries, budgets and points. Sales managers see all.",
    )

    def _b2b_is_narrowed(self):
        """Whether this user sees own parties only."""
        self.ensure_one()
        user = self.sudo()
        if not user.b2b_own_parties_only or user.share:
            return False
        return not any(user.has_group(group) for group in SEES_ALL)

    def _b2b_own_domain(self, path, without=False):
        """What this user sees of records that belong to parties, for global rules.

        :param str path: leads from the record to the party
        :param bool without: records without a party show too
        """
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        domain = own_parties.looked_after(path, self._b2b_rep_user_ids())
        return own_parties.or_without(path, domain) if without else domain

    def _b2b_own_log_domain(self):
        """Lines of the log about own parties and about what serves all parties.

        What is about a person has no party either, but is not for everybody.
        """
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        general = ["&", ("party_id", "=", False), ("model", "!=", "b2b.person")]
        return ["|", *general, *self._b2b_own_domain("party_id")]

    def _b2b_own_extra(self, path):
        """For rules of a group, which only add: a narrowed rep sees every record of
        his parties, also those of another salesperson; others get nothing here."""
        if not self._b2b_is_narrowed():
            return own_parties.NOTHING
        return own_parties.looked_after(path, self._b2b_rep_user_ids())

    def _b2b_own_partner_domain(self):
        """What this user sees of partners."""
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        reps = self._b2b_rep_user_ids()
        return own_parties.visible_partners(self.partner_id.id, reps)

    def _b2b_own_named_domain(self, *paths):
        """Records that name partners, for rules: none that this user does not see.

        What is addressed to himself stays.

        :param paths: fields of the record; who is meant, then who else is named
        """
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        partner, reps = self.partner_id.id, self._b2b_rep_user_ids()
        domain = []
        for path in paths:
            seen = own_parties.visible_partners(partner, reps, path)
            domain += ["|", (path, "=", False), *seen]
        mine = (paths[0], "=", partner)
        return ["|", mine, *["&"] * (len(paths) - 1), *domain]

    def _b2b_own_user_domain(self):
        """Colleagues, and the portal users of own parties."""
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        domain = self._b2b_own_domain("partner_id.commercial_partner_id")
        return ["|", ("share", "=", False), *domain]

    def _b2b_own_person_domain(self):
        """Persons with a seat in an own party, and external agents."""
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        agents = ("login_user_id.partner_id.b2b_agent_party_ids", "!=", False)
        return ["|", agents, *self._b2b_own_domain("seat_ids.party_id")]

    def _b2b_own_member_domain(self):
        """Members of party groups: own parties, their addresses and seats."""
        if not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        partners = self._b2b_own_domain("partner_id.commercial_partner_id")
        return ["|", *partners, *self._b2b_own_domain("seat_id.party_id")]

    def _b2b_bank_domain(self, writing=False):
        """Bank accounts: those of our companies, all others by job role.

        People without a B2B job role keep what Odoo gives them; credit controllers
        keep accounts, others see those of our own companies, which stand on invoices.
        """
        held = self._b2b_held()
        keeps = not held or staff_rights.BANK_KEEPERS & held
        if keeps and not self._b2b_is_narrowed():
            return own_parties.EVERYTHING
        if writing and not keeps:
            return own_parties.NOTHING
        ours = [("partner_id.ref_company_ids", "!=", False)]
        if not keeps:
            return ours
        return ["|", *ours, *self._b2b_own_domain("partner_id.commercial_partner_id")]

    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {"b2b_own_parties_only"}
