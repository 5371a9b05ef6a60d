from odoo import api, models
from odoo.fields import Domain

from ..rules.staff_rights import GUARDED


class Base(models.AbstractModel):
    """Nobody finds out by searching what he may not read.

    Odoo asks for the right to a searched field, unless the field searches by itself:
    then a condition is answered, and a figure is found by halving, as the balance of a
    company. A field may be reached over others, or be inherited.
    """

    _inherit = "base"

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su:
            for model, field in _searched(self, Domain(domain)):
                model._b2b_check_searched(field)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _b2b_check_searched(self, field):
        """:raise AccessError: for a field that this user may not read"""
        guarded = field.name in GUARDED.get(self._name, ())
        # The only ones that Odoo itself does not ask for: a partner's balance.
        guarded = guarded or (field.search and not field.related)
        # Who is internal is cached; other fields are asked for customers alone.
        if guarded or not self.env.user._is_internal():
            self._check_field_access(field, "read")

    @api.model
    def _b2b_is_restricted(self, field):
        """Whether there are users who may not read a field."""
        return bool(field.groups)


def _searched(model, domain):
    """``(model, field)`` of what a domain asks for and not everybody may read."""
    for condition in domain.iter_conditions():
        inner = Domain.TRUE
        if condition.operator.rstrip("!") in ("any", "not any"):
            value = condition.value
            inner = Domain(value) if isinstance(value, (list, tuple, Domain)) else inner
        yield from _on_path(model, condition.field_expr, inner)


def _on_path(model, path, inner):
    name, _dot, rest = path.partition(".")
    field = model._fields.get(name)
    if field is None:
        return
    if model._b2b_is_restricted(field):
        yield model, field
    if field.inherited:
        yield from _on_path(model, field.related, inner)
    elif field.relational and rest:
        yield from _on_path(model.env[field.comodel_name], rest, inner)
    elif name == "id":
        # ``id any`` asks the model itself.
        yield from _searched(model, inner)
    elif field.relational:
        yield from _searched(model.env[field.comodel_name], inner)
