from unittest.mock import patch

from odoo.tests import tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestPriceLastResort(PricingCase):
    """What Odoo falls back to where a company has no list for everybody."""

    def test_last_resort_of_odoo_that_everybody_may_have(self):
        """The system parameter names a list: used while it is open and in use."""
        self.company.b2b_public_pricelist_id = False
        self.public.active = False
        other = self.env["res.company"].create({"name": "Second"})
        named = self._make_list("Named", 9.0, b2b_private=False, sequence=99)
        self.env["ir.config_parameter"].set_param(
            "res.partner.property_product_pricelist", named.id
        )
        self.party.country_id = False
        Pricelist = type(named)
        hook = "_get_partner_pricelist_multi_search_domain_hook"
        for values, expected in (
            ({}, named),
            ({"b2b_private": True}, named.browse()),
            ({"b2b_private": False, "active": False}, named.browse()),
            ({"active": True, "company_id": other.id}, named.browse()),
        ):
            named.write(values)
            self.env.invalidate_all()
            # No list is found the usual way, as where all belong to countries.
            with patch.object(Pricelist, hook, return_value=[(0, "=", 1)]):
                self.assertEqual(self.party.property_product_pricelist, expected)
