from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class PartyGroup(models.Model):
    """Parties, addresses and seats that belong together: one setting serves all.

    Whoever accepts a party group asks :meth:`_b2b_covers` and reads nothing else.
    """

    _name = "b2b.party.group"
    _description = "B2B Party Group"
    _order = "name"
    _check_company_auto = True

    name = fields.Char(
        required=True, translate=True, help="As your team calls these parties together."
    )
    code = fields.Char(help="Short code in your ERP; unique in a company.")
    kind = fields.Selection(
        [("holding", "Holding"), ("buying", "Buying group"), ("other", "Other")],
        required=True,
        default="holding",
        help="Why they belong together: they have one owner, or they buy together.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        domain="[('share', '=', False)]",
        help="Our colleague who looks after the group as a whole.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty to share the group between your companies.",
    )
    note = fields.Text(help="For your team: contracts, who decides, what was agreed.")
    active = fields.Boolean(
        default=True, help="An archived group covers nobody any more."
    )
    member_ids = fields.One2many(
        "b2b.party.group.member",
        "group_id",
        "Members",
        copy=False,
        help="All members with their dates, former ones included.",
    )
    party_member_ids = fields.One2many(
        "b2b.party.group.member",
        "group_id",
        "Parties",
        domain=[("kind", "=", "party")],
        copy=False,
        help="A party belongs with all of its addresses and seats.",
    )
    address_member_ids = fields.One2many(
        "b2b.party.group.member",
        "group_id",
        "Addresses",
        domain=[("kind", "=", "address")],
        copy=False,
        help="Single addresses, with the delivery points below them.",
    )
    seat_member_ids = fields.One2many(
        "b2b.party.group.member",
        "group_id",
        "Seats",
        domain=[("kind", "=", "seat")],
        copy=False,
        help="Single people of parties that do not belong as a whole.",
    )
    party_count = fields.Integer(
        "Parties today", compute="_compute_counts", help="Parties that belong today."
    )
    member_count = fields.Integer(
        "Members today",
        compute="_compute_counts",
        help="Parties, addresses and seats that belong today.",
    )

    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), lower(code)) WHERE code IS NOT NULL",
        "There is already a party group with this code.",
    )

    @api.depends("member_ids.kind", "member_ids.date_from", "member_ids.date_to")
    def _compute_counts(self):
        rows = self.env["b2b.party.group.member"]._read_group(
            Domain("group_id", "in", self.ids) & self._b2b_valid_domain(),
            ["group_id", "kind"],
            ["__count"],
        )
        for group in self:
            own = {kind: count for found, kind, count in rows if found == group._origin}
            group.party_count = own.get("party", 0)
            group.member_count = sum(own.values())

    # -- what others ask -------------------------------------------------------

    @api.model
    def _b2b_valid_domain(self, on=None):
        """Memberships that are valid on a day; today by default."""
        on = on or fields.Date.context_today(self)
        return (Domain("date_from", "=", False) | Domain("date_from", "<=", on)) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", on)
        )

    def _b2b_covers(self, party=None, address=None, seat=None, on=None):
        """Which of these groups cover a party, an address or a seat.

        A party covers its addresses and seats; an address the points below it. What
        is archived or suspended is covered by nothing.

        :param party: res.partner
        :param address: res.partner, with its party
        :param seat: b2b.seat, with its party
        :param on: a day; today by default
        :return: b2b.party.group, those of ``self`` that cover one of them
        """
        partners = self._b2b_lineage(party) | self._b2b_lineage(address)
        # sudo: who belongs is decided for the caller, its parts stay hidden.
        seat = (seat or self.env["b2b.seat"]).sudo()
        seat = seat.filtered(lambda s: s.active and s.state != "suspended")
        partners |= seat.party_id.filtered("active")
        if not self or not (partners or seat):
            return self.browse()
        domain = (
            Domain("group_id", "in", self.ids)
            & Domain("group_id.active", "=", True)
            & (
                Domain("partner_id", "in", partners.ids)
                | Domain("seat_id", "in", seat.ids)
            )
            & self._b2b_valid_domain(on)
        )
        found = self.env["b2b.party.group.member"].sudo().search(domain).group_id
        return self & found.with_env(self.env)

    @api.model
    def _b2b_lineage(self, partner):
        """An address, the addresses above it and the party; nothing if archived."""
        chain = self.env["res.partner"]
        partner = (partner or chain).sudo()
        while partner:
            if not partner.active:
                return self.env["res.partner"]
            chain |= partner
            if partner == partner.commercial_partner_id:
                break
            partner = partner.parent_id
        return chain.sudo()

    # -- the groups of a party, stored -----------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._b2b_refresh_partners()
        return result

    def unlink(self):
        self.member_ids.unlink()
        return super().unlink()

    @api.model
    def _b2b_refresh_partners(self):
        """Write which groups each partner belongs to today; only differences.

        The nightly job calls it, as do all changes of members.
        """
        self.env.flush_all()
        valid = SQL(
            """SELECT DISTINCT m.partner_id, m.group_id
                 FROM b2b_party_group_member m
                 JOIN b2b_party_group g ON g.id = m.group_id AND g.active
                WHERE m.partner_id IS NOT NULL
                  AND COALESCE(m.date_from, '-infinity') <= %(today)s
                  AND COALESCE(m.date_to, 'infinity') >= %(today)s""",
            today=fields.Date.context_today(self),
        )
        self.env.cr.execute(
            SQL(
                """DELETE FROM b2b_partner_party_group_rel rel
                    WHERE NOT EXISTS (
                          SELECT FROM (%s) valid
                           WHERE valid.partner_id = rel.partner_id
                             AND valid.group_id = rel.group_id)""",
                valid,
            )
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO b2b_partner_party_group_rel (partner_id, group_id)
                   SELECT partner_id, group_id FROM (%s) valid
                       ON CONFLICT DO NOTHING""",
                valid,
            )
        )
        self.env["res.partner"].invalidate_model(["b2b_party_group_ids"])

    def action_open_parties(self):
        """Open the parties that belong to this group today."""
        self.ensure_one()
        self.check_access("read")
        return self.env["res.partner"]._b2b_open_parties(
            self.env._("Parties of %s", self.name),
            [("b2b_party_group_ids", "in", self.ids), ("parent_id", "=", False)],
        )
