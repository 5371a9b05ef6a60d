from odoo import models

from ..rules import tax_place
from ..rules.place_of_supply import position_fits


class AccountFiscalPosition(models.Model):
    _inherit = "account.fiscal.position"

    def _b2b_fits(self, address):
        """Tax follows the place of supply: whether it may be used for an address.

        :param address: res.partner to which the goods go
        """
        self.ensure_one()
        return position_fits(
            address.country_id.id,
            self.country_id.id,
            self.country_group_id.country_ids.ids,
        )

    def _b2b_plain(self):
        self.ensure_one()
        return tax_place.Position(
            country=self.country_id.code or "",
            vat_required=self.vat_required,
            registered=bool(self.foreign_vat),
            anywhere=not (self.country_id or self.country_group_id),
        )

    def _b2b_first_for(self, place):
        """The first of these that names a place; VAT numbers were looked at before.

        In Odoo's order: of the company first, then by sequence.
        """
        ranked = self.sorted(lambda p: (-len(p.company_id.parent_ids), p.sequence))
        for position in ranked:
            # The first question is Odoo's own about the VAT number.
            tests = position._get_fpos_validation_functions(place)[1:]
            if all(test(position) for test in tests):
                return position
        return self.browse()
