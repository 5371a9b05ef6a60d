from lxml import html

from odoo.tests import tagged

from .common import TradeHttpCase

TOKEN = "fedcba9876543210" * 2


@tagged("post_install", "-at_install")
class TestPoints(TradeHttpCase):
    """Delivery points are chosen below their address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.dock = partners.create(
            {"name": "Dock B", "type": "delivery", "parent_id": cls.yard.id}
        )
        cls.room = partners.create(
            {"name": "Cold room", "type": "delivery", "parent_id": cls.dock.id}
        )
        cls.rival_dock = partners.create(
            {"name": "Tor 3", "type": "delivery", "parent_id": cls.rival_yard.id}
        )

    def setUp(self):
        super().setUp()
        self.cart = self._make_cart()
        self.sign_in(self.buyer)

    def send(self, **values):
        return self.form(
            "/trade/checkout",
            token=TOKEN,
            cart_id=self.cart.id,
            seen=self.cart._b2b_seen(),
            **values,
        )

    def points(self):
        """``{address: names of its points}`` as the page offers them."""
        page = html.fromstring(self.page("/trade/checkout").text)
        return {
            int(select.get("name").removeprefix("point_")): [
                option.text for option in select.findall("option")
            ]
            for select in page.xpath("//select[starts-with(@name, 'point_')]")
        }

    def test_points_stand_below_their_address(self):
        self.assertEqual(
            self.points(),
            {self.yard.id: ["The address itself", "Dock B", "Dock B · Cold room"]},
        )
        page = html.fromstring(self.page("/trade/checkout").text)
        cards = page.xpath("//input[@name='address_id']/@value")
        self.assertEqual(cards, [str(self.yard.id), str(self.shop.id)])

    def test_a_new_address_has_a_street_beside_points(self):
        role = self.buyer.role_id
        self.buyer.role_id = role.copy({"party_id": self.party.id, "add_address": True})
        path = f"/trade/checkout?cart={self.cart.id}&address=new"
        page = html.fromstring(self.page(path).text)
        names = page.xpath("//*[@form='o_b2b_address_for_order']/@name")
        for name in ("name", "street", "zip", "city", "country_id"):
            self.assertIn(name, names)

    def test_the_order_goes_to_the_point(self):
        values = {"address_id": self.yard.id, f"point_{self.yard.id}": self.room.id}
        self.assertEqual(self.send(**values).status_code, 303)
        self.assertEqual(self.cart.partner_shipping_id, self.room)
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertIn("Yard · Dock B · Cold room", page)

    def test_the_chosen_point_is_kept_and_taken_back(self):
        self.cart.partner_shipping_id = self.dock
        page = html.fromstring(self.page("/trade/checkout").text)
        (chosen,) = page.xpath("//input[@name='address_id'][@checked]/@value")
        self.assertEqual(chosen, str(self.yard.id))
        (option,) = page.xpath("//select/option[@selected]")
        self.assertEqual(option.text, "Dock B")
        self.send(**{"address_id": self.yard.id, f"point_{self.yard.id}": self.yard.id})
        self.assertEqual(self.cart.partner_shipping_id, self.yard)

    def test_points_of_other_addresses_are_not_heard(self):
        values = {"address_id": self.shop.id, f"point_{self.yard.id}": self.dock.id}
        self.assertEqual(self.send(**values).status_code, 303)
        self.assertEqual(self.cart.partner_shipping_id, self.shop)

    def test_foreign_points_and_garbage_are_nothing(self):
        before = self.cart.partner_shipping_id
        for point in (self.rival_dock.id, self.shop.id, "x", "-1", "9" * 30):
            values = {"address_id": self.yard.id, f"point_{self.yard.id}": point}
            self.assertRefused(self.send(**values), 404)
        self.assertTrue(self.cart.b2b_is_cart)
        self.assertEqual(self.cart.partner_shipping_id, before)

    def test_a_seat_that_may_use_a_point_only_sees_it_by_itself(self):
        self.buyer.allowed_address_ids = self.dock
        self.cart.partner_shipping_id = self.dock
        page = html.fromstring(self.page("/trade/checkout").text)
        cards = page.xpath("//input[@name='address_id']/@value")
        self.assertEqual(cards, [str(self.dock.id)])
        self.assertRefused(self.send(address_id=self.yard.id), 404)
