from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.b2b_party.rules.permissions import LIMITS, PERMISSIONS, RIGHTS

from .catalog_common import CatalogCase

#: What a permission guards today: the probe ``_can_<name>`` below, other rights that
#: the action needs as well, and rights that would open it in another way.
GUARDED = {
    "see_prices": ((), ()),
    "place_orders": ((), ()),
    "order_limit": (("see_prices",), ()),
    "approve": (("see_prices",), ()),
    "approve_limit": (("see_prices",), ()),
    "see_company_orders": ((), ("approve",)),
    "see_invoices": ((), ()),
    "see_stock": ((), ()),
    "pay_on_account": (("place_orders",), ()),
    "choose_agreement": (("place_orders", "see_prices"), ()),
    "choose_address": (("place_orders", "see_prices"), ()),
    "manage_seats": ((), ()),
}
#: Permissions whose action belongs to another addon, tested there.
ELSEWHERE = {
    "choose_delivery": "b2b_portal_delivery",
    "use_points": "b2b_portal_loyalty",
    "manage_budgets": "b2b_portal_budget",
}
#: Permissions whose action comes with a later issue. Whoever builds it moves the name.
LATER = {
    "request_quotes",
    "pay_invoices",
    "see_credit",
    "add_address",
    "manage_addresses",
    "change_orders",
    "returns",
    "see_subsidiaries",
}


@tagged("post_install", "-at_install")
class TestPermissionMatrix(CatalogCase):
    """Every permission on and off, tried by the portal user whose role it is.

    Off: the role holds everything else and the action is refused all the same. On:
    the role holds nothing but this and what the action needs.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls.env["b2b.seat.role"].create(
            {"name": "Under test", "party_id": cls.party.id}
        )
        cls.buyer.role_id = cls.role
        cls.colleague = cls._make_seat(cls.party, "Olive", "buyer")
        cls.colleague.supervisor_id = cls.buyer
        cls.theirs = cls._make_order(seat=cls.colleague)
        cls.theirs.action_confirm()
        cls.invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.party.id,
                "invoice_line_ids": [
                    Command.create({"name": "Hearts", "price_unit": 10.0})
                ],
            }
        )
        cls.invoice.invoice_line_ids.tax_ids = False
        cls.invoice.action_post()

    def _set(self, rights, limited=()):
        values = {name: name in rights for name in RIGHTS}
        values.update({name: 5.0 if name in limited else 0.0 for name in LIMITS})
        self.role.write(values)
        self.env.flush_all()

    @contextmanager
    def _undone(self):
        """What a probe does is gone afterwards."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            yield
        finally:
            self.env.clear()
            savepoint.close(rollback=True)
            self.env.registry.clear_cache()

    def _allowed(self, response):
        self.assertIn(response.status_code, (200, 303, 403, 404), response.text[:300])
        return response.status_code in (200, 303)

    def _mine(self, record):
        return record.with_user(self.buyer.user_id)

    # -- one probe for each permission -----------------------------------------------

    def _can_see_prices(self):
        shown = self._allowed(self.json("/trade/price/why", product_id=self.bag.id))
        page = self.page("/trade/catalog").text
        self.assertEqual("o_b2b_c_price" in page, shown)
        return shown

    def _can_place_orders(self):
        pages = {
            self._allowed(self.page("/trade/cart")),
            self._allowed(self.json("/trade/cart/set", lines=[[self.bag.id, 10]])),
        }
        self.assertEqual(len(pages), 1)
        order = self._make_order()
        codes = [finding.code for finding in order._b2b_findings()]
        self.assertEqual("permission" not in codes, pages == {True})
        return pages.pop()

    def _can_order_limit(self):
        order = self._make_order(quantity=10)
        return "seat_limit" not in [f.code for f in order._b2b_findings()]

    def _can_approve(self):
        page = self._allowed(self.page("/trade/approvals"))
        order = self._waiting()
        hold = order.b2b_open_hold_ids
        try:
            self._mine(hold).action_release()
        except AccessError:
            self.assertFalse(page)
            return False
        self.assertTrue(page)
        return order.state == "sale"

    def _can_approve_limit(self):
        order = self._waiting()
        return self.buyer.user_id in order.b2b_open_hold_ids.decider_ids

    def _waiting(self):
        """A colleague's order above her limit."""
        self.colleague.order_limit = 10.0
        order = self._make_order(seat=self.colleague, quantity=10)
        order.sudo()._b2b_submit()
        self.assertEqual(order.b2b_open_hold_ids.code, "seat_limit")
        return order

    def _can_see_company_orders(self):
        page = self.page(f"/trade/orders/{self.theirs.id}")
        seen = bool(self._mine(self.theirs).search([("id", "=", self.theirs.id)]))
        self.assertEqual(self._allowed(page), seen)
        return seen

    def _can_see_invoices(self):
        page = self.page(f"/my/invoices/{self.invoice.id}")
        seen = bool(self._mine(self.invoice).search([("id", "=", self.invoice.id)]))
        self.assertEqual(page.status_code == 200, seen)
        return seen

    def _can_see_stock(self):
        return "8,765" in self.page(f"/trade/product/{self.bag.id}").text or (
            "o_b2b_c_stock" in self.page("/trade/catalog").text
        )

    def _can_pay_on_account(self):
        cart = self._make_cart()
        codes = {finding.code for finding in cart._b2b_findings()}
        return not codes & {"payment", "prepayment"}

    def _can_choose_agreement(self):
        self._make_cart()
        return self._allowed(self.json("/trade/cart/compare"))

    def _can_choose_address(self):
        cart = self._make_cart()
        answer = self.json(
            "/trade/checkout/update",
            cart_id=cart.id,
            form={"address_id": str(self.shop.id)},
            seen="",
        )
        return self._allowed(answer)

    def _can_manage_seats(self):
        team = self.env["b2b.seat"].with_user(self.buyer.user_id).sudo()
        try:
            return bool(team._b2b_team())
        except AccessError:
            return False

    # -- the matrix ------------------------------------------------------------------

    def test_every_permission_is_somewhere(self):
        self.assertEqual(
            sorted([*GUARDED, *ELSEWHERE, *LATER]),
            sorted(PERMISSIONS),
            "a permission without a test of its action",
        )

    def test_every_permission_off_and_on(self):
        self.sign_in(self.buyer)
        for name, (needs, other_ways) in GUARDED.items():
            probe = getattr(self, f"_can_{name}")
            limited = {name} & LIMITS.keys()
            with self.subTest(permission=name, switched="off"), self._undone():
                self._set(set(RIGHTS) - {name, *other_ways}, limited)
                self.assertFalse(probe())
            with self.subTest(permission=name, switched="on"), self._undone():
                self._set({name, *needs, LIMITS.get(name)})
                self.assertTrue(probe())
