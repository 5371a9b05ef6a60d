from odoo import api, fields, models
from odoo.fields import Domain

from ..rules.agreement import choose_default
from ..rules.price_order import first_list

#: What decides which catalogs count for a party.
CATALOG_FIELDS = frozenset(
    {"b2b_customer_group_id", "b2b_customer_type", "b2b_state", "active"}
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    b2b_agreement_ids = fields.One2many(
        "b2b.agreement",
        "party_id",
        "Agreements",
        groups="base.group_user",
        help="Prices and terms agreed with this party, all versions.",
    )
    b2b_agreement_count = fields.Integer(
        "Number of agreements",
        compute="_compute_b2b_agreement_count",
        groups="base.group_user",
    )
    b2b_product_code_ids = fields.One2many(
        "b2b.product.code",
        "party_id",
        "Own product codes",
        groups="base.group_user",
        help="The numbers under which this party knows our products.",
    )

    @api.depends("b2b_agreement_ids")
    def _compute_b2b_agreement_count(self):
        counts = dict(
            self.env["b2b.agreement"]._read_group(
                [("party_id", "in", self.ids), ("state", "=", "running")],
                ["party_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.b2b_agreement_count = counts.get(partner, 0)

    @api.depends(
        "specific_property_product_pricelist.active",
        "b2b_customer_group_id.pricelist_id.active",
        "b2b_segment_ids.active",
        "b2b_segment_ids.sequence",
        "b2b_segment_ids.pricelist_id.active",
    )
    def _compute_product_pricelist(self):
        return super()._compute_product_pricelist()

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if any(self._b2b_list_names() & vals.keys() for vals in vals_list):
            partners._b2b_take_own_lists()
        return partners

    def write(self, vals):
        result = super().write(vals)
        if self._b2b_list_names() & vals.keys():
            self._b2b_take_own_lists()
        if CATALOG_FIELDS & vals.keys():
            # What a portal user may see of products is cached in record rules.
            self.env.registry.clear_cache()
        return result

    def _b2b_take_own_lists(self):
        """Lists that parties were given: with a known rate, and private from now on."""
        lists = self.specific_property_product_pricelist
        trade = self.filtered(lambda p: p.b2b_customer_type == "trade")
        trade.specific_property_product_pricelist._b2b_check_rate(self.env.company)
        lists._b2b_mark_private()

    @api.model
    def _b2b_list_names(self):
        return {"property_product_pricelist", "specific_property_product_pricelist"}

    # -- agreements --

    def _b2b_agreements(self, date=None):
        """Agreements that the party can use: its own and those of its group.

        Default ones first, own before the group's. Of the current company.

        :param date: today in the user's zone by default
        :return: b2b.agreement, in the environment of the caller
        """
        party = self.commercial_partner_id
        if not party:
            return self.env["b2b.agreement"]
        party.ensure_one()
        # sudo: asked for portal users, who have no access to agreements.
        found = (
            self.env["b2b.agreement"]
            .sudo()
            .search_fetch(self._b2b_agreement_domain(party.sudo(), date))
        )
        found = found.sorted(
            lambda a: (not a.is_default, not a.party_id, a.sequence, a.name, a.id)
        )
        return found.with_env(self.env)

    @api.model
    def _b2b_agreement_domain(self, party, date=None):
        date = date or fields.Date.context_today(self)
        owner = Domain("party_id", "in", party.ids)
        if party.b2b_customer_group_id:
            owner |= Domain("customer_group_id", "=", party.b2b_customer_group_id.id)
        return (
            owner
            & Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "running")
            & (Domain("date_start", "=", False) | Domain("date_start", "<=", date))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", date))
        )

    def _b2b_default_agreement(self, date=None):
        """The agreement of a new order, empty when nobody chose one."""
        found = self._b2b_agreements(date)
        rows = [(a.id, bool(a.party_id), a.is_default) for a in found.sudo()]
        return found.browse(choose_default(rows) or [])

    # -- price order (C5) --

    def _b2b_group_pricelist(self):
        """The list of the party's group, as far as it is in use."""
        self.ensure_one()
        # sudo: the price is the party's right, the group is none of its business.
        group = self.sudo().commercial_partner_id.b2b_customer_group_id
        pricelist = group.pricelist_id._b2b_usable() if group.active else False
        return self.env["product.pricelist"].browse(pricelist.id if pricelist else [])

    def _b2b_segment_pricelist(self):
        """The list of the party's first segment that has one in use."""
        self.ensure_one()
        # sudo: the price is the party's right, its segments are none of its business.
        company = self.env.company
        segments = self.sudo().commercial_partner_id.b2b_segment_ids.filtered(
            lambda s: s.active and s.company_id in (company, company.browse())
        )
        rows = [(s.sequence, s.id, s.pricelist_id._b2b_usable().id) for s in segments]
        return self.env["product.pricelist"].browse(first_list(rows) or [])

    def _b2b_price_lists(self, agreement=None):
        """All lists that could price this party's orders, first one first.

        Agreement, own list, list of the group, of a segment, of the country, public
        list. Archived lists and those of other companies are left out; nobody ever
        gets a private list of somebody else.
        """
        self.ensure_one()
        Pricelist = self.env["product.pricelist"].sudo()
        party = self.sudo().commercial_partner_id
        found = agreement.sudo().pricelist_id if agreement else Pricelist
        found |= party.specific_property_product_pricelist
        found |= party._b2b_group_pricelist().sudo()
        found |= party._b2b_segment_pricelist().sudo()
        country = party.country_id
        found |= Pricelist._get_country_pricelist_multi(country.ids)[country.id]
        found |= Pricelist._b2b_public()
        return found._b2b_usable().with_env(self.env)

    def _b2b_pricelist(self, agreement=None):
        """The one list of an order of this party: the first in the price order."""
        return self._b2b_price_lists(agreement)[:1]
