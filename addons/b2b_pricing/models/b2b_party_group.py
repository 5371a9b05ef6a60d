from odoo import api, models


class PartyGroupMember(models.Model):
    """Which catalogs count for a member is kept in a cache."""

    _inherit = "b2b.party.group.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        self.env.registry.clear_cache()
        return members

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result


class PartyGroup(models.Model):
    _inherit = "b2b.party.group"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env.registry.clear_cache()
        return result
