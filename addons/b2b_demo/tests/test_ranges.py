from odoo.tests import tagged

from .common import DemoCase


@tagged("post_install", "-at_install")
class TestRanges(DemoCase):
    """The closed part, tags, codes of a category, ways to pay, a segment's list."""

    def _sees(self, key):
        party = self.get(f"party_{key}")
        return self.env["product.product"].search(party._b2b_range_domain())

    def test_own_label_is_for_one_party(self):
        label = self.get("article_lin-01") | self.get("article_lin-02")
        self.assertLessEqual(label, self._sees("lindner"))
        for key in ("brightwell", "oak_thistle", "blum"):
            self.assertFalse(label & self._sees(key), key)

    def test_a_tag_hides_from_small_shops(self):
        popcorn = self.get("article_22197")
        self.assertIn(popcorn, self._sees("brightwell"))
        self.assertNotIn(popcorn, self._sees("blue_door"))

    def test_codes_of_the_category_and_of_the_party(self):
        codes = self.env["b2b.product.code"]
        heart = self.get("article_85123a")
        for key, code in (("brightwell", "BW-1042"), ("larkspur", "GS-100")):
            found = codes._b2b_codes(self.get(f"party_{key}"), heart)
            self.assertEqual(found[heart.id][0], code)

    def test_a_cafe_pays_by_transfer_in_advance(self):
        agreement = self.get("agreement_blum_prepaid")
        party = self.get("party_blum")
        self.assertFalse(party._b2b_may_on_account(agreement))
        transfer = self.env.ref("payment_custom.payment_method_wire_transfer")
        self.assertEqual(
            party._b2b_allowed_method_ids(agreement), frozenset(transfer.ids)
        )

    def test_a_segment_has_a_list(self):
        segment = self.get("segment_sleeping")
        self.assertTrue(segment.pricelist_id.b2b_private)
