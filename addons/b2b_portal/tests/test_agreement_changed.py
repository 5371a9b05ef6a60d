from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import TradeHttpCase

TOKEN = "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
class TestAgreementChanged(TradeHttpCase):
    """A cart says from which agreement it was switched, and leads back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make = cls.env["b2b.agreement"].create
        cls.net = make({"name": "30 days net", "party_id": cls.party.id})
        cls.prepaid = make({"name": "Prepaid", "party_id": cls.party.id})
        (cls.net | cls.prepaid).action_run()
        cls.net.is_default = True
        chooser = cls.env.ref("b2b_party.role_buyer").copy(
            {"name": "Chooser", "choose_agreement": True, "party_id": cls.party.id}
        )
        cls.buyer.role_id = chooser
        cls.cart = cls._make_cart(b2b_agreement_id=cls.net.id)

    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def _switch(self, agreement, **values):
        return self.form(
            "/trade/cart/agreement",
            cart_id=self.cart.id,
            agreement_id=agreement.id,
            **values,
        )

    def _pages(self):
        return [self.page(path).text for path in ("/trade/cart", "/trade/checkout")]

    def test_the_sentence_and_the_way_back(self):
        for page in self._pages():
            self.assertNotIn("Changed from", page)
        self._switch(self.prepaid)
        for page in self._pages():
            self.assertIn("Changed from 30 days net to Prepaid at ", page)
            self.assertIn('aria-label="Back to 30 days net"', page)
            self.assertIn(f'value="{self.net.id}"', page)
        self.assertEqual(self.cart.b2b_agreement_changed_by_id, self.buyer.user_id)
        answer = self._switch(self.net, go="checkout")
        self.assertIn("/trade/checkout", answer.headers["Location"])
        self.assertEqual(self.cart.b2b_agreement_id, self.net)
        # Back where it was: there is nothing to tell.
        for page in self._pages():
            self.assertNotIn("Changed from", page)

    def test_the_switch_of_the_top_bar_says_it_too(self):
        self.json(
            "/trade/cart/agreement/json",
            cart_id=self.cart.id,
            agreement_id=self.prepaid.id,
        )
        self.assertIn("Changed from 30 days net to Prepaid", self._pages()[0])

    def test_no_way_back_to_what_has_ended(self):
        self._switch(self.prepaid)
        self.net.sudo().action_close()
        for page in self._pages():
            self.assertIn("Changed from 30 days net to Prepaid at ", page)
            self.assertIn("“30 days net” is over, there is no way back.", page)
            self.assertNotIn("Back to 30 days net", page)
        # A page that was open meanwhile.
        answer = self._switch(self.net)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.cart.b2b_agreement_id, self.prepaid)

    def test_without_the_right_there_is_the_sentence_only(self):
        self.cart._b2b_switch_agreement(self.prepaid)
        self.buyer.role_id = self.env.ref("b2b_party.role_buyer")
        for page in self._pages():
            self.assertIn("Changed from 30 days net to Prepaid", page)
            self.assertNotIn("Back to 30 days net", page)
        self.assertRefused(self._switch(self.net), 403)
        self.assertEqual(self.cart.b2b_agreement_id, self.prepaid)

    def test_who_did_it_for_the_buyer(self):
        self.cart.with_user(self.rep)._b2b_note_switch(self.prepaid)
        page = self._pages()[0]
        self.assertIn(f"by {self.env.company.name}.", page)
        self.assertNotIn(self.rep.name + ".", page)

    def test_an_older_change_names_the_day(self):
        self._switch(self.prepaid)
        before = fields.Datetime.now() - timedelta(days=3)
        self.cart.sudo().b2b_agreement_changed_at = before
        self.assertRegex(self._pages()[0], r"to Prepaid on \w+ \d+ \w+ at \d\d:\d\d")

    def test_it_ends_when_the_order_is_sent(self):
        self._switch(self.prepaid)
        answer = self.form(
            "/trade/checkout",
            token=TOKEN,
            cart_id=self.cart.id,
            seen=self.cart._b2b_seen(),
            address_id=self.yard.id,
        )
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        self.assertFalse(self.cart.b2b_agreement_changed_at)
        self.assertFalse(self.cart.b2b_agreement_before_id)

    def test_garbage_and_a_rival(self):
        self._switch(self.prepaid)
        foreign = self.env["b2b.agreement"].create(
            {"name": "Foreign", "party_id": self.rival_party.id}
        )
        foreign.action_run()
        for wrong in (foreign.id, 0, 999999, "x", "", "-1"):
            answer = self.form(
                "/trade/cart/agreement", cart_id=self.cart.id, agreement_id=wrong
            )
            self.assertRefused(answer, 404)
        self.sign_in(self.rival)
        self.form(
            "/trade/cart/agreement",
            cart_id=self.cart.id,
            agreement_id=self.net.id,
            go="checkout",
        )
        self.assertEqual(self.cart.b2b_agreement_id, self.prepaid)

    def test_another_customer_reads_nothing_of_it(self):
        self.cart._b2b_switch_agreement(self.prepaid)
        self.assertTrue(self.cart.b2b_agreement_changed_at)
        self.cart.write({"partner_id": self.buyer.user_id.partner_id.id})
        self.assertTrue(self.cart.b2b_agreement_changed_at)
        self.cart.write({"partner_id": self.rival.user_id.partner_id.id})
        self.assertFalse(self.cart.b2b_agreement_changed_at)
        self.assertFalse(self.cart.b2b_agreement_before_id)
