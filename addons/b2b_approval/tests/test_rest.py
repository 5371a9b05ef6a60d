from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.b2b_party.tests.common import PartyCase


class RestCase(PartyCase):
    """Confirmed orders of which a part came."""

    def _confirmed(self, quantity=10, **values):
        order = self._make_order(quantity=quantity, **values)
        order.action_confirm()
        return order

    def _deliver(self, order, quantity):
        """Ship so much of the only line; the rest becomes a back order."""
        picking = order.picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel")
        )
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def _partly(self, delivered=6, **values):
        order = self._confirmed(**values)
        self._deliver(order, delivered)
        return order

    def _close(self, order, reason="out of the range", user=None):
        wizard = (
            self.env["b2b.order.close.rest"]
            .with_user(user or self.manager)
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"reason": reason})
        )
        return wizard, wizard.action_close()


@tagged("post_install", "-at_install")
class TestCloseRest(RestCase):
    def test_close_rest_lowers_the_line_and_cancels_the_moves(self):
        order = self._partly()
        self._close(order)
        line = order.order_line
        self.assertEqual((line.product_uom_qty, line.b2b_closed_qty), (6.0, 4.0))
        self.assertEqual(order.amount_total, 60.0)
        self.assertEqual(sorted(order.picking_ids.mapped("state")), ["cancel", "done"])
        self.assertEqual(order.delivery_status, "full")
        self.assertRecordValues(
            order.b2b_rest_ids,
            [
                {
                    "quantity": 4.0,
                    "how": "staff",
                    "user_id": self.manager.id,
                    "reason": "out of the range",
                }
            ],
        )
        message = order.message_ids.filtered(lambda m: "Rest closed" in (m.body or ""))
        self.assertIn("out of the range", message.body)
        self.assertFalse(message.is_internal, "both sides read it")

    def test_twice_is_once(self):
        order = self._partly()
        order._b2b_close_rest(order.order_line, "gone", "staff")
        self.assertFalse(order._b2b_close_rest(order.order_line, "gone", "staff"))
        self.assertEqual(order.order_line.product_uom_qty, 6.0)
        self.assertEqual(len(order.b2b_rest_ids), 1)

    def test_a_locked_order_stays_locked_for_all_else(self):
        order = self._partly()
        order.action_lock()
        self._close(order)
        self.assertTrue(order.locked)
        self.assertEqual(order.order_line.product_uom_qty, 6.0)
        with self.assertRaisesRegex(UserError, "locked"):
            order.order_line.product_uom_qty = 7.0

    def test_price_of_the_whole_quantity_stays(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Eight each from ten",
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "compute_price": "fixed",
                            "fixed_price": 8.0,
                            "min_quantity": 10,
                            "applied_on": "3_global",
                        },
                    )
                ],
            }
        )
        order = self._partly(pricelist_id=pricelist.id)
        self.assertEqual(order.order_line.price_unit, 8.0)
        self._close(order)
        self.assertEqual((order.order_line.price_unit, order.amount_total), (8.0, 48.0))

    def test_more_invoiced_than_delivered_stays_ordered(self):
        self.product.invoice_policy = "order"
        order = self._confirmed()
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 8.0
        invoice.action_post()
        self._deliver(order, 6)
        self._close(order)
        self.assertEqual(order.order_line.product_uom_qty, 8.0)
        self.assertEqual(order.order_line.b2b_closed_qty, 2.0)

    def test_what_came_back_is_not_closed(self):
        order = self._partly()
        picking = order.picking_ids.filtered(lambda p: p.state == "done")
        dialog = self.env["stock.return.picking"].create({"picking_id": picking.id})
        dialog.product_return_moves.write({"quantity": 2.0, "to_refund": True})
        back = dialog._create_return()
        back.move_ids.write({"quantity": 2.0, "picked": True})
        back._action_done()
        self.assertEqual(order.order_line.qty_delivered, 4.0)
        order._b2b_close_rest(order.order_line, "gone", "staff")
        self.assertEqual(order.order_line.product_uom_qty, 6.0)

    def test_nothing_delivered_is_cancelled_instead(self):
        order = self._confirmed()
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            self._close(order)
        wizard = (
            self.env["b2b.order.close.rest"]
            .with_user(self.manager)
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({})
        )
        self.assertTrue(wizard.untouched)
        wizard.action_cancel_order()
        self.assertEqual(order.state, "cancel")

    def test_only_the_ticked_lines(self):
        order = self._confirmed()
        order.write(
            {
                "order_line": [
                    (0, 0, {"product_id": self.product.id, "product_uom_qty": 5})
                ]
            }
        )
        first, second = order.order_line
        moves = first.move_ids
        moves.write({"quantity": 6.0, "picked": True})
        moves._action_done()
        wizard = (
            self.env["b2b.order.close.rest"]
            .with_user(self.manager)
            .with_context(active_model="sale.order.line", active_ids=second.ids)
            .create({"reason": "gone"})
        )
        wizard.action_close()
        self.assertEqual((first.b2b_closed_qty, second.b2b_closed_qty), (0.0, 5.0))

    def test_a_reason_and_a_confirmed_order_are_needed(self):
        order = self._partly()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._close(order, reason=" ")
        draft = self._make_order()
        with self.assertRaisesRegex(UserError, "not a confirmed trade order"):
            draft._b2b_close_rest(draft.order_line, "gone", "staff")

    def test_the_log_is_never_changed(self):
        order = self._partly()
        self._close(order)
        with self.assertRaisesRegex(UserError, "kept"):
            order.b2b_rest_ids.sudo().reason = "other"
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            order.b2b_rest_ids.sudo().unlink()

    def test_who_may_not(self):
        order = self._partly()
        for user in (self.buyer.user_id, self.rival.user_id):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._close(order, user=user)
        self.rep.b2b_own_parties_only = True
        with self.assertRaises(AccessError):
            self._close(order, user=self.rep)
        self.assertEqual(order.order_line.product_uom_qty, 10.0)

    def test_reps_for_own_parties_read_their_own_log(self):
        order = self._partly()
        self._close(order)
        self.rep.b2b_own_parties_only = True
        rests = self.env["b2b.order.rest"].with_user(self.rep)
        self.assertFalse(rests.search([("order_id", "=", order.id)]))
        self.party.b2b_rep_ids = self.rep
        self.assertEqual(
            rests.search([("order_id", "=", order.id)]), order.b2b_rest_ids
        )


@tagged("post_install", "-at_install")
class TestBuyerClosesRest(RestCase):
    def _buyer(self, order):
        return order.with_user(self.buyer.user_id).sudo()

    def test_the_buyer_takes_back_what_did_not_come(self):
        order = self._partly()
        self._buyer(order)._b2b_buyer_close("found elsewhere")
        self.assertEqual(order.order_line.b2b_closed_qty, 4.0)
        self.assertEqual(
            (order.b2b_rest_ids.how, order.b2b_rest_ids.user_id),
            ("buyer", self.buyer.user_id),
        )

    def test_nothing_came_he_cancels(self):
        order = self._confirmed()
        self._buyer(order)._b2b_buyer_close("found elsewhere")
        self.assertEqual(order.state, "cancel")

    def test_not_while_it_is_packed(self):
        order = self._partly()
        rest = order.picking_ids.filtered(lambda p: p.state != "done")
        rest.printed = True
        with self.assertRaisesRegex(UserError, "being packed"):
            self._buyer(order)._b2b_buyer_close("found elsewhere")
        self.assertEqual(order.order_line.product_uom_qty, 10.0)


@tagged("post_install", "-at_install")
class TestRestByPolicy(RestCase):
    def _cron(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["sale.order"]._cron_b2b_close_rest()

    def test_company_and_party_say_when(self):
        with freeze_time("2026-03-02 10:00:00"):
            order = self._partly()
            order.picking_ids.filtered(
                lambda p: p.state == "done"
            ).date_done = fields.Datetime.now()
        with freeze_time("2026-03-31 10:00:00"):
            self._cron()
            self.assertFalse(order.b2b_rest_ids, "by default never")
            self.env.company.b2b_rest_days = 30
            self._cron()
            self.assertFalse(order.b2b_rest_ids, "29 days")
        self.party.b2b_rest_policy = "never"
        with freeze_time("2026-04-01 10:00:01"):
            self._cron()
            self.assertFalse(order.b2b_rest_ids, "never for this party")
            self.party.b2b_rest_policy = "company"
            self._cron()
            self._cron()
        self.assertEqual(order.order_line.b2b_closed_qty, 4.0)
        self.assertEqual(len(order.b2b_rest_ids), 1)
        self.assertEqual(order.b2b_rest_ids.how, "policy")

    def test_an_own_rule_of_the_party_wins(self):
        self.env.company.b2b_rest_days = 30
        self.party.write({"b2b_rest_policy": "days", "b2b_rest_days": 2})
        order = self._partly()
        order.picking_ids.filtered(
            lambda p: p.state == "done"
        ).date_done = fields.Datetime.subtract(fields.Datetime.now(), days=3)
        self._cron()
        self.assertIn("2 days", order.b2b_rest_ids.reason)
