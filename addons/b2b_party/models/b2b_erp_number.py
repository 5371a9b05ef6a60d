from odoo import api, models
from odoo.exceptions import ValidationError


class ErpNumber(models.AbstractModel):
    """Records with a number in the seller's ERP, unique in a company.

    The unique index of the model holds at the same instant as well; this says before
    which record has the number.
    """

    _name = "b2b.erp.number"
    _description = "B2B ERP Number"

    # Name of the field; models that inherit set it.
    _b2b_erp_field = "erp_ref"

    @api.model_create_multi
    def create(self, vals_list):
        field = self._b2b_erp_field
        wanted = []
        for vals in vals_list:
            self._b2b_clean_number(vals)
            if vals.get(field):
                company = vals.get("company_id") or False
                wanted.append((None, vals.get("name"), vals[field], company))
        if wanted:
            self._b2b_refuse_used(wanted)
        return super().create(vals_list)

    def write(self, vals):
        field = self._b2b_erp_field
        if not vals.keys() & {field, "company_id"}:
            return super().write(vals)
        vals = dict(vals)
        self._b2b_clean_number(vals)
        wanted = []
        # sudo: only compared, also by people who may not see the number.
        for record in self.sudo():
            number = vals.get(field, record[field])
            company = vals.get("company_id", record.company_id.id) or False
            if number and (number, company) != (record[field], record.company_id.id):
                name = vals.get("name") or record.name
                wanted.append((record.id, name, number, company))
        if wanted:
            self._b2b_refuse_used(wanted)
        return super().write(vals)

    @api.model
    def _b2b_clean_number(self, vals):
        """Blanks around a number are typing, an empty number is none."""
        number = vals.get(self._b2b_erp_field)
        if isinstance(number, str):
            vals[self._b2b_erp_field] = number.strip() or False

    @api.model
    def _b2b_refuse_used(self, wanted):
        """
        :param wanted: list of ``(id or None, name, number, company id or False)``
        :raise ValidationError: naming who has one of the numbers
        """
        field = self._b2b_erp_field
        # sudo: the number may belong to a record that this user does not see.
        found = self.sudo().with_context(active_test=False)
        found = found.search([(field, "in", [number for *_x, number, _c in wanted])])
        taken = {(r[field], r.company_id.id): (r.id, r.name) for r in found}
        for index, (record_id, name, number, company) in enumerate(wanted):
            me = record_id or f"new {index}"
            owner_id, owner = taken.setdefault((number, company), (me, name))
            if owner_id != me:
                raise ValidationError(
                    self.env._(
                        "ERP ID %(number)s of %(name)s already belongs to %(owner)s; "
                        "enter another one.",
                        number=number,
                        name=name or self.env._("the new record"),
                        owner=owner or self.env._("another new record"),
                    )
                )
