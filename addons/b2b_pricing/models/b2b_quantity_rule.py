from collections import defaultdict

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..rules import quantity as rules


class QuantityException(models.Model):
    """Minimum, pack and maximum of an article for some customers only."""

    _name = "b2b.quantity.rule"
    _description = "B2B Quantity Exception"
    _order = "product_tmpl_id, id"
    _check_company_auto = True

    product_tmpl_id = fields.Many2one(
        "product.template",
        "Product",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        help="The article whose quantities are different here.",
    )
    product_id = fields.Many2one(
        "product.product",
        "Variant",
        ondelete="cascade",
        check_company=True,
        domain="[('product_tmpl_id', '=', product_tmpl_id)]",
        help="Only this variant; empty for all of the product.",
    )
    agreement_id = fields.Many2one(
        "b2b.agreement",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Orders under this agreement. One of agreement, party and group.",
    )
    party_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="All orders of this party. One of agreement, party and group.",
    )
    customer_group_id = fields.Many2one(
        "b2b.customer.group",
        "Customer group",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Orders of all clients of this group. One of agreement, party and group.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Empty: for all your companies.",
    )
    min_qty = fields.Float(
        "Minimum quantity",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
        readonly=False,
        precompute=True,
        help="The smallest quantity; 0 for none. In the unit of the product.",
    )
    multiple = fields.Float(
        "Order multiple",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
        readonly=False,
        precompute=True,
        help="Only full multiples can be ordered; smaller quantities are rounded up.",
    )
    max_qty = fields.Float(
        "Maximum quantity",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
        readonly=False,
        precompute=True,
        help="The largest quantity of one order line; 0 for none.",
    )
    uom_id = fields.Many2one(
        related="product_tmpl_id.uom_id", string="Unit", help="Unit of the product."
    )
    usual = fields.Char(
        "Otherwise", compute="_compute_usual", help="Quantities of the article itself."
    )
    active = fields.Boolean(default=True)

    _one_owner = models.Constraint(
        "CHECK(num_nonnulls(agreement_id, party_id, customer_group_id) = 1)",
        "An exception is for one agreement, one party or one customer group.",
    )
    _once = models.UniqueIndex(
        "(product_tmpl_id, COALESCE(product_id, 0), COALESCE(agreement_id, 0), "
        "COALESCE(party_id, 0), COALESCE(customer_group_id, 0), "
        "COALESCE(company_id, 0)) WHERE active",
        "This customer already has other quantities for this article; change those.",
    )

    @api.depends("product_tmpl_id", "agreement_id", "party_id")
    def _compute_company_id(self):
        for row in self:
            row.company_id = (
                row.agreement_id.company_id
                or row.party_id.company_id
                or row.product_tmpl_id.company_id
            )

    @api.depends("product_tmpl_id")
    def _compute_quantities(self):
        """The article's own quantities are the start: one changes what differs."""
        for row in self:
            template = row.product_tmpl_id
            row.min_qty = template.b2b_min_qty
            row.multiple = template.b2b_multiple or 1.0
            row.max_qty = template.b2b_max_qty

    @api.depends("product_tmpl_id")
    def _compute_usual(self):
        for row in self:
            template = row.product_tmpl_id
            row.usual = self.env["product.product"]._b2b_quantities_text(
                template.b2b_min_qty, template.b2b_multiple, template.b2b_max_qty
            )

    @api.depends("product_tmpl_id", "product_id")
    def _compute_display_name(self):
        for row in self:
            owner = row.agreement_id or row.party_id or row.customer_group_id
            product = row.product_id or row.product_tmpl_id
            names = [record.display_name for record in (product, owner) if record]
            row.display_name = " · ".join(names)

    # -- what cannot be --

    @api.constrains("min_qty", "multiple", "max_qty")
    def _check_quantities(self):
        Product = self.env["product.product"]
        for row in self:
            Product._b2b_check_quantities(
                row.display_name, row.min_qty, row.multiple, row.max_qty
            )

    @api.constrains("product_id", "product_tmpl_id")
    def _check_variant(self):
        for row in self:
            variant = row.product_id
            if variant and variant.product_tmpl_id != row.product_tmpl_id:
                raise ValidationError(
                    self.env._(
                        "%(variant)s is no variant of %(product)s; choose another one, "
                        "or none.",
                        variant=variant.display_name,
                        product=row.product_tmpl_id.display_name,
                    )
                )

    @api.constrains("party_id")
    def _check_party(self):
        for row in self:
            party = row.party_id
            if party != party.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact; choose %(party)s.",
                        contact=party.display_name,
                        party=party.commercial_partner_id.name,
                    )
                )

    # -- who has exceptions at all --

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if {"active", "agreement_id", "party_id", "customer_group_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _b2b_owners(self):
        """``(field, id)`` of everybody with an exception: others cost no query."""
        # sudo: asked for portal users, who have no access; only ids are kept.
        groups = self.sudo()._read_group(
            [], ["agreement_id", "party_id", "customer_group_id"]
        )
        return frozenset(
            (record._name, record.id) for row in groups for record in row if record
        )

    @api.model
    def _b2b_asked_owners(self, party, agreement):
        """``{field: id}`` of those of the customer that have exceptions."""
        party = (party or self.env["res.partner"]).sudo().commercial_partner_id
        asked = {
            "agreement_id": agreement,
            "party_id": party,
            "customer_group_id": party.b2b_customer_group_id,
        }
        known = self._b2b_owners()
        return {
            name: record.id
            for name, record in asked.items()
            if record and (record._name, record.id) in known
        }

    @api.model
    def _b2b_exceptions(self, products, party, agreement):
        """``{product id: [(owner, for one variant only, row)]}``, in one query."""
        owners = self._b2b_asked_owners(party, agreement)
        found = defaultdict(list)
        if not owners or not products:
            return found
        # sudo: quantities are the customer's to know, the rest is not read.
        rows = self.sudo().search_fetch(
            Domain.OR(Domain(name, "=", key) for name, key in owners.items())
            & Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
            & Domain("company_id", "in", (False, self.env.company.id))
        )
        by_template = rows.grouped("product_tmpl_id")
        for product in products.sudo():
            for row in by_template.get(product.product_tmpl_id, ()):
                if not row.product_id or row.product_id == product:
                    found[product.id].append(
                        (row._b2b_owner(), bool(row.product_id), row)
                    )
        return found

    def _b2b_owner(self):
        if self.agreement_id:
            return rules.AGREEMENT
        return rules.PARTY if self.party_id else rules.GROUP
