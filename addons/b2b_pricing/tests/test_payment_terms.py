from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PricingCase
from .payment_common import PaymentMixin


@tagged("post_install", "-at_install")
class TestPaymentTerms(PricingCase, PaymentMixin):
    """Allowed methods of agreement, party and group, at every entrance (C15)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_providers()
        cls.card, cls.transfer = cls.methods["card"], cls.methods["transfer"]
        cls.agreement = cls._make_agreement(is_default=True)
        cls.group = cls.env["b2b.customer.group"].create({"name": "Shops"})
        cls.party.b2b_customer_group_id = cls.group
        cls.visitor = cls.env.ref("base.public_user")

    def _quote(self, **values):
        """What our staff offered and the customer may pay."""
        order = self._make_order(require_payment=True, **values)
        order.action_quotation_sent()
        self.assertEqual(order.state, "sent")
        return order

    def _offered(self, order=None, partner=None):
        partner = partner or order.partner_id
        terms = {"currency_id": self.currency.id}
        if order:
            terms["sale_order_id"] = order.id
        providers = (
            self.env["payment.provider"]
            .with_user(self.buyer.user_id)
            .sudo()
            ._get_compatible_providers(self.company.id, partner.id, 10.0, **terms)
        )
        methods = (
            self.env["payment.method"]
            .sudo()
            ._get_compatible_payment_methods(providers.ids, partner.id, **terms)
        )
        return sorted(methods.filtered(lambda m: m.code[:4] == "b2b_").mapped("name"))

    # -- what is offered -----------------------------------------------------------

    def test_agreement_then_party_then_group_then_all(self):
        order = self._quote()
        self.assertEqual(self._offered(order), ["Test card", "Test transfer"])
        self.group.payment_method_ids = self.card
        self.assertEqual(self._offered(order), ["Test card"])
        self.party.b2b_payment_method_ids = self.transfer
        self.assertEqual(self._offered(order), ["Test transfer"])
        self.agreement.sudo()._b2b_set_state("draft")
        self.agreement.payment_method_ids = self.card
        self.assertEqual(self._offered(order), ["Test card"])
        # Without an order nobody knows the agreement.
        self.assertEqual(self._offered(partner=self.party), ["Test transfer"])
        rival = self.rival_party
        self.assertEqual(self._offered(partner=rival), ["Test card", "Test transfer"])

    def test_a_customer_cannot_group_by_what_he_may_not_read(self):
        self.party.b2b_payment_method_ids = self.transfer
        mine = self.party.with_user(self.owner.user_id)
        self.assertTrue(mine.has_access("read"))
        for path in ("b2b_payment_method_ids", "parent_id.b2b_payment_method_ids"):
            with self.subTest(path=path), self.assertRaises(AccessError):
                mine.formatted_read_group([("id", "=", mine.id)], [path], ["__count"])

    def test_the_order_decides_whoever_pays(self):
        self.party.b2b_payment_method_ids = self.transfer
        order = self._quote()
        stranger = self.rival.user_id.partner_id
        self.assertEqual(self._offered(order, stranger), ["Test transfer"])

    def test_a_method_switched_off_still_limits(self):
        self.party.b2b_payment_method_ids = self.transfer
        self.transfer.active = False
        self.assertEqual(self._offered(self._quote()), [])

    def test_retail_customers_are_not_limited(self):
        retail = self.env["res.partner"].create({"name": "Walk-in"})
        self.assertEqual(self._offered(partner=retail), ["Test card", "Test transfer"])

    # -- creation ------------------------------------------------------------------

    def test_what_is_offered_can_be_paid(self):
        self.party.b2b_payment_method_ids = self.transfer
        order = self._quote()
        for user in (self.buyer.user_id, self.visitor):
            self.assertTrue(self._transaction(order, "transfer", user=user))

    def test_a_forged_method_is_refused_with_the_open_ones(self):
        self.party.b2b_payment_method_ids = self.transfer
        order = self._quote()
        words = "Test card is not open for Brightwell.*You can pay by: Test transfer"
        for user in (self.buyer.user_id, self.visitor, self.rival.user_id):
            with self.refuses(ValidationError, words):
                self._transaction(order, "card", 0.01, user=user)
        # An allowed method at a provider that does not offer it.
        with self.refuses(ValidationError, "Test card does not take Test transfer"):
            self._transaction(order, "card", 0.01, "transfer", self.visitor)
        self.assertFalse(order.transaction_ids)

    def test_a_provider_that_is_not_published_is_refused(self):
        order = self._quote()
        self.providers["card"].is_published = False
        with self.refuses(ValidationError, "Test card is not open"):
            self._transaction(order, "card", user=self.visitor)
        self.providers["card"].write({"is_published": True, "maximum_amount": 5.0})
        with self.refuses(ValidationError, "Test card is not open"):
            self._transaction(order, "card", 10.0, user=self.buyer.user_id)

    def test_nothing_open_names_the_account_manager(self):
        self.party.b2b_payment_method_ids = self.transfer
        self.providers["transfer"].is_published = False
        with self.refuses(ValidationError, "Ask your account manager"):
            self._transaction(self._quote(), "card", user=self.visitor)

    def test_without_a_document_the_payer_counts(self):
        self.party.b2b_payment_method_ids = self.transfer
        order = self._quote()
        values = {"sale_order_ids": False}
        payment = self._transaction(order, "transfer")
        for key, refused in (("transfer", False), ("card", True)):
            copy = {
                **payment.copy_data()[0],
                **values,
                "reference": f"free-{key}",
                "provider_id": self.providers[key].id,
                "payment_method_id": self.methods[key].id,
                "partner_id": self.buyer.user_id.partner_id.id,
            }
            create = payment.with_user(self.buyer.user_id).sudo().create
            if refused:
                with self.refuses(ValidationError, "not open for"):
                    create(copy)
            else:
                self.assertTrue(create(copy))

    def test_invoices_keep_the_terms_of_their_agreement(self):
        self.agreement.sudo()._b2b_set_state("draft")
        self.agreement.payment_method_ids = self.transfer
        self.agreement.action_run()
        self.product.invoice_policy = "order"
        order = self._make_order()
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        values = {
            "providers_sudo": self.providers["card"] | self.providers["transfer"],
            "payment_methods_sudo": self.card | self.transfer,
            "tokens_sudo": self.env["payment.token"],
        }
        offered = invoice._b2b_filter_offered(values)
        self.assertEqual(offered["payment_methods_sudo"], self.transfer)
        self.assertEqual(offered["providers_sudo"], self.providers["transfer"])
        self.assertEqual(invoice._b2b_filter_offered({"a": 1}), {"a": 1})
        data = {
            "amount": invoice.amount_total,
            "currency_id": invoice.currency_id.id,
            "partner_id": invoice.partner_id.id,
            "invoice_ids": [Command.set(invoice.ids)],
            "operation": "online_redirect",
        }
        create = (
            self.env["payment.transaction"].with_user(self.buyer.user_id).sudo().create
        )
        with self.refuses(ValidationError, "not open for"):
            create(
                {
                    **data,
                    "reference": "inv-card",
                    "provider_id": self.providers["card"].id,
                    "payment_method_id": self.card.id,
                }
            )
        self.assertTrue(
            create(
                {
                    **data,
                    "reference": "inv-transfer",
                    "provider_id": self.providers["transfer"].id,
                    "payment_method_id": self.transfer.id,
                }
            )
        )

    def test_our_staff_take_money_as_they_see_fit(self):
        self.party.b2b_payment_method_ids = self.transfer
        self.assertTrue(self._transaction(self._quote(), "card", user=self.manager))

    # -- once more in post-processing ----------------------------------------------

    def test_money_in_a_way_nobody_agreed_to_confirms_nothing(self):
        order = self._quote()
        payment = self._transaction(order, "card")
        self.party.b2b_payment_method_ids = self.transfer
        payment.state = "done"
        payment._check_amount_and_confirm_order()
        self.assertEqual(order.state, "sent")
        self.assertIn("does not confirm this", order.message_ids[0].body)
        self.assertEqual(order._b2b_prepayment_paid(), 0.0)
        self.party.b2b_payment_method_ids = self.card
        self.assertEqual(order._b2b_prepayment_paid(), order.amount_total)
        payment._check_amount_and_confirm_order()
        self.assertEqual(order.state, "sale")

    def test_a_payment_to_come_that_is_not_allowed_offers_nothing(self):
        order = self._make_order()
        order.require_payment = True
        order.action_quotation_sent()
        payment = self._transaction(order, "card")
        self.party.b2b_payment_method_ids = self.transfer
        order.action_cancel()
        order.action_draft()
        payment._set_pending()
        payment._post_process()
        self.assertEqual(order.state, "draft")
        self.assertTrue(payment.is_post_processed)

    # -- on account ----------------------------------------------------------------

    def test_on_account_not_allowed_is_prepaid(self):
        order = self._make_order()
        self.assertEqual(order._b2b_prepayment_percent(), 0.0)
        self.group.on_account = "no"
        self.assertEqual(order._b2b_prepayment_percent(), 100.0)
        self.party.b2b_on_account = "yes"
        self.assertEqual(order._b2b_prepayment_percent(), 0.0)
        self.agreement.sudo()._b2b_set_state("draft")
        self.agreement.on_account = "no"
        self.assertEqual(order._b2b_prepayment_percent(), 100.0)
        codes = [f.code for f in order._b2b_findings()]
        self.assertIn("prepayment", codes)

    def test_terms_that_change_under_a_waiting_order(self):
        """One figure of what is asked, paid and missing, and a new pro-forma."""
        self.party.b2b_on_account = "no"
        order = self._make_order(seat=self.buyer, quantity=2)
        order._b2b_submit()
        total = order.amount_total
        self.assertEqual(order.b2b_prepayment_asked, total)
        order.sudo().b2b_prepayment_received = total / 4
        self.party.b2b_on_account = False
        # On account by now: nothing is missing, and nobody has to decide.
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.b2b_hold_ids.mapped("state"), ["void"])
        other = self._make_order(seat=self.buyer, quantity=2)
        self.group.on_account = "no"
        other._b2b_submit()
        self.assertTrue(other._b2b_awaits_prepayment())
        self.group.on_account = False
        self.assertEqual(other.state, "sale")

    def test_a_contradiction_is_refused(self):
        with self.refuses(ValidationError, "allows orders on account"):
            self._make_agreement("x", on_account="yes", prepayment_percent=100.0)

    def test_a_running_agreement_keeps_its_methods(self):
        for values in (
            {"payment_method_ids": [Command.link(self.card.id)]},
            {"on_account": "no"},
        ):
            with self.refuses(UserError, "running and keeps its terms"):
                self.agreement.write(values)
        draft = self.env["b2b.agreement"].browse(
            self.agreement.action_new_version()["res_id"]
        )
        draft.write(
            {"payment_method_ids": [Command.set(self.card.ids)], "on_account": "no"}
        )
        self.assertIn("Test card", draft.changes)
        self.assertIn("Not allowed", draft.changes)

    def test_who_may_decide_it(self):
        with self.refuses(AccessError, "On account|b2b_on_account"):
            self.party.with_user(self.rep).b2b_on_account = "yes"
        self.party.with_user(self.manager).b2b_on_account = "yes"
        contact = self.buyer.user_id.partner_id
        with self.refuses(UserError, "Brightwell"):
            contact.with_user(self.manager).b2b_on_account = "no"
