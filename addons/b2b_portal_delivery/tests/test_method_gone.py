"""A delivery method that was chosen and is no longer to be had."""

from lxml import html

from odoo.tests import tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase

TOKEN = "0123456789abcdef" * 2
GONE = "Own van (%s) can no longer be chosen for this order."


@tagged("post_install", "-at_install")
class TestMethodGone(TradeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["delivery.carrier"].search([]).active = False
        cls.van = cls.method("Own van", 14.5)
        cls.parcel = cls.method("Parcel service", 19.8)
        cls.drop = cls.method("To your customer", 24.0, b2b_kind="dropship")
        cls.end = cls.env["res.partner"].create(
            {
                "name": "Hotel Severn",
                "parent_id": cls.party.id,
                "type": "other",
                "b2b_end_customer": True,
                "street": "Clifton Road 4",
            }
        )

    @classmethod
    def method(cls, name, price, **values):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "taxes_id": False,
                "invoice_policy": "order",
            }
        )
        values = {"product_id": product.id, "fixed_price": price, **values}
        return cls.env["delivery.carrier"].create(
            {"name": name, "delivery_type": "fixed", **values}
        )

    def setUp(self):
        super().setUp()
        self.cart = self._make_cart()
        self.sign_in(self.buyer)

    def send(self, **values):
        values = {"token": TOKEN, "cart_id": self.cart.id, **values}
        return self.form("/trade/checkout", seen=self.cart._b2b_seen(), **values)

    def update(self, **form):
        seen = self.cart._b2b_seen()
        answer = self.json(
            "/trade/checkout/update", cart_id=self.cart.id, seen=seen, form=form
        )
        self.assertEqual(answer.status_code, 200, answer.text[:500])
        return answer.json()["result"]

    def take_the_van_away(self):
        self.update(method_id=str(self.van.id))
        self.party.b2b_method_ids = self.parcel | self.drop

    def chosen(self, page):
        return html.fromstring(page).xpath("//input[@name='method_id'][@checked]")

    def test_the_refusal_names_the_method_and_the_new_price(self):
        self.env["b2b.order.condition"].create(
            {
                "name": "Delivery",
                "kind": "delivery",
                "audience": "everyone",
                "threshold": 500.0,
                "charge": 9.5,
            }
        )
        self.take_the_van_away()
        answer = self.send(method_id=str(self.van.id))
        self.assertRefused(answer, 400, GONE % self.money(14.5))
        self.assertIn(f"“As you see fit” costs {self.money(9.5)}", answer.text)
        # Nothing else is taken for him, neither on the page nor on the cart.
        self.assertFalse(self.chosen(answer.text))
        self.assertNotIn("data-settle", answer.text)
        self.assertEqual(self.cart.carrier_id, self.van)
        self.assertTrue(self.cart.b2b_is_cart)

    def test_the_sentence_stays_until_another_way_is_chosen(self):
        self.take_the_van_away()
        self.party.property_delivery_carrier_id = self.parcel
        words = GONE % self.money(14.5)
        for answer in (self.page("/trade/checkout"), self.send(note="Ring twice")):
            self.assertIn(words, answer.text)
            self.assertIn(f"“Parcel service” costs {self.money(19.8)}", answer.text)
            self.assertFalse(self.chosen(answer.text))
            self.assertNotIn("data-settle", answer.text)
        # Another input says nothing about the method.
        answer = self.update(note="Ring three times")
        self.assertIn(words, answer["errors"]["method_id"])
        self.assertIn(words, answer["sections"]["method"])
        self.assertEqual(self.cart.carrier_id, self.van)
        answer = self.update(method_id=str(self.parcel.id))
        self.assertFalse(answer["errors"])
        self.assertNotIn(words, answer["sections"]["method"])
        self.assertEqual(self.cart.carrier_id, self.parcel)
        self.assertEqual(self.send(method_id=str(self.parcel.id)).status_code, 303)

    def test_an_archived_method_is_gone_like_any_other(self):
        self.update(method_id=str(self.van.id))
        self.van.active = False
        for answer in (self.send(method_id=str(self.van.id)), self.send()):
            self.assertRefused(answer, 400, GONE % self.money(14.5))
        self.assertIn(GONE % self.money(14.5), self.page("/trade/checkout").text)
        self.assertEqual(self.cart.carrier_id, self.van)

    def test_the_only_method_gone_leaves_a_way_on(self):
        self.take_the_van_away()
        self.parcel.active = False
        page = self.page("/trade/checkout").text
        self.assertIn(GONE % self.money(14.5), page)
        self.assertFalse(self.chosen(page))
        answer = self.update(method_id="0")
        self.assertFalse(answer["errors"])
        self.assertFalse(self.cart.carrier_id)

    def test_no_price_for_who_sees_none(self):
        self.take_the_van_away()
        self.buyer.role_id = self.small
        self.small.see_prices = False
        page = self.page("/trade/checkout").text
        self.assertIn("Own van can no longer be chosen for this order.", page)
        self.assertNotIn(GONE % self.money(14.5), page)

    def test_who_may_not_choose_gets_the_usual_one_and_is_asked(self):
        self.take_the_van_away()
        self.buyer.role_id = self.small
        self.small.choose_delivery = False
        self.party.property_delivery_carrier_id = self.parcel
        self.assertIn("data-settle", self.page("/trade/checkout").text)
        answer = self.send(method_id=str(self.van.id))
        self.assertRefused(answer, 409, "The total changed")
        self.assertEqual(self.cart.carrier_id, self.parcel)

    def test_an_end_customer_brings_its_method_into_the_sum(self):
        answer = self.update(address_id=str(self.end.id), method_id="0")
        self.assertEqual(self.cart.carrier_id, self.drop)
        self.assertIn(self.money(24), answer["summary"])
        self.assertIn(self.money(44), answer["summary"])
        self.assertNotIn("data-settle", answer["sections"]["method"])

    def test_a_refused_page_shows_what_the_cart_has(self):
        self.update(method_id="0")
        self.party.b2b_po_policy = "required"
        self.party.property_delivery_carrier_id = self.van
        answer = self.send(method_id="0")
        self.assertEqual(answer.status_code, 400)
        (chosen,) = self.chosen(answer.text)
        self.assertEqual(chosen.get("value"), "0")
        self.assertFalse(self.cart.carrier_id)

    def test_none_is_no_choice_where_one_is_asked(self):
        self.env.company.b2b_method_required = True
        answer = self.send(method_id="0")
        self.assertRefused(answer, 400, "Choose how the goods get there")
        self.assertFalse(self.cart.carrier_id)
