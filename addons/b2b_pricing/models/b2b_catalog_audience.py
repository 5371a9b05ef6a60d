from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..rules.catalog import Audience, Terms

#: Parties in these states may look at articles; only active ones may order.
LOOKING = ("active", "blocked")


class Catalog(models.Model):
    """For whom a catalog counts, and what follows for one party."""

    _inherit = "b2b.catalog"

    audience = fields.Selection(
        [
            ("everyone", "Everyone"),
            ("trade", "All trade customers"),
            ("groups", "Customer groups"),
            ("segments", "Segments"),
            ("party_groups", "Party groups"),
            ("agreements", "Agreements"),
            ("parties", "Parties"),
        ],
        required=True,
        default="trade",
        tracking=True,
        help="For whom this catalog counts, both what it shows and what it hides. "
        "Everyone includes retail customers, and visitors where the public part is on.",
    )
    group_ids = fields.Many2many(
        "b2b.customer.group",
        "b2b_catalog_group_rel",
        "catalog_id",
        "group_id",
        "Customer groups",
        help="All clients of these groups.",
    )
    segment_ids = fields.Many2many(
        "b2b.party.segment",
        "b2b_catalog_segment_rel",
        "catalog_id",
        "segment_id",
        "Segments",
        help="All parties that are in these segments since the last refresh.",
    )
    party_group_ids = fields.Many2many(
        "b2b.party.group",
        "b2b_catalog_party_group_rel",
        "catalog_id",
        "party_group_id",
        "Party groups",
        help="All members of these groups on that day: parties, single seats, and "
        "single addresses for what is ordered to them.",
    )
    agreement_ids = fields.Many2many(
        "b2b.agreement",
        "b2b_catalog_agreement_rel",
        "catalog_id",
        "agreement_id",
        "Agreements",
        help="Orders under these agreements, in whatever version.",
    )
    party_ids = fields.Many2many(
        "res.partner",
        "b2b_catalog_party_rel",
        "catalog_id",
        "partner_id",
        "Parties",
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="These companies.",
    )

    @api.constrains(
        "audience",
        "group_ids",
        "segment_ids",
        "party_group_ids",
        "agreement_ids",
        "party_ids",
    )
    def _check_audience(self):
        _ = self.env._
        texts = {
            "groups": ("group_ids", _("Name the customer groups of “%s”.")),
            "segments": ("segment_ids", _("Name the segments of “%s”.")),
            "party_groups": ("party_group_ids", _("Name the party groups of “%s”.")),
            "agreements": ("agreement_ids", _("Name the agreements of “%s”.")),
            "parties": ("party_ids", _("Name the parties of “%s”.")),
        }
        for catalog in self.filtered(lambda c: c.audience in texts):
            field, text = texts[catalog.audience]
            if not catalog[field]:
                raise ValidationError(text % catalog.name)

    # -- what somebody sees ----------------------------------------------------

    @api.model
    def _b2b_visible_domain(
        self,
        party,
        company,
        prefix="product_tmpl_id.",
        *,
        seat=None,
        agreement=None,
        address=None,
    ):
        """Domain of what the catalogs let a party see; the one place that knows.

        :param seat: b2b.seat, for party groups that hold single seats
        :param agreement: b2b.agreement of the order or cart
        :param address: res.partner, for party groups that hold single addresses
        """
        audience = self._b2b_audience(
            party, company or self.env.company, seat, agreement, address
        )
        shown, hidden = self._b2b_terms(audience)
        return self._b2b_shown_domain(shown, prefix) & self._b2b_kept_domain(
            hidden, prefix
        )

    @api.model
    def _b2b_audience(self, party, company, seat=None, agreement=None, address=None):
        """The party as plain ids; only what some catalog asks for is looked up."""
        party = (party or self.env["res.partner"]).sudo().commercial_partner_id
        if party.b2b_customer_type != "trade" or party.b2b_state not in LOOKING:
            return Audience(company.id)
        used = self._b2b_audiences_used()
        segments, party_groups, number = (), (), ""
        if "segments" in used:
            segments = tuple(sorted(party.b2b_segment_ids.ids))
        if "party_groups" in used:
            party_groups = self._b2b_covering_groups(
                party.id,
                seat.id if seat else 0,
                address.id if address else 0,
                fields.Date.context_today(self),
            )
        if "agreements" in used and agreement:
            number = agreement.sudo().number or ""
        return Audience(
            company.id,
            party.id,
            party.b2b_customer_group_id.id or 0,
            segments,
            party_groups,
            number,
        )

    @api.model
    @tools.ormcache()
    def _b2b_audiences_used(self):
        # sudo: portal users have no access to catalogs, which decide for them.
        rows = self.sudo()._read_group([], ["audience"])
        return frozenset(audience for (audience,) in rows)

    @api.model
    @tools.ormcache("party_id", "seat_id", "address_id", "day")
    def _b2b_covering_groups(self, party_id, seat_id, address_id, day):
        """Ids of the party groups, among those of catalogs, that cover somebody."""
        partners, seats = self.env["res.partner"], self.env["b2b.seat"]
        # sudo: who belongs is decided for the caller, its parts stay hidden.
        groups = self.sudo().search([("audience", "=", "party_groups")]).party_group_ids
        covering = groups._b2b_covers(
            party=partners.browse(party_id),
            address=partners.browse(address_id or []),
            seat=seats.browse(seat_id or []),
            on=day,
        )
        return tuple(sorted(covering.ids))

    @api.model
    @tools.ormcache("audience")
    def _b2b_terms(self, audience):
        """What an audience sees, as plain ids: asked on every page and line.

        :return: terms of what is shown and of what is hidden
        """
        companies = Domain("company_id", "in", (False, audience.company_id))
        # sudo: portal users have no access to catalogs, which decide for them.
        catalogs = self.sudo()._b2b_catalogs_of(audience)
        including = catalogs.filtered("includes")
        shown = including._b2b_shown_terms()
        if audience.party_id and not including:
            # No catalog at all: everything. Some, but none for this party: nothing.
            some = self.sudo().search_count(
                Domain("includes", "=", True) & companies, limit=1
            )
            shown = Terms(everything=not some)
        return shown, catalogs._b2b_hidden_terms()

    @api.model
    def _b2b_catalogs_of(self, audience):
        """The catalogs that count for an audience, as far as the caller may read."""
        mine = Domain.OR(
            Domain("audience", "=", kind) & self._b2b_clause(audience, field, values)
            for kind, field, values in audience.clauses()
        )
        companies = Domain("company_id", "in", (False, audience.company_id))
        return self.search(mine & companies)

    @api.model
    def _b2b_clause(self, audience, field, values):
        """The domain of one clause of an audience."""
        if not field:
            return Domain.TRUE
        if field != "agreement_ids":
            return Domain(field, "in", list(values))
        # Numbers are unique in a company only; all versions of one count.
        versions = (
            Domain("number", "in", list(values))
            & Domain("company_id", "=", audience.company_id)
            & Domain("active", "in", [True, False])
        )
        return Domain(field, "any", versions)
