from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.http import serialize_exception
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.b2b_party.models.sale_order_gate import SaleOrder as Gate

from ..exceptions import GateBlocked, LimitExceeded
from .common import PartyCase


@tagged("post_install", "-at_install")
class TestGateFrame(PartyCase):
    def test_an_active_party_passes(self):
        order = self._make_order()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_every_other_state_is_stopped_with_words_for_both_sides(self):
        for state in ("pending", "blocked", "rejected"):
            self.party.b2b_state = state
            order = self._make_order()
            with self.assertRaises(GateBlocked) as caught:
                order.action_confirm()
            finding = caught.exception.findings[0]
            self.assertEqual(finding.code, "party_state")
            self.assertIn(state, finding.message)
            self.assertNotIn(state, finding.buyer_message)
            self.assertEqual(order.state, "draft")

    def test_the_web_client_shows_the_sentence_and_no_traceback(self):
        self.party.b2b_state = "blocked"
        with self.assertRaises(GateBlocked) as caught:
            self._make_order().action_confirm()
        for error in (caught.exception, LimitExceeded(caught.exception.findings[0])):
            shown = serialize_exception(error)
            self.assertEqual(
                shown["context"]["exception_class"], "odoo.exceptions.UserError"
            )
            self.assertIn("is blocked", shown["arguments"][0])

    def test_retail_customers_do_not_pass_the_gate(self):
        customer = self.env["res.partner"].create(
            {"name": "Ann", "b2b_state": "blocked"}
        )
        order = self._make_order(
            partner_id=customer.id, b2b_seat_id=False, b2b_orderer_id=False
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_the_gate_decides_once_however_often_it_is_nested(self):
        order, asked = self._make_order(), []
        original = Gate._b2b_findings

        def count(record):
            asked.append(record.id)
            return original(record)

        with patch.object(Gate, "_b2b_findings", count):
            order._b2b_gated(lambda orders: orders.action_confirm())
        self.assertEqual(order.state, "sale")
        self.assertEqual(asked, [order.id])

    def test_the_system_sets_who_ordered(self):
        order = self._make_order()
        with self.assertRaises(AccessError):
            order.with_user(self.manager).write({"b2b_orderer_id": self.rep.id})
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.manager).create(
                {"partner_id": self.party.id, "b2b_historical": True}
            )

    def test_a_seat_of_another_party_is_refused(self):
        with self.assertRaises(UserError):
            self._make_order(b2b_seat_id=self.rival.id)

    def test_another_customer_takes_the_seat_away(self):
        order = self._make_order()
        order.partner_id = self.rival_party
        self.assertFalse(order.b2b_seat_id)
        with Form(self._make_order().with_user(self.manager)) as form:
            form.partner_id = self.rival_party
            self.assertFalse(form.b2b_seat_id)
        order = self._make_order()
        order.partner_id = self.party
        self.assertEqual(order.b2b_seat_id, self.buyer)

    def test_who_only_reads_orders_gets_no_button_that_changes_them(self):
        def buttons(user):
            view = self.env["sale.order"].with_user(user).get_view(view_type="form")
            head = etree.fromstring(view["arch"]).find("header")
            names = {button.get("name") for button in head.iter("button")}
            # Others open a dialog for a role of its own ("Payment received…").
            return {name for name in names if name.startswith("action_")}

        reader = new_test_user(self.env, "reader", "b2b_party.group_credit")
        self.assertIn("action_confirm", buttons(self.manager))
        self.assertNotIn("action_confirm", buttons(reader))
        self.assertLessEqual(buttons(reader), {"action_preview_sale_order"})
        bindings = self.env["ir.actions.actions"].with_user(reader).get_bindings
        self.assertEqual(bindings("sale.order").keys(), {"report"})
        self.assertIn("action", bindings("res.partner"))
        self.assertIn("action_confirm", buttons(self.manager))
