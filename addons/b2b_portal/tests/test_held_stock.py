from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.b2b_party.tests.common import PartyCase


@tagged("post_install", "-at_install")
class TestHeldStock(PartyCase):
    """A waiting order takes its goods off what others may order, until it ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.warehouse.lot_stock_id, 100
        )
        cls.role = cls.env.ref("b2b_party.role_buyer").copy(
            {"name": "Small buyer", "order_limit": 50.0, "party_id": cls.party.id}
        )
        cls.buyer.role_id = cls.role
        cls.order = cls._make_order(quantity=30)
        cls.order._b2b_submit()
        cls.rival_ctx = cls._context(cls.rival)
        cls.rival_party.b2b_stock_threshold = 0

    @classmethod
    def _context(cls, seat):
        return cls.env["b2b.portal.context"].with_user(seat.user_id)._b2b_build()

    def _free(self, warehouse=None):
        warehouses = warehouse or self.warehouse
        stock = self.rival_ctx.env["b2b.portal.stock"]
        ids = SQL("%s", (self.product.id,))
        found = stock._b2b_free(self.rival_ctx, ids, warehouses)
        return found.get((self.product.id, warehouses.id))

    def _word(self):
        stock = self.rival_ctx.env["b2b.portal.stock"]
        product = self.product.with_env(self.rival_ctx.env)
        return stock._b2b_words(self.rival_ctx, product)[product.id]["main"]

    def test_until_it_is_over(self):
        self.assertEqual(self.order.b2b_submit_state, "waiting")
        self.assertEqual(self._free(), 70)
        past = fields.Datetime.now() - timedelta(minutes=1)
        self.order.sudo().b2b_keep_until = past
        self.assertEqual(self._free(), 100)

    def test_withdrawn_refused_and_expired_it_is_free_again(self):
        for end in (
            lambda order: order.action_b2b_withdraw(),
            lambda order: order._b2b_expire(),
            lambda order: order.b2b_open_hold_ids.with_user(
                self.owner.user_id
            ).action_refuse("No"),
            lambda order: order._action_cancel(),
        ):
            order = self._make_order(quantity=20)
            order._b2b_submit()
            self.assertEqual(self._free(), 50)
            end(order)
            self.assertEqual(self._free(), 70)

    def test_released_it_is_reserved_and_not_taken_twice(self):
        holds = self.order.b2b_open_hold_ids
        holds.with_user(self.owner.user_id).action_release()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self._free(), 70)

    def test_only_in_its_warehouse(self):
        other = self.env["stock.warehouse"].create({"name": "North", "code": "NO"})
        self.env["stock.quant"]._update_available_quantity(
            self.product, other.lot_stock_id, 5
        )
        self.assertEqual(self._free(other), 5)
        self.order.warehouse_id = other
        self.assertEqual(self._free(other), -25)
        self.assertEqual(self._free(), 100)

    def test_in_the_unit_of_the_article(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.order.order_line.write({"product_uom_id": dozen.id, "product_uom_qty": 2})
        self.assertEqual(self._free(), 76)

    def test_never_below_zero_and_nobody_is_named(self):
        self.order.order_line.product_uom_qty = 400
        self.assertEqual(self._word(), {"level": "out", "text": "Out"})
        self.order.order_line.product_uom_qty = 60
        self.assertEqual(self._word()["text"], "40")
        self.rival_party.b2b_stock_threshold = 10
        self.assertEqual(self._word()["text"], "> 10")

    def test_drafts_and_carts_take_nothing(self):
        self._make_order(quantity=50)
        self.assertEqual(self._free(), 70)

    def test_staff_see_what_waits_elsewhere(self):
        mine = self._make_order(self.rival, quantity=1)
        line = mine.order_line.with_user(self.manager)
        self.assertEqual(line.b2b_held_elsewhere, 30)
        own = self.order.order_line.with_user(self.manager)
        self.assertEqual(own.b2b_held_elsewhere, 0)
