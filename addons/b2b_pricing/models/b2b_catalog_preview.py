from odoo import api, fields, models
from odoo.fields import Domain

from ..rules.context import PriceContext

#: Parties that are looked at for the warning, each with a count: it is a form.
LOOKED_AT = 20


class Catalog(models.Model):
    """What staff learn about a catalog before a customer does."""

    _inherit = "b2b.catalog"

    problem = fields.Char(
        compute="_compute_problem", help="What is probably wrong with this catalog."
    )

    @api.depends(
        "includes",
        "product_count",
        "excluded_category_ids",
        "excluded_tag_ids",
        "excluded_product_ids",
    )
    def _compute_problem(self):
        for catalog in self:
            catalog.problem = catalog._b2b_problem_text()

    def _b2b_problem_text(self):
        if not self.includes and self._b2b_hides_all():
            return self.env._(
                "This catalog hides every product: nobody of its audience sees or "
                "orders anything. Exclude less."
            )
        if self.includes and not self.product_count:
            return self.env._(
                "This catalog shows no product that can be sold today; check the "
                "choice and the tick “Sales” of the products."
            )
        emptied = self._b2b_emptied_parties()
        if emptied:
            return self.env._(
                "With the catalogs as they are saved, these customers see no product "
                "at all: %s. Show them something or exclude less.",
                ", ".join(emptied.mapped("display_name")),
            )
        return False

    def _b2b_emptied_parties(self):
        """Active parties that see nothing under their default agreement.

        Looks at the first of this catalog's audience, and at the first that no
        catalog names: the first catalog that shows something closes the range for
        all others.
        """
        Partner = self.env["res.partner"]
        if not self._origin.active:
            return Partner
        active = Domain("b2b_customer_type", "=", "trade") & Domain(
            [("b2b_state", "=", "active"), ("parent_id", "=", False)]
        )
        mine = Partner.search(
            active & self._origin._b2b_party_domain(), limit=LOOKED_AT
        )
        showing = self.search([("includes", "=", True)])
        others = Partner.search(
            active & ~Domain.OR(catalog._b2b_party_domain() for catalog in showing),
            limit=LOOKED_AT if showing else 0,
        )
        found = mine | others
        return found.filtered(lambda party: not party._b2b_sees_something())[:5]

    def _b2b_party_domain(self):
        """Domain on companies of this catalog's audience, members as of today."""
        if self.audience == "agreements":
            named = self.agreement_ids
            return Domain("id", "in", named.party_id.ids) | Domain(
                "b2b_customer_group_id", "in", named.customer_group_id.ids
            )
        name, members = {
            "groups": ("b2b_customer_group_id", self.group_ids),
            "segments": ("b2b_segment_ids", self.segment_ids),
            "party_groups": ("b2b_party_group_ids", self.party_group_ids),
            "parties": ("id", self.party_ids),
        }.get(self.audience, (None, None))
        return Domain(name, "in", members.ids) if name else Domain.TRUE


class ResPartner(models.Model):
    """The range of a party, as it sees it itself."""

    _inherit = "res.partner"

    b2b_range_count = fields.Integer(
        "Products it sees",
        compute="_compute_b2b_range_count",
        groups="base.group_user",
        help="Products that the catalogs let this party see under its default "
        "agreement.",
    )

    def _compute_b2b_range_count(self):
        Product = self.env["product.product"]
        for partner in self:
            trade = partner.b2b_customer_type == "trade"
            partner.b2b_range_count = (
                Product.search_count(partner._b2b_range_domain()) if trade else 0
            )

    def _b2b_sees_something(self):
        """Whether the catalogs leave this party at least one product."""
        domain = self._b2b_range_domain()
        return bool(self.env["product.product"].search_count(domain, limit=1))

    def _b2b_range_domain(self, agreement=None, seat=None, address=None):
        """Domain on product.product of what this party sees.

        :param agreement: the default one of the party when it is not given
        """
        self.ensure_one()
        if agreement is None:
            agreement = self._b2b_default_agreement()
        context = PriceContext(
            party=self,
            seat=seat,
            agreement=agreement,
            pricelist=None,
            company=self.env.company,
            address=address,
        )
        return self.env["b2b.catalog"]._b2b_domain(context)

    def action_b2b_range(self):
        """Preview as this party: the products that it sees."""
        self.ensure_one()
        self.check_access("read")
        return self._b2b_open_range(self._b2b_range_domain())

    def _b2b_open_range(self, domain):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Products that %s sees", self.name),
            "res_model": "product.product",
            "view_mode": "list,kanban,form",
            "domain": list(domain),
            "context": {"create": False},
        }
