from odoo import api, fields, models


class CatalogPreview(models.TransientModel):
    """Staff look at the range through the eyes of a party."""

    _name = "b2b.catalog.preview"
    _description = "B2B Preview of the Range of a Party"

    party_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="Whose range is shown.",
    )
    agreement_id = fields.Many2one(
        "b2b.agreement",
        compute="_compute_agreement_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="cascade",
        domain="[('state', '=', 'running'), '|', ('party_id', '=', party_id), "
        "('customer_group_id.partner_ids', 'in', party_id)]",
        help="Catalogs of an agreement count for orders under it.",
    )
    seat_id = fields.Many2one(
        "b2b.seat",
        "Person",
        ondelete="cascade",
        domain="[('party_id', '=', party_id)]",
        help="A party group may hold single people of the party.",
    )
    address_id = fields.Many2one(
        "res.partner",
        "Delivery address",
        ondelete="cascade",
        domain="[('commercial_partner_id', '=', party_id), ('type', '=', 'delivery')]",
        help="A party group may hold single addresses of the party.",
    )
    product_count = fields.Integer(
        "Products", compute="_compute_range", help="Products that can be ordered then."
    )
    hidden_count = fields.Integer(
        "Hidden",
        compute="_compute_range",
        help="Products that can be sold, but not to this party.",
    )
    catalog_ids = fields.Many2many(
        "b2b.catalog",
        compute="_compute_range",
        string="Catalogs",
        help="The catalogs that count for this party; they add up, hiding wins.",
    )
    sentence = fields.Char(compute="_compute_range", help="What the party sees.")

    @api.depends("party_id")
    def _compute_agreement_id(self):
        for preview in self:
            preview.agreement_id = (
                preview.party_id._b2b_default_agreement() if preview.party_id else False
            )

    @api.depends("party_id", "agreement_id", "seat_id", "address_id")
    def _compute_range(self):
        Catalog, Product = self.env["b2b.catalog"], self.env["product.product"]
        company = self.env.company
        for preview in self:
            party = preview.party_id
            if not party:
                preview.update(dict(product_count=0, hidden_count=0, sentence=False))
                preview.catalog_ids = False
                continue
            preview.product_count = Product.search_count(preview._b2b_domain())
            sold = Product.search_count(Catalog._b2b_base_domain(company))
            preview.hidden_count = sold - preview.product_count
            audience = Catalog._b2b_audience(
                party,
                company,
                preview.seat_id,
                preview.agreement_id,
                preview.address_id,
            )
            preview.catalog_ids = Catalog._b2b_catalogs_of(audience)
            preview.sentence = preview._b2b_sentence(audience)

    def _b2b_audience(self, company):
        return self.env["b2b.catalog"]._b2b_audience(
            self.party_id, company, self.seat_id, self.agreement_id, self.address_id
        )

    def _b2b_domain(self):
        return self.party_id._b2b_range_domain(
            self.agreement_id, self.seat_id, self.address_id
        )

    def _b2b_sentence(self, audience):
        name, _ = self.party_id.name, self.env._
        if not audience.party_id:
            return _("%s is no active trade customer and sees no range.", name)
        if not self.product_count:
            return _("%s sees nothing: no catalog shows it a product.", name)
        if not self.catalog_ids.filtered("includes"):
            return _("%s sees everything that is sold and not hidden.", name)
        values = {"name": name, "count": self.product_count}
        if self.hidden_count == 1:
            return _(
                "%(name)s sees %(count)s products, 1 other is not for it.", **values
            )
        return _(
            "%(name)s sees %(count)s products, %(hidden)s others are not for it.",
            hidden=self.hidden_count,
            **values,
        )

    def action_open(self):
        """Open the products that the party sees."""
        self.ensure_one()
        return self.party_id._b2b_open_range(self._b2b_domain())
