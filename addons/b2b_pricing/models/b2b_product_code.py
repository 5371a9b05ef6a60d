from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..rules import own_code

#: Whose code for what.
OWNER = ("party_id", "customer_category_id", "product_id")


class ProductCode(models.Model):
    """The number and name under which customers know one of our products.

    Of one party, or of all parties of a customer category.
    """

    _name = "b2b.product.code"
    _description = "B2B Product Code"
    _order = "party_id, customer_category_id, code"
    _rec_name = "code"
    _check_company_auto = True

    party_id = fields.Many2one(
        "res.partner",
        index=True,
        ondelete="cascade",
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="Whose number this is. Either a party or a customer category.",
    )
    customer_category_id = fields.Many2one(
        "b2b.customer.category",
        "Customer category",
        index=True,
        ondelete="cascade",
        help="All parties of this category know the product by it, for instance a "
        "buying group. A party's own code for the product wins.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('sale_ok', '=', True)]",
        help="Our product.",
    )
    code = fields.Char(
        "Own code", required=True, help="As the customer writes it on its orders."
    )
    name = fields.Char(
        "Own name", help="How the customer calls the product; may be empty."
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        index=True,
        help="The company of the party or category.",
    )

    _party_code_unique = models.UniqueIndex(
        "(party_id, lower(code))",
        "This party already uses that code for another product.",
    )
    _party_product_unique = models.Constraint(
        "UNIQUE(party_id, product_id)", "This party already has a code for the product."
    )
    _category_code_unique = models.UniqueIndex(
        "(customer_category_id, lower(code))",
        "This customer category already uses that code for another product.",
    )
    _category_product_unique = models.Constraint(
        "UNIQUE(customer_category_id, product_id)",
        "This customer category already has a code for the product.",
    )
    _one_owner = models.Constraint(
        "CHECK((party_id IS NULL) <> (customer_category_id IS NULL))",
        "An own code belongs either to a party or to a customer category.",
    )

    @api.depends("party_id.company_id", "customer_category_id.company_id")
    def _compute_company_id(self):
        for record in self:
            owner = record.party_id or record.customer_category_id
            record.company_id = owner.company_id

    @api.constrains("code", "party_id")
    def _check_code(self):
        for record in self:
            if not record.code.strip():
                raise ValidationError(self.env._("The own code is empty."))
            if record.party_id != record.party_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact; give the code to %(party)s.",
                        contact=record.party_id.display_name,
                        party=record.party_id.commercial_partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["code"] = (vals.get("code") or "").strip()
        self._b2b_check_free(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if "code" in vals:
            vals = {**vals, "code": (vals["code"] or "").strip()}
        if vals.keys() & {"code", *OWNER}:
            for record in self:
                kept = {"code": record.code}
                kept.update({name: record[name].id for name in OWNER})
                record._b2b_check_free([{**kept, **vals}])
        return super().write(vals)

    def _b2b_check_free(self, vals_list):
        """Say what has the code already, before the database refuses; one query."""
        domain = Domain.OR(
            [
                Domain("party_id", "in", [v.get("party_id") or 0 for v in vals_list]),
                Domain(
                    "customer_category_id",
                    "in",
                    [v.get("customer_category_id") or 0 for v in vals_list],
                ),
            ]
        )
        # sudo: a code of an owner that this user may not see counts as well.
        known = self.sudo().search(domain & Domain("id", "not in", self.ids))
        taken = {}
        for other in known:
            owner = (other.party_id.id, other.customer_category_id.id)
            taken[owner, other.code.lower()] = other
            taken[owner, other.product_id.id] = other
        for vals in vals_list:
            owner = (
                vals.get("party_id") or False,
                vals.get("customer_category_id") or False,
            )
            for key in (vals["code"].lower(), vals.get("product_id")):
                if other := taken.get((owner, key)):
                    raise ValidationError(other._b2b_taken_text())

    def _b2b_taken_text(self):
        return self.env._(
            "%(owner)s already calls %(product)s “%(code)s”; change that line instead.",
            owner=self.party_id.name or self.customer_category_id.name,
            product=self.product_id.display_name,
            code=self.code,
        )

    # -- what a party calls our products -------------------------------------------

    @api.model
    def _b2b_owner_domain(self, party):
        """Codes that count for a party: its own and those of its category."""
        party = party.sudo().commercial_partner_id
        domain = Domain("party_id", "=", party.id)
        if category := party.b2b_customer_category_id:
            domain |= Domain("customer_category_id", "=", category.id)
        return domain

    @api.model
    def _b2b_rows(self, party, domain, limit=None):
        """Codes of a party as plain rows, one query."""
        if not party:
            return []
        # sudo: shown to the portal users of that party.
        found = self.sudo().search_fetch(
            self._b2b_owner_domain(party) & Domain(domain),
            ["product_id", "code", "name", "party_id"],
            limit=limit,
            # Names of owners need joins; which rows come first matters with a limit.
            order=None if limit else "id",
        )
        return [
            own_code.Code(r.product_id.id, r.code, r.name or "", bool(r.party_id))
            for r in found
        ]

    @api.model
    def _b2b_codes(self, party, products):
        """``{product id: (code, name)}`` of a party, one query."""
        if not products:
            return {}
        return own_code.by_product(
            self._b2b_rows(party, [("product_id", "in", products.ids)])
        )

    @api.model
    def _b2b_labels(self, party, products):
        """``{product id: text}`` for papers: code and name of the party."""
        codes = self._b2b_codes(party, products)
        return {pid: own_code.label(*row) for pid, row in codes.items()}

    @api.model
    def _b2b_product_ids(self, party, text):
        """Ids of products whose code or name at a party matches typed text."""
        text = (text or "").strip()
        if not text:
            return []
        typed = escape_psql(text)
        match = Domain("code", "=ilike", typed + "%") | Domain("name", "ilike", typed)
        rows = self._b2b_rows(party, match, limit=500)
        return list(dict.fromkeys(row.product_id for row in rows))

    @api.model
    def _b2b_named(self, party, text):
        """Ids of the products that a party means by a code, nothing but the code."""
        text = (text or "").strip()
        if not text:
            return []
        rows = self._b2b_rows(party, [("code", "=ilike", escape_psql(text))], limit=50)
        return own_code.named(rows, text)
