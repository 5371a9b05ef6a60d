from odoo.tests import tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestRoleCurrency(PartyCase):
    """An amount typed for a person is in the money of the business."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls.env.ref("b2b_party.role_buyer")
        cls.strange = cls.env["res.currency"].create(
            {"name": "XQA", "symbol": "q", "rounding": 0.01}
        )

    def test_standard_roles_follow_the_currency_of_the_company(self):
        company = self.env.company
        kept = self.env.ref("b2b_party.role_viewer")
        kept.order_limit = 500
        mine = self.env["b2b.seat.role"].create(
            {"name": "Own", "party_id": self.party.id}
        )
        before = company.currency_id
        limited = self._make_seat(self.party, "Lim", "buyer")
        limited.order_limit = 90
        company.currency_id = self.strange
        self.assertEqual(self.role.currency_id, self.strange)
        self.assertEqual(self.buyer.limit_currency_id, self.strange)
        # Amounts that somebody typed stay what they were.
        self.assertEqual((kept.currency_id, kept.order_limit), (before, 500))
        self.assertEqual(limited.limit_currency_id, before)
        self.assertEqual(mine.currency_id, before)

    def test_a_copy_without_amounts_is_in_the_currency_of_the_party(self):
        self.party.b2b_currency_id = self.strange
        copy = self.role._b2b_copy_for(self.party, "Ours")
        self.assertEqual(copy.currency_id, self.strange)
        self.role.write({"order_limit": 100})
        before = self.role.currency_id
        copy = self.role._b2b_copy_for(self.party, "Limited")
        self.assertEqual((copy.currency_id, copy.order_limit), (before, 100))
