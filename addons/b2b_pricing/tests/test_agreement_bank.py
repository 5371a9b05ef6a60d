from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import PricingCase
from .payment_common import PaymentMixin


@tagged("post_install", "-at_install")
class TestAgreementBank(PaymentMixin, PricingCase):
    """To which of our accounts is paid: agreement, else channel, else company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreed, cls.of_channel = (
            cls._account(f"B2B {name}") for name in ("AGREED", "CHANNEL")
        )
        cls.usual = cls._account("B2B USUAL", sequence=-1)
        cls.product.write({"invoice_policy": "order", "taxes_id": False})
        cls.phone = cls.env.ref("b2b_party.channel_phone")
        cls.list = cls._make_list("Brightwell", 7.0)

    @classmethod
    def _account(cls, number, **values):
        return cls.env["res.partner.bank"].create(
            {
                "acc_number": number,
                "partner_id": cls.company.partner_id.id,
                "company_id": cls.company.id,
                **values,
            }
        )

    def _agreement(self, **values):
        return self._make_agreement(
            pricelist_id=self.list.id,
            is_default=True,
            bank_account_id=self.agreed.id,
            **values,
        )

    def _channel(self):
        return self.env["b2b.channel.terms"].create(
            {
                "party_id": self.party.id,
                "channel_id": self.phone.id,
                "bank_account_id": self.of_channel.id,
            }
        )

    def _order(self):
        return self._make_order(b2b_channel_id=self.phone.id)

    def _invoice(self, order):
        order.action_confirm()
        move = order._create_invoices()
        move.action_post()
        return move

    def test_the_agreement_stands_above_the_channel(self):
        self._channel()
        self._agreement()
        order = self._order()
        self.assertEqual(order.b2b_bank_account_id, self.agreed)
        self.assertEqual(
            order._b2b_prepayment_values()["account"], self.agreed.acc_number
        )
        move = self._invoice(order)
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.partner_bank_id, self.agreed)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", move.ids
        )[0]
        self.assertIn(self.agreed.acc_number.encode(), html)
        self.assertNotIn(self.of_channel.acc_number.encode(), html)

    def test_the_channel_stands_above_the_company(self):
        self._channel()
        self._make_agreement(pricelist_id=self.list.id, is_default=True)
        order = self._order()
        self.assertEqual(order.b2b_bank_account_id, self.of_channel)
        self.assertEqual(
            order._b2b_prepayment_values()["account"], self.of_channel.acc_number
        )
        self.assertEqual(self._invoice(order).partner_bank_id, self.of_channel)

    def test_else_it_is_the_company_s_own(self):
        self._make_agreement(pricelist_id=self.list.id, is_default=True)
        order = self._order()
        self.assertFalse(order.b2b_bank_account_id)
        own = order._b2b_prepayment_bank()
        self.assertEqual(own.partner_id, self.company.partner_id)
        self.assertNotIn(own, self.agreed | self.of_channel)
        plain = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.party.id}
        )
        self.assertEqual(self._invoice(order).partner_bank_id, plain.partner_bank_id)

    def test_an_archived_account_is_not_used(self):
        self._channel()
        self._agreement()
        self.agreed.active = False
        self.assertEqual(self._order().b2b_bank_account_id, self.of_channel)

    def test_who_agreed_to_pay_by_card_gets_no_account(self):
        self._make_providers()
        card = self.methods["card"]
        wire = self.env.ref("payment_custom.payment_method_wire_transfer")
        self._agreement()
        self.party.b2b_payment_method_ids = card
        order = self._order()
        values = order._b2b_prepayment_values()
        self.assertEqual((values["account"], values["bank"]), ("", ""))
        self.party.b2b_payment_method_ids += wire
        self.assertEqual(
            order._b2b_prepayment_values()["account"], self.agreed.acc_number
        )

    def test_without_a_card_to_pay_with_a_transfer_is_left(self):
        self._make_providers()
        self._agreement(payment_method_ids=[(6, 0, self.methods["card"].ids)])
        self.providers["card"].is_published = False
        self.assertEqual(
            self._order()._b2b_prepayment_values()["account"], self.agreed.acc_number
        )

    def test_the_pro_forma_names_it(self):
        self._agreement(prepayment_percent=100.0)
        order = self._order()
        order._b2b_submit()
        self.assertEqual(order.b2b_open_hold_ids.mapped("code"), ["prepayment"])
        html = str(
            self.env["ir.qweb"]._render(
                "b2b_approval.proforma_document",
                {
                    "order": order,
                    "company": order.company_id,
                    "lines": order.order_line,
                    "pay": order._b2b_prepayment_values(),
                },
            )
        )
        self.assertIn(self.agreed.acc_number, html)

    def test_orders_under_two_agreements_are_not_one_invoice(self):
        self._agreement()
        other = self._make_agreement("Other", pricelist_id=self.list.id)
        orders = self._order() | self._make_order(b2b_agreement_id=other.id)
        orders.action_confirm()
        moves = orders._create_invoices()
        self.assertEqual(len(moves), 2)
        same = self._order() | self._order()
        same.action_confirm()
        self.assertEqual(len(same._create_invoices()), 1)

    def test_a_running_version_keeps_it_and_a_new_one_takes_it_over(self):
        agreement = self._agreement()
        with self.refuses(UserError, "keeps its terms: Bank account"):
            agreement.bank_account_id = self.of_channel
        pricing = new_test_user(self.env, "b2b_test_pricing", "b2b_party.group_pricing")
        action = agreement.with_user(pricing).action_new_version()
        fresh = agreement.browse(action["res_id"])
        self.assertEqual(fresh.bank_account_id, self.agreed)
        fresh.bank_account_id = self.of_channel
        self.assertIn("CHANNEL", fresh.changes)

    def test_only_own_accounts_and_only_by_who_keeps_them(self):
        foreign = self.env["res.partner.bank"].create(
            {"acc_number": "X 1", "partner_id": self.party.id}
        )
        draft = self._make_agreement(run=False)
        with self.refuses(ValidationError, "own accounts only"):
            draft.bank_account_id = foreign
        with self.assertRaises(AccessError):
            draft.with_user(self.manager).bank_account_id = self.agreed
        both = new_test_user(
            self.env,
            "b2b_test_both",
            "b2b_party.group_credit,b2b_party.group_pricing",
        )
        draft.with_user(both).bank_account_id = self.agreed
        self.assertEqual(draft.bank_account_id, self.agreed)

    def test_the_change_is_in_the_log(self):
        draft = self._make_agreement(run=False)
        draft.bank_account_id = self.agreed
        self.env.flush_all()
        entry = self.env["b2b.audit.entry"].search(
            [
                ("model", "=", "b2b.agreement"),
                ("res_id", "=", draft.id),
                ("field", "=", "bank_account_id"),
            ]
        )
        self.assertIn("AGREED", entry.after)
