from odoo.tests import tagged

from ..builder.articles import article
from ..builder.net_prices import ENDS_IN, SURCHARGE
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestNetPrices(DemoCase):
    def test_every_record_is_there(self):
        names = (
            "party_meridian", "pricelist_net", "agreement_oak_net",
            "quantity_oak_84879", "meridian_22423_24",
        )  # fmt: skip
        self.assertEqual([name for name in names if not self.kit.find(name)], [])

    def test_supplier_net_with_surcharge(self):
        pricelist, product = self.get("pricelist_net"), article(self.kit, "22423")
        one, many = (pricelist._get_product_price(product, n) for n in (1, 24))
        self.assertGreater(one, many)
        net = product._b2b_net(
            1, product.uom_id, self.kit.today, self.kit.company.currency_id
        )
        self.assertEqual(net.seller.partner_id, self.get("party_meridian"))
        self.assertAlmostEqual(one, net.amount * (1 + SURCHARGE / 100), delta=0.0051)
        for other in self.kit.rows("articles.csv"):
            found = article(self.kit, other["code"])
            price = pricelist._get_product_price(found, 1)
            self.assertGreaterEqual(price, found.standard_price, other["code"])

    def test_agreement_ends_soon(self):
        agreement = self.get("agreement_oak_net")
        self.assertEqual(agreement.state, "running")
        self.assertEqual(agreement.days_left, ENDS_IN)
        self.assertFalse(agreement.is_default)

    def test_single_pieces_for_one_party(self):
        oak, bird = self.get("party_oak_thistle"), article(self.kit, "84879")
        self.assertEqual(bird._b2b_quantity_rule().multiple, 8)
        self.assertEqual(bird._b2b_quantity_rule(oak).multiple, 1)
