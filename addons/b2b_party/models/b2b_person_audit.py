from odoo import api, models


class Person(models.Model):
    """Name, address and login of a person; erased with the person."""

    _name = "b2b.person"
    _inherit = ["b2b.person", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("name", "email", "login_user_id", "active")

    def _b2b_audit_party(self):
        parties = self.seat_ids.party_id
        return parties if len(parties) == 1 else parties.browse()

    def _b2b_audit_persons(self):
        return self

    def _b2b_audit_value_persons(self, name):
        personal = name in ("name", "email", "login_user_id")
        return self if personal else super()._b2b_audit_value_persons(name)
