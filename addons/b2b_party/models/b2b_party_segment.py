from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules.segment import ALL, reasons

RELATION = "b2b_partner_segment_rel"


class PartySegment(models.Model):
    """Parties that have something in common, found by conditions over stored facts.

    Who is in it is written down every night, or on demand, by one statement: lists,
    prices and rules read the result and compute nothing.
    """

    _name = "b2b.party.segment"
    _description = "B2B Party Segment"
    _order = "sequence, name, id"

    name = fields.Char(
        required=True, translate=True, help="As your team calls these parties."
    )
    sequence = fields.Integer(default=10, help="Order in lists.")
    description = fields.Text(translate=True, help="What the segment is for.")
    active = fields.Boolean(
        default=True, help="Nobody is in an archived segment any more."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Only parties of this company and shared ones. Empty: all parties.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        help="Currency of the amounts in conditions: that of the company.",
    )
    match = fields.Selection(
        [("all", "all of these conditions"), ("any", "one of these conditions")],
        "Parties that fulfil",
        required=True,
        default="all",
        help="Whether every condition is demanded, or one suffices.",
    )
    condition_ids = fields.One2many(
        "b2b.party.segment.condition",
        "segment_id",
        "Conditions",
        copy=True,
        help="Without any condition nobody is in the segment.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        RELATION,
        "segment_id",
        "partner_id",
        "Parties",
        readonly=True,
        copy=False,
        help="Who is in the segment since the last refresh.",
    )
    # Stored: counting with the rules for partners takes a second at 100,000 parties.
    party_count = fields.Integer(
        "Number of parties",
        readonly=True,
        copy=False,
        help="Parties in the segment since the last refresh.",
    )
    preview_count = fields.Integer(
        "Would be in",
        compute="_compute_preview",
        help="Parties that fulfil the conditions as they stand now, by the figures "
        "of the last refresh.",
    )
    preview_names = fields.Char(
        "For instance", compute="_compute_preview", help="Some of these parties."
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        default = self.env["res.partner"]._b2b_figures_company().currency_id
        for segment in self:
            segment.currency_id = segment.company_id.currency_id or default

    @api.depends("company_id", "match", "condition_ids")
    def _compute_preview(self):
        """Who would be in it; also for conditions that are not saved yet."""
        parties = self.env["res.partner"]
        for segment in self:
            domain = segment._b2b_domain()
            segment.preview_count = parties.search_count(domain)
            some = parties.search_fetch(
                domain, ["name"], limit=5, order="b2b_turnover_12m desc nulls last, id"
            )
            names = ", ".join(some.mapped("name"))
            more = segment.preview_count > len(some)
            segment.preview_names = f"{names} …" if more else names

    # -- who is in it ----------------------------------------------------------

    def _b2b_domain(self):
        """The trade parties that fulfil the conditions, as a domain."""
        self.ensure_one()
        today = self._b2b_today()
        found = {}
        for number, condition in enumerate(self.condition_ids):
            block = condition.block or number
            found.setdefault(block, []).append(condition._b2b_domain(today))
        if not found:
            return Domain.FALSE
        outer, inner = Domain.AND, Domain.OR
        if self.match != ALL:
            outer, inner = inner, outer
        return self._b2b_candidates() & outer(map(inner, found.values()))

    def _b2b_candidates(self):
        """Trade parties: companies, not their contacts; archived ones are none."""
        domain = Domain("b2b_customer_type", "=", "trade") & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = %s",
                SQL.identifier(alias, "commercial_partner_id"),
                SQL.identifier(alias, "id"),
            ),
            predicate=lambda partner: partner.commercial_partner_id == partner,
        )
        if self.company_id:
            domain &= Domain("company_id", "in", [False, self.company_id.id])
        return domain

    @api.model
    def _b2b_today(self):
        """Figures count whole days of UTC, as the dates of orders are stored."""
        return fields.Date.today()

    def _b2b_refresh(self):
        """Write down who is in these segments; only differences are written.

        :return: ``(added, removed)`` over all of them
        """
        added = removed = 0
        self.env.flush_all()
        # sudo: a segment holds all of its parties, whoever may see them.
        parties = self.env["res.partner"].sudo().with_context(active_test=True)
        for segment in self:
            domain = segment._b2b_domain() if segment.active else Domain.FALSE
            wanted = parties._search(domain, order="id").select()
            removed += segment._b2b_remove_all_but(wanted)
            added += segment._b2b_add(wanted)
            segment._b2b_count()
        self.invalidate_model(["partner_ids"])
        self.env["res.partner"].invalidate_model(["b2b_segment_ids"])
        return added, removed

    def _b2b_remove_all_but(self, wanted):
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM b2b_partner_segment_rel rel
                 WHERE rel.segment_id = %s
                   AND rel.partner_id NOT IN (%s)
                """,
                self.id,
                wanted,
            )
        )
        return self.env.cr.rowcount

    def _b2b_add(self, wanted):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO b2b_partner_segment_rel (segment_id, partner_id)
                SELECT %s, wanted.id
                  FROM (%s) wanted
                    ON CONFLICT DO NOTHING
                """,
                self.id,
                wanted,
            )
        )
        return self.env.cr.rowcount

    def _b2b_count(self):
        self.env.cr.execute(
            "SELECT COUNT(*) FROM b2b_partner_segment_rel WHERE segment_id = %s",
            [self.id],
        )
        (count,) = self.env.cr.fetchone()
        if self.party_count != count:
            # sudo: the count belongs to the system.
            self.sudo().party_count = count

    # -- why somebody is in it -------------------------------------------------

    def _b2b_reasons(self, party):
        """Why a party is in this segment, in words; empty if it no longer is.

        :param party: res.partner that the caller may read
        """
        self.ensure_one()
        today = self._b2b_today()
        conditions = list(self.condition_ids)
        rules = {condition._b2b_rule(): condition for condition in conditions}
        facts = {c.figure: c._b2b_fact(party, today) for c in conditions}
        return [
            rules[rule]._b2b_reason(party, today)
            for rule in reasons(self.match, list(rules), facts)
        ]

    def action_open_parties(self):
        """Open the parties of this segment."""
        self.ensure_one()
        self.check_access("read")
        return self.env["res.partner"]._b2b_open_parties(
            self.env._("Parties in “%s”", self.name),
            [("b2b_segment_ids", "in", self.ids)],
        )
