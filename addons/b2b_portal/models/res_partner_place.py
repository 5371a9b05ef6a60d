from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _b2b_place_name(self):
        """A delivery address as its company calls it, points with their place.

        A point below an address is told with it: “Brightwell Yard, Unit 4 · dock B”.
        """
        self.ensure_one()
        names, place, company = [], self, self.commercial_partner_id
        while place and place != company:
            names.insert(0, place.name or place.street or "")
            place = place.parent_id
        return " · ".join(filter(None, names)) or company.name

    def _b2b_place_line(self):
        """Street and town in one line."""
        self.ensure_one()
        town = " ".join(filter(None, [self.city, self.zip]))
        return ", ".join(filter(None, [self.street, town]))
