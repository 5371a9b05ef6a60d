from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models
from odoo.exceptions import ValidationError

# Merging contacts fills empty values of the one that stays; a context key could be
# sent by anybody.
_merging = ContextVar("b2b_merging", default=False)


def is_merging():
    """Whether contacts are being merged in this thread."""
    return _merging.get()


class ResPartner(models.Model):
    """Trade data is kept on the company; nobody changes it through a contact.

    Odoo carries a VAT number or price list written on a contact up to the company and
    overwrites other fields at the company's next change. Its own copies from company
    to contacts are made with all rights lifted and pass here.
    """

    _inherit = "res.partner"

    @api.model
    def _b2b_kept_on_company(self):
        """Names of fields that a contact only shows."""
        shown = {"property_product_pricelist", "b2b_channel_term_ids"}
        entity = {
            "b2b_state",
            "b2b_erp_ref",
            "b2b_currency_id",
            "b2b_incoterm_id",
            "b2b_rep_ids",
            "b2b_agent_ids",
            "b2b_marketplace_ids",
            "b2b_is_supplier",
            "b2b_po_policy",
            "b2b_limit_basis",
        }
        return (set(self._commercial_fields()) | shown | entity) & self._fields.keys()

    @api.model
    @contextmanager
    def _b2b_merging(self):
        """Within it, values are taken over from contacts that are merged."""
        token = _merging.set(True)
        try:
            yield
        finally:
            _merging.reset(token)

    def _b2b_check_kept_on_company(self, vals):
        """A contact's own value for what its company decides is refused.

        :param dict vals: as for ``write``; values equal to the company's pass
        """
        names = sorted(vals.keys() & self._b2b_kept_on_company())
        if not names or self.env.su or _merging.get():
            return
        for partner in self:
            company = partner._b2b_company_after(vals)
            for name in names if company else ():
                if partner._b2b_kept_value_differs(company, name, vals[name]):
                    raise ValidationError(
                        partner._b2b_kept_text(name, company, vals.get("name"))
                    )

    def _b2b_company_after(self, vals):
        """The company that the contact will follow, empty when it follows none."""
        # sudo: only compared, so that the sentence can name the company.
        partner = self.sudo()
        is_company = vals.get("is_company", partner.is_company)
        if "company_type" in vals:
            is_company = vals["company_type"] == "company"
        parent = partner.parent_id
        if "parent_id" in vals:
            parent = partner.browse(vals["parent_id"] or [])
        if is_company or not parent:
            return partner.browse()
        return parent.commercial_partner_id

    def _b2b_kept_value_differs(self, company, name, value):
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return bool(value) and any(
                command[0] != 6 or command[2] for command in value
            )
        kept = company[name]
        own = self.sudo()[name] if self else kept
        given = field.convert_to_cache(value, company, validate=False)
        same = field.convert_to_cache(kept, company, validate=False)
        before = field.convert_to_cache(own, company, validate=False)
        return (given or False) not in (same or False, before or False)

    def _b2b_kept_text(self, name, company, label=None):
        return self.env._(
            "%(field)s of %(contact)s is kept on %(company)s; change it there.",
            field=self._fields[name].get_description(self.env, ["string"])["string"],
            contact=self.name or label or self.env._("the contact"),
            company=company.name,
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._b2b_check_kept_at_birth(vals)
        return super().create(vals_list)

    @api.model
    def _b2b_check_kept_at_birth(self, vals):
        """As above for a new contact; defaults of a form are no wish of anybody."""
        parent = vals.get("parent_id", self.env.context.get("default_parent_id"))
        names = vals.keys() & self._b2b_kept_on_company()
        if not parent or not names or self.env.su:
            return
        defaults = self.default_get(list(names))
        given = {
            name: vals[name]
            for name in names
            if vals[name] and vals[name] != defaults.get(name)
        }
        rest = {k: vals[k] for k in ("is_company", "company_type", "name") if k in vals}
        if given:
            self.browse()._b2b_check_kept_of_new({**rest, **given, "parent_id": parent})

    @api.model
    def _b2b_check_kept_of_new(self, vals):
        company = self.browse()._b2b_company_after(vals)
        for name in sorted(vals.keys() & self._b2b_kept_on_company()):
            if company and self._b2b_kept_value_differs(company, name, vals[name]):
                raise ValidationError(
                    self._b2b_kept_text(name, company, vals.get("name"))
                )

    def write(self, vals):
        self._b2b_check_kept_on_company(vals)
        return super().write(vals)

    def _convert_fields_to_values(self, field_names):
        # sudo: what a company has is copied to its contacts also by people who may
        # not see every field of it; the copies are hidden from them as well.
        return super(ResPartner, self.sudo())._convert_fields_to_values(field_names)
