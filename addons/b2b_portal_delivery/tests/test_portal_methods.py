"""The part “How” of the checkout: allowed, priced, accepted, in the buyer's name."""

from datetime import datetime

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase

NOW = "2026-11-23 09:47:00"
TOKEN = "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPortalMethods(TradeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["delivery.carrier"].search([]).active = False
        cls.van = cls.method("Own van", 14.5)
        cls.parcel = cls.method("Parcel service", 19.8)
        cls.secret = cls.method("Rival courier", 1.0)
        cls.secret.b2b_party_ids = cls.rival_party
        cls.drop = cls.method("To your customer", 24.0, b2b_kind="dropship")
        cls.end = cls._end(cls.party, "Hotel Severn")
        cls.rival_end = cls._end(cls.rival_party, "Gasthaus Krone")
        cls.terms = cls.env["b2b.delivery.conditions"].create(
            {"carrier_id": cls.parcel.id, "text": "<p>Somebody signs.</p>"}
        )
        cls.terms.action_publish()

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
        values = {
            "name": name,
            "product_id": product.id,
            "delivery_type": "fixed",
            "fixed_price": price,
            **values,
        }
        return cls.env["delivery.carrier"].create(values)

    @classmethod
    def _end(cls, party, name):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "parent_id": party.id,
                "type": "other",
                "b2b_end_customer": True,
                "street": "Clifton Road 4",
            }
        )

    def setUp(self):
        super().setUp()
        self.cart = self._make_cart()
        self.sign_in(self.buyer)

    def send(self, **values):
        values = {
            "token": TOKEN,
            "cart_id": self.cart.id,
            "seen": self.cart._b2b_seen(),
            **values,
        }
        return self.form("/trade/checkout", **values)

    def update(self, **form):
        answer = self.json(
            "/trade/checkout/update",
            cart_id=self.cart.id,
            seen=self.cart._b2b_seen(),
            form=form,
        )
        self.assertEqual(answer.status_code, 200, answer.text[:500])
        return answer.json()["result"]

    # -- choosing ----------------------------------------------------------------------

    def test_what_is_offered(self):
        page = self.page("/trade/checkout").text
        for words in ("Own van", "Parcel service", "As you see fit"):
            self.assertIn(words, page)
        self.assertIn(self.money(14.5), page)
        for words in ("Rival courier", "To your customer"):
            self.assertNotIn(words, page)

    def test_the_choice_is_kept_priced_once_and_can_be_taken_back(self):
        answer = self.update(method_id=str(self.van.id))
        self.assertEqual(self.cart.carrier_id, self.van)
        self.assertIn(self.money(34.5), answer["summary"])
        self.update(method_id=str(self.parcel.id))
        lines = self.cart.order_line.filtered("is_delivery")
        self.assertEqual(lines.mapped("price_unit"), [19.8])
        self.assertIn("Conditions of Parcel service", self.page("/trade/checkout").text)
        self.update(method_id="0")
        self.assertFalse(self.cart.order_line.filtered("is_delivery"))

    def test_an_end_customer_brings_his_method_at_once(self):
        self.update(method_id="0")
        answer = self.update(address_id=str(self.end.id), method_id="0")
        self.assertEqual(self.cart.carrier_id, self.drop)
        self.assertIn(self.money(44.0), answer["summary"])
        self.assertNotIn("data-settle", answer["sections"]["method"])
        # Back at an own address it is left to us again.
        self.update(address_id=str(self.shop.id), method_id="0")
        self.assertFalse(self.cart.carrier_id)

    def test_foreign_and_garbage_ids_change_nothing(self):
        self.update(method_id=str(self.van.id))
        other = self.method("Archived", 1.0, active=False)
        for forged in (
            self.secret.id,
            other.id,
            self.drop.id,
            999999999,
            "x" * 50,
            "-1",
        ):
            answer = self.update(method_id=str(forged))
            self.assertIn("cannot be chosen", answer["errors"]["method_id"], forged)
            self.assertIn("cannot be chosen", answer["sections"]["method"])
            self.assertEqual(self.cart.carrier_id, self.van)
            page = self.send(method_id=str(forged))
            self.assertRefused(page, 400, "cannot be chosen")
        self.assertTrue(self.cart.b2b_is_cart)

    def test_a_method_that_was_taken_away_stops_the_order(self):
        self.update(method_id=str(self.van.id))
        self.party.b2b_method_ids = self.parcel
        answer = self.send()
        self.assertRefused(answer, 400, "Own van cannot be used for this order")
        self.assertTrue(self.cart.b2b_is_cart)

    def test_by_agreement(self):
        agreement = self.env["b2b.agreement"].create(
            {
                "name": "Express",
                "party_id": self.party.id,
                "company_id": self.env.company.id,
                "pricelist_id": self.cart.pricelist_id.id,
            }
        )
        agreement.action_run()
        self.van.b2b_agreement_ids = agreement
        self.cart.b2b_agreement_id = False
        self.assertNotIn(self.van, self.cart._b2b_methods())
        self.cart.b2b_agreement_id = agreement
        self.assertIn(self.van, self.cart._b2b_methods())
        self.assertIn("agreements: 1", self.van.b2b_use_text)

    def test_without_the_right_the_usual_one_is_taken(self):
        self.buyer.role_id = self.small
        self.small.choose_delivery = False
        self.party.property_delivery_carrier_id = self.van
        page = self.page("/trade/checkout").text
        self.assertIn("Own van", page)
        self.assertNotIn("Parcel service", page)
        self.update(method_id=str(self.parcel.id))
        self.assertEqual(self.cart.carrier_id, self.van)

    def test_where_a_choice_is_asked_none_is_no_way_around(self):
        self.env.company.b2b_method_required = True
        page = self.page("/trade/checkout").text
        self.assertNotIn("As you see fit", page)
        self.assertIn("data-settle", page)
        self.assertRefused(self.send(), 400, "Choose how the goods get there")
        # Without scripts the proposed method comes with the form and is asked about.
        self.assertRefused(
            self.send(method_id=str(self.van.id)), 409, "The total changed"
        )
        self.assertEqual(self.send(method_id=str(self.van.id)).status_code, 303)
        self.assertEqual(self.cart.carrier_id, self.van)

    def test_a_price_that_changed_since_is_asked_about(self):
        self.update(method_id=str(self.van.id))
        seen = self.cart._b2b_seen()
        self.van.product_id.list_price = 16.0
        answer = self.send(seen=seen)
        self.assertRefused(answer, 409, "The total changed")
        self.assertEqual(self.send().status_code, 303)
        self.assertEqual(self.cart.amount_untaxed, 36.0)

    def test_agreed_free_delivery_holds_and_pickup_costs_nothing(self):
        self.env["b2b.order.condition"].create(
            {
                "name": "Delivery",
                "kind": "delivery",
                "audience": "everyone",
                "threshold": 15.0,
                "charge": 7.0,
                "replaces_carrier": True,
            }
        )
        self.update(method_id=str(self.van.id))
        self.assertEqual(self.cart.amount_untaxed, 20.0)
        section = self.page("/trade/checkout").text
        self.assertNotIn(self.money(14.5), section)
        self.cart.order_line.filtered(lambda ln: not ln.is_delivery)[
            :1
        ].product_uom_qty = 1
        self.assertEqual(self.cart.amount_untaxed, 17.0)
        hours = self.env["b2b.delivery.schedule"].create(
            {
                "name": "Counter",
                "tz": "Europe/London",
                "lead_days": 0,
                "cutoff_hour": 12,
                "frame_ids": [
                    Command.create({"weekday": "1", "hour_from": 8, "hour_to": 17})
                ],
            }
        )
        collect = self.method(
            "Collect",
            0.0,
            b2b_kind="pickup",
            b2b_warehouse_id=self.cart.warehouse_id.id,
            b2b_schedule_id=hours.id,
        )
        answer = self.update(method_id=str(collect.id))
        self.assertIn("Tue 8–17", answer["sections"]["method"])
        self.assertEqual(self.cart.amount_untaxed, 10.0)
        self.assertTrue(self.cart.b2b_pickup)
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 11, 24, 8))

    # -- conditions --------------------------------------------------------------------

    def test_the_tick_is_asked_kept_and_proven(self):
        self.update(method_id=str(self.parcel.id))
        page = self.page("/trade/checkout").text
        self.assertIn("Somebody signs.", page)
        self.assertRefused(self.send(), 400, "Read and accept the conditions")
        self.assertRefused(
            self.send(method_id=str(self.parcel.id)), 400, "Read and accept"
        )
        self.update(method_id=str(self.parcel.id), conditions=str(self.terms.id))
        self.assertEqual(self.cart.b2b_conditions_id, self.terms)
        self.assertFalse(self.cart.b2b_acceptance_ids)
        answer = self.send(method_id=str(self.parcel.id), conditions=str(self.terms.id))
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        proof = self.cart.b2b_acceptance_ids
        self.assertEqual(proof.conditions_id, self.terms)
        self.assertEqual(proof.user_id, self.buyer.user_id)
        self.assertEqual(proof.seat_id, self.buyer)
        self.assertEqual(proof.accepted_at, datetime(2026, 11, 23, 9, 47))
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertIn("Version 1 accepted by", page)
        # The same page again is the same order, with one proof.
        self.send(method_id=str(self.parcel.id), conditions=str(self.terms.id))
        self.assertEqual(len(self.cart.b2b_acceptance_ids), 1)

    def test_taken_back_or_another_method_is_asked_again(self):
        form = {"method_id": str(self.parcel.id), "conditions": str(self.terms.id)}
        self.update(**form)
        self.update(method_id=str(self.parcel.id))
        self.assertFalse(self.cart.b2b_conditions_id)
        self.update(**form)
        self.update(method_id=str(self.van.id), conditions=str(self.terms.id))
        self.assertFalse(self.cart.b2b_conditions_id)
        self.update(method_id=str(self.parcel.id))
        self.assertRefused(self.send(), 400, "Read and accept the conditions")

    def test_a_new_version_is_asked_again(self):
        form = {"method_id": str(self.parcel.id), "conditions": str(self.terms.id)}
        self.update(**form)
        second = self.terms.browse(self.terms.action_new_version()["res_id"])
        second.text = "<p>Somebody signs and checks.</p>"
        second.action_publish()
        # The tick on the cart is one of the old version; so is that of an open page.
        self.assertRefused(self.send(), 400, "Read and accept the conditions")
        self.assertRefused(self.send(**form), 400, "Read and accept the conditions")
        self.assertFalse(self.cart.b2b_acceptance_ids)
        form["conditions"] = str(second.id)
        self.assertEqual(self.send(**form).status_code, 303)
        self.assertEqual(self.cart.b2b_acceptance_ids.version, 2)

    def test_conditions_of_another_method_are_no_tick(self):
        other = self.env["b2b.delivery.conditions"].create(
            {"carrier_id": self.van.id, "text": "<p>Anything.</p>"}
        )
        other.action_publish()
        for forged in (other.id, 0, "x", "999999999"):
            answer = self.send(method_id=str(self.parcel.id), conditions=str(forged))
            self.assertIn(answer.status_code, (400, 409))
        self.assertFalse(self.cart.b2b_conditions_id)
        self.assertTrue(self.cart.b2b_is_cart)

    # -- end customers -----------------------------------------------------------------

    def test_to_an_end_customer_by_its_method_only(self):
        page = self.page("/trade/checkout").text
        self.assertIn("your end customer", page)
        self.assertNotIn("Gasthaus Krone", page)
        answer = self.update(address_id=str(self.end.id), method_id=str(self.van.id))
        self.assertEqual(self.cart.partner_shipping_id, self.end)
        self.assertEqual(self.cart.carrier_id, self.drop)
        self.assertIn("slip without prices", answer["sections"]["method"])
        self.assertNotIn("Own van", answer["sections"]["method"])
        self.end.b2b_unconfirmed = False
        answer = self.send(address_id=str(self.end.id), method_id=str(self.drop.id))
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        self.assertEqual(self.cart.state, "sale")
        self.assertEqual(self.cart.partner_invoice_id.commercial_partner_id, self.party)
        self.assertTrue(self.cart.picking_ids.b2b_neutral)

    def test_beside_end_customers_the_company_itself_can_be_chosen(self):
        self.cart.partner_shipping_id = self.party
        (self.yard | self.shop).action_archive()
        page = self.page("/trade/checkout").text
        self.assertIn(f'name="address_id" value="{self.party.id}"', page)
        self.assertIn(f'name="address_id" value="{self.end.id}"', page)

    def test_a_foreign_end_customer_is_missing(self):
        for forged in (self.rival_end.id, 999999999):
            answer = self.json(
                "/trade/checkout/update",
                cart_id=self.cart.id,
                seen=self.cart._b2b_seen(),
                form={"address_id": str(forged)},
            )
            self.assertEqual(answer.status_code, 404)
            self.assertRefused(self.send(address_id=str(forged)), 404)
        self.assertEqual(self.cart.partner_shipping_id, self.yard)

    def test_an_end_customer_without_its_method_stops(self):
        self.cart.partner_shipping_id = self.end
        self.assertRefused(self.send(), 400, "Choose how the goods get there")

    def test_no_end_customers_for_a_seat_bound_to_addresses(self):
        self.buyer.allowed_address_ids = self.yard
        page = self.page("/trade/checkout").text
        self.assertNotIn("Hotel Severn", page)
        self.assertRefused(self.send(address_id=str(self.end.id)), 404)

    def test_the_list_is_kept_by_right_and_never_anothers(self):
        fields = {
            "name": "Villa Rosa",
            "street": "Park Row 1",
            "city": "Bath",
            "zip": "BA1 1AA",
            "country_id": self.env.ref("base.uk").id,
            "email": "villa@rosa.example",
        }
        self.assertIn("Hotel Severn", self.page("/trade/end-customers").text)
        self.assertRefused(self.form("/trade/end-customers/add", **fields), 403)
        self.sign_in(self.owner)
        answer = self.form("/trade/end-customers/add", **fields)
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        made = self.env["res.partner"].search([("name", "=", "Villa Rosa")])
        self.assertEqual((made.parent_id, made.type), (self.party, "other"))
        self.assertTrue(made.b2b_end_customer and made.b2b_unconfirmed)
        self.assertFalse(made.email)
        self.form(f"/trade/end-customers/{made.id}/save", **{**fields, "city": "Wells"})
        self.assertEqual(made.city, "Wells")
        # Not among the own addresses, nowhere.
        self.assertNotIn("Villa Rosa", self.page("/trade/addresses").text)
        self.assertRefused(self.page(f"/trade/addresses/{made.id}"), 404)
        bad = self.form("/trade/end-customers/add", **{**fields, "name": " "})
        self.assertRefused(bad, 400, "Enter the name of the person or company")
        for foreign in (self.rival_end.id, self.yard.id, self.rival_yard.id, 999999999):
            path = f"/trade/end-customers/{foreign}"
            self.assertRefused(self.page(path), 404)
            self.assertRefused(self.form(f"{path}/save", **fields), 404)
            self.assertRefused(self.form(f"{path}/archive"), 404)
        self.form(f"/trade/end-customers/{made.id}/archive")
        self.assertFalse(made.active)
        for seat in (self.finance, self.viewer):
            self.sign_in(seat)
            self.assertRefused(self.page("/trade/end-customers"), 403)

    def test_shown_prices_are_odoos_rates(self):
        rules = self.method("By rules", 0.0, delivery_type="base_on_rule")
        rules.price_rule_ids = [
            Command.create({"variable": "price", "operator": "<=", "max_value": 15}),
            Command.create(
                {
                    "variable": "price",
                    "operator": ">",
                    "max_value": 15,
                    "list_base_price": 3.0,
                }
            ),
        ]
        self.van.write({"free_over": True, "amount": 20.0})
        every = self.van | self.parcel | rules
        for quantity in (1, 2):
            self.cart.order_line.product_uom_qty = quantity
            shown = self.cart._b2b_method_prices(every, shown=True)
            for one in every:
                rate = one.rate_shipment(self.cart)["price"]
                self.assertEqual(shown[one], rate, (one.name, quantity))
        self.parcel.product_id.list_price = 21.0
        shown = self.cart._b2b_method_prices(self.parcel, shown=True)
        self.assertEqual(shown[self.parcel], 21.0)
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.cart.pricelist_id.id,
                "applied_on": "0_product_variant",
                "product_id": self.parcel.product_id.id,
                "compute_price": "fixed",
                "fixed_price": 11.0,
            }
        )
        shown = self.cart._b2b_method_prices(self.parcel, shown=True)
        self.assertEqual(shown[self.parcel], 11.0)

    def test_queries(self):
        for number in range(4):
            self.method(f"Method {number}", 5.0)
        self.update(method_id=str(self.parcel.id))
        self.page("/trade/checkout")
        with self.assertQueryCount(40):
            self.page("/trade/checkout")
