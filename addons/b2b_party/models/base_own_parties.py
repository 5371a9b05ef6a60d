from odoo import api, models
from odoo.exceptions import AccessError

from ..rules.own_parties import OF_PARTIES, named


class Base(models.AbstractModel):
    """A reference says who is meant: Odoo shows the name of whatever a record names,
    also to somebody who may not read it, and checks no rule when the id is written."""

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        self._b2b_check_named(vals_list, defaults=True)
        return super().create(vals_list)

    def write(self, vals):
        self._b2b_check_named([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._b2b_check_named([values], defaults=True)
        for name, rows in values.items():
            field = self._fields.get(name)
            if field is None or field.type != "one2many" or not rows:
                continue
            nested = [row[2] for row in rows if len(row) > 2 and row[2]]
            nested = [row for row in nested if isinstance(row, dict)]
            self.env[field.comodel_name]._b2b_check_named(nested)
        return super().onchange(values, field_names, fields_spec)

    def _b2b_check_named(self, vals_list, defaults=False):
        """Refuse that a rep for own parties names what he may not see.

        :param vals_list: values as they come from outside
        :param bool defaults: whether those of the context count as well
        :raise AccessError: one sentence, the same for what does not exist
        """
        if self.env.su or not self.env.user._b2b_is_narrowed():
            return
        for name, ids in self._b2b_named_ids(vals_list, defaults).items():
            field = self._fields[name]
            # sudo: what stands there already was not named by him.
            ids -= set(self.sudo()[name].ids) if self._ids else set()
            records = self.env[field.comodel_name].browse(ids)
            if records and records != records._filtered_access("read"):
                raise AccessError(
                    self.env._(
                        "“%(field)s” names somebody or something you may not see; you "
                        "look after your own parties only.",
                        field=field.get_description(self.env)["string"],
                    )
                )

    def _b2b_named_ids(self, vals_list, defaults):
        """Ids by name of the field, of those fields that lead to parties."""
        found = {}
        if defaults:
            context = {
                key[len("default_") :]: value
                for key, value in self.env.context.items()
                if key.startswith("default_")
            }
            vals_list = [*vals_list, context]
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if field is None or field.type != "many2one":
                    continue
                if field.comodel_name in OF_PARTIES and named(value):
                    found.setdefault(name, set()).add(named(value))
        return found
