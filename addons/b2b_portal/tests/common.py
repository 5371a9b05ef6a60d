import json

from odoo.http import Request
from odoo.tests import HttpCase

from odoo.addons.b2b_party.tests.common import PartyCase

from ..tools import money


class TradeHttpCase(PartyCase, HttpCase):
    """Pages as real logins: a buyer, an approver, an administrator, a rival."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = cls._make_seat(cls.party, "Vic", "viewer")
        cls.finance = cls._make_seat(cls.party, "Tom", "finance")
        seats = (
            cls.buyer | cls.approver | cls.owner | cls.rival | cls.viewer | cls.finance
        )
        for seat in seats:
            seat.user_id.password = seat.user_id.login
        cls.buyer.supervisor_id = cls.approver
        cls.yard = cls._make_address(cls.party, "Yard", street="Feeder Road 1")
        cls.shop = cls._make_address(cls.party, "Shop", street="Vicar Lane 18")
        cls.rival_yard = cls._make_address(cls.rival_party, "Lager")
        cls.party.b2b_default_delivery_id = cls.yard
        cls.other_product = cls.env["product.product"].create(
            {"name": "Cakestand", "default_code": "22423", "list_price": 20.0}
        )
        cls.other_product.taxes_id = False
        cls.small = cls.env.ref("b2b_party.role_buyer").copy(
            {"name": "Small buyer", "order_limit": 100.0, "party_id": cls.party.id}
        )

    @classmethod
    def _make_address(cls, party, name, **values):
        values = {"name": name, "parent_id": party.id, "type": "delivery", **values}
        return cls.env["res.partner"].create(values)

    @classmethod
    def _make_cart(cls, seat=None, quantity=2, **values):
        """An open cart, as the catalog page leaves it."""
        seat = seat or cls.buyer
        values = {
            "b2b_is_cart": True,
            "b2b_orderer_id": False,
            "partner_shipping_id": cls.yard.id,
            **values,
        }
        return cls._make_order(seat=seat, quantity=quantity, **values)

    def sign_in(self, seat):
        login = seat.user_id.login
        self.authenticate(login, login)
        self.seat = seat

    def token(self):
        return Request.csrf_token(self)

    def page(self, path):
        return self.url_open(path, allow_redirects=False)

    def form(self, path, **values):
        """Post a form with the hidden keys of the frame; None leaves one out."""
        values = {
            "csrf_token": self.token(),
            "seat_id": self.seat.id,
            **values,
        }
        data = {key: value for key, value in values.items() if value is not None}
        return self.url_open(path, data=data, allow_redirects=False)

    def json(self, path, **params):
        params = {"seat_id": self.seat.id, **params}
        body = {"jsonrpc": "2.0", "id": 1, "params": params}
        return self.url_open(
            path, data=json.dumps(body), headers={"Content-Type": "application/json"}
        )

    def money(self, amount):
        return money(self.env, amount, self.env.company.currency_id)

    def assertRefused(self, response, status, *words):
        self.assertEqual(response.status_code, status, response.text[:600])
        for word in words:
            self.assertIn(word, response.text)
