from odoo import api, models

from ..rules.portal_fields import HIDDEN
from ..rules.staff_rights import GUARDED
from ..tools import once_per_class

NOTHING = frozenset()


class GuardedMixin(models.AbstractModel):
    """Fields that follow the job role of staff, and fields closed for the portal.

    The tables are ``rules/staff_rights.py`` and ``rules/portal_fields.py``. Code that
    runs with all rights, as Odoo's own flows and pages do, is not narrowed.
    """

    _name = "b2b.guarded.mixin"
    _description = "B2B Guarded Fields"

    @api.model
    def _b2b_hidden_from_portal(self):
        """Names of fields that portal users and visitors never read; addons add."""
        return HIDDEN.get(self._name, NOTHING)

    @api.model
    def _b2b_portal_closed(self):
        """The same, looked up once: it is asked for each field of each record."""
        return once_per_class(
            self, "_b2b_portal_closed_names", self._b2b_hidden_from_portal
        )

    @api.model
    def _has_field_access(self, field, operation):
        if self.env.su:
            # As Odoo itself answers; asked for each field of each record.
            return True
        if not super()._has_field_access(field, operation):
            return False
        name = field.name
        if operation == "read" and name not in GUARDED.get(self._name, NOTHING):
            return name not in self._b2b_portal_closed() or not self.env.user.share
        if self.env.user.share:
            return operation == "write" or name not in self._b2b_portal_closed()
        return self.env.user._b2b_field_allowed(self._name, name, operation)

    @api.model
    def _b2b_is_restricted(self, field):
        return (
            super()._b2b_is_restricted(field)
            or field.name in GUARDED.get(self._name, NOTHING)
            or field.name in self._b2b_portal_closed()
        )

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        """Odoo asks for the right to a grouped field, but not to a many2many."""
        field = self._fields.get(groupby_spec.partition(":")[0].partition(".")[0])
        if field is not None:
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        view = super().get_view(view_id, view_type, **options)
        return self.env.user._b2b_fit_view(self._name, view)
