from odoo import api, fields, models

from ..rules.context import PriceContext


class Agreement(models.Model):
    """What the form shows beside the terms: sales, products, order of lists."""

    _inherit = "b2b.agreement"

    net_sales = fields.Monetary(
        compute="_compute_net_sales",
        currency_field="sales_currency_id",
        help="Confirmed orders under this version, excluding tax.",
    )
    sales_currency_id = fields.Many2one(
        "res.currency", compute="_compute_net_sales", help="Currency of the sales."
    )
    product_count = fields.Integer(
        compute="_compute_product_count",
        help="Products that the party may see, by all its catalogs.",
    )
    price_order = fields.Html(
        "Where a price comes from",
        compute="_compute_price_order",
        sanitize=False,
        help="The lists in the order in which they are asked; the first one counts.",
    )
    quantity_rule_ids = fields.One2many(
        "b2b.quantity.rule",
        "agreement_id",
        "Quantities",
        copy=True,
        help="Minimum, pack and maximum of articles that are different here.",
    )
    changes = fields.Char(compute="_compute_changes", help="What this version changed.")

    @api.depends("pricelist_id", "company_id")
    def _compute_net_sales(self):
        sums = {
            (agreement.id, currency.id): total
            for agreement, currency, total in self.env["sale.order"]._read_group(
                [("b2b_agreement_id", "in", self.ids), ("state", "=", "sale")],
                ["b2b_agreement_id", "currency_id"],
                ["amount_untaxed:sum"],
            )
        }
        for agreement in self:
            currency = agreement.currency_id or agreement.company_id.currency_id
            agreement.sales_currency_id = currency
            agreement.net_sales = sums.get((agreement._origin.id, currency.id), 0.0)

    def _b2b_party_context(self):
        self.ensure_one()
        return PriceContext(
            party=self.party_id,
            seat=None,
            agreement=self,
            pricelist=self.pricelist_id,
            company=self.company_id,
        )

    @api.depends("party_id", "company_id")
    def _compute_product_count(self):
        Product, catalog = self.env["product.product"], self.env["b2b.catalog"]
        for agreement in self:
            agreement.product_count = (
                Product.search_count(
                    catalog._b2b_domain(agreement._b2b_party_context())
                )
                if agreement.party_id
                else 0
            )

    def action_open_products(self):
        """Open what the party may see."""
        self.ensure_one()
        domain = self.env["b2b.catalog"]._b2b_domain(self._b2b_party_context())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Products that %s sees", self.party_id.name),
            "res_model": "product.product",
            "view_mode": "list,kanban,form",
            "domain": list(domain),
            "context": {"create": False},
        }

    @api.depends("pricelist_id", "party_id", "customer_group_id")
    def _compute_price_order(self):
        for agreement in self:
            agreement.price_order = self.env["ir.qweb"]._render(
                "b2b_pricing.agreement_price_order",
                {"rows": agreement._b2b_price_order_rows()},
            )

    def _b2b_price_order_rows(self):
        """Source, list and number of rules, in the order in which they are asked."""
        _ = self.env._
        party = self.party_id.with_company(self.company_id)
        group = party.b2b_customer_group_id or self.customer_group_id
        Pricelist = self.env["product.pricelist"].with_company(self.company_id)
        country = Pricelist._get_country_pricelist_multi(party.country_id.ids)[
            party.country_id.id
        ]
        public = Pricelist._b2b_public()
        sources = [
            (_("Agreement"), self.pricelist_id),
            (_("Party"), party.specific_property_product_pricelist),
            (_("Group"), group.pricelist_id),
            (_("Segment"), party._b2b_segment_pricelist() if party else Pricelist),
            (_("Country"), country - public),
            (_("Public list"), public),
        ]
        rules = dict(
            self.env["product.pricelist.item"]._read_group(
                [("pricelist_id", "in", [p.id for _name, p in sources])],
                ["pricelist_id"],
                ["__count"],
            )
        )
        first = next((name for name, p in sources if p.active), None)
        return [
            {
                "source": name,
                "list": pricelist.display_name if pricelist.active else "",
                "archived": pricelist and not pricelist.active,
                "rules": rules.get(pricelist, 0),
                "counts": name == first,
            }
            for name, pricelist in sources
        ]

    @api.depends(lambda self: ("previous_id", *self._b2b_compared_terms()))
    def _compute_changes(self):
        for agreement in self:
            agreement.changes = agreement._b2b_changes_text()

    @api.model
    def _b2b_compared_terms(self):
        """Fields that are told when they differ from the version before."""
        return (
            "pricelist_id",
            "payment_term_id",
            "fiscal_position_id",
            "incoterm_id",
            "prepayment_percent",
            "name",
        )

    def _b2b_changes_text(self):
        """Terms that differ from the version before, as one line."""
        former = self.previous_id
        if not former:
            return self.env._("first version")
        parts = []
        for name in self._b2b_compared_terms():
            if former[name] != self[name]:
                old, new = former._b2b_term_text(name), self._b2b_term_text(name)
                parts.append(f"{old or '–'} → {new or '–'}")
        return ", ".join(parts) or self.env._("dates only")

    def _b2b_term_text(self, name):
        field, value = self._fields[name], self[name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            choices = dict(field._description_selection(self.env))
            text = choices.get(value, "–")
            return f"{field._description_string(self.env)}: {text}"
        if field.type == "float":
            return f"{field._description_string(self.env)}: {value:g}"
        return value
