from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import PartyCase, tax_mark


@tagged("post_install", "-at_install")
class TestChannel(PartyCase):
    """Payment term, taxation and bank account by the channel of an order (P3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.portal = cls.env.ref("b2b_party.channel_portal")
        cls.phone = cls.env.ref("b2b_party.channel_phone")
        # Positions of the chart of accounts would find every order.
        cls.env["account.fiscal.position"].search([]).auto_apply = False
        cls.home = cls.company.account_fiscal_country_id
        cls.party.country_id = cls.home
        term = cls.env["account.payment.term"].create
        cls.own_term, cls.portal_term, cls.phone_term = (
            term({"name": name}) for name in ("Own", "Portal 14", "Phone 7")
        )
        cls.party.property_payment_term_id = cls.own_term
        cls.tax, cls.reduced = cls.env["account.tax"].create(
            [
                {"name": f"B2B {rate}", "amount": rate, "type_tax_use": "sale"}
                for rate in (20.0, 5.0)
            ]
        )
        cls.product.taxes_id = cls.tax
        cls.position = cls._position("Reduced at home", cls.home)
        cls.reduced.write(
            {
                "fiscal_position_ids": [(4, cls.position.id)],
                "original_tax_ids": [(4, cls.tax.id)],
            }
        )
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": "B2B 0001",
                "partner_id": cls.company.partner_id.id,
                "company_id": cls.company.id,
            }
        )
        cls.terms = cls.env["b2b.channel.terms"].create(
            {
                "party_id": cls.party.id,
                "channel_id": cls.portal.id,
                "payment_term_id": cls.portal_term.id,
                "fiscal_position_id": cls.position.id,
                "bank_account_id": cls.bank.id,
                **tax_mark(),
            }
        )

    @classmethod
    def _position(cls, name, country):
        return cls.env["account.fiscal.position"].create(
            {"name": name, "country_id": country.id}
        )

    def _channel_order(self, channel, **values):
        values.setdefault("partner_id", self.party.id)
        values.setdefault("b2b_seat_id", False)
        return self._make_order(b2b_channel_id=channel.id, **values)

    def test_the_order_follows_the_terms_of_its_channel(self):
        order = self._channel_order(self.portal)
        self.assertEqual(order.payment_term_id, self.portal_term)
        self.assertEqual(order.fiscal_position_id, self.position)
        self.assertEqual(order.order_line.tax_ids, self.reduced)
        self.assertEqual(order.b2b_bank_account_id, self.bank)

    def test_without_terms_the_party_counts(self):
        order = self._channel_order(self.phone)
        self.assertEqual(order.payment_term_id, self.own_term)
        self.assertFalse(order.fiscal_position_id)
        self.assertEqual(order.order_line.tax_ids, self.tax)
        self.assertFalse(order.b2b_bank_account_id)

    def test_staff_orders_come_by_the_rep_unless_he_says_otherwise(self):
        orders = self.env["sale.order"].with_user(self.rep)
        order = orders.create({"partner_id": self.party.id})
        self.assertEqual(order.b2b_channel_id, self.env.ref("b2b_party.channel_rep"))
        order.b2b_channel_id = self.phone
        self.assertEqual(order.b2b_channel_id, self.phone)

    def test_another_channel_recomputes_a_draft(self):
        order = self._channel_order(self.phone)
        order.with_user(self.manager).b2b_channel_id = self.portal
        self.assertEqual(order.payment_term_id, self.portal_term)
        self.assertEqual(order.order_line.tax_ids, self.reduced)
        self.assertEqual(order.amount_tax, 0.5)
        self.assertFalse(order.show_update_fpos)
        order.b2b_channel_id = self.phone
        self.assertEqual(order.payment_term_id, self.own_term)
        self.assertEqual(order.amount_tax, 2.0)

    def test_the_same_channel_again_keeps_what_was_set_by_hand(self):
        order = self._channel_order(self.portal)
        order.payment_term_id = self.phone_term
        order.write({"b2b_channel_id": self.portal.id, "client_order_ref": "PO 1"})
        self.assertEqual(order.payment_term_id, self.phone_term)
        self.assertEqual(order.client_order_ref, "PO 1")

    def test_prices_that_include_tax_follow_the_position(self):
        self.tax.price_include_override = "tax_included"
        self.reduced.price_include_override = "tax_included"
        order = self._channel_order(self.phone)
        self.assertEqual(order.order_line.price_unit, 10.0)
        order.b2b_channel_id = self.portal
        self.assertAlmostEqual(order.order_line.price_unit, 8.75)

    def test_in_the_form_terms_and_taxes_follow_at_once(self):
        order = self._channel_order(self.phone)
        with Form(order.with_user(self.manager)) as form:
            form.b2b_channel_id = self.portal
            self.assertEqual(form.payment_term_id, self.portal_term)
        self.assertEqual(order.order_line.tax_ids, self.reduced)

    def test_the_channel_of_a_confirmed_order_stays(self):
        order = self._channel_order(self.portal)
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "no longer open"):
            order.with_user(self.manager).write({"b2b_channel_id": self.phone.id})
        self.assertEqual(order.b2b_channel_id, self.portal)

    def test_a_position_of_another_country_is_not_used_and_says_so(self):
        abroad = self.env["res.country"].search([("id", "!=", self.home.id)], limit=1)
        address = self.env["res.partner"].create(
            {
                "name": "Abroad",
                "type": "delivery",
                "parent_id": self.party.id,
                "country_id": abroad.id,
            }
        )
        order = self._channel_order(self.portal, partner_shipping_id=address.id)
        self.assertNotEqual(order.fiscal_position_id, self.position)
        self.assertIn(abroad.name, order.b2b_tax_note)
        finding = next(f for f in order._b2b_findings() if f.key == "channel")
        self.assertEqual((finding.code, finding.severity), ("tax", "warn"))
        order.partner_shipping_id = self.party
        self.assertEqual(order.fiscal_position_id, self.position)
        self.assertFalse(order.b2b_tax_note)

    def test_the_partys_own_position_holds_in_its_country_only(self):
        foreign, abroad = self.env["res.country"].search(
            [("id", "!=", self.home.id)], limit=2
        )
        self.party.property_account_position_id = self._position("Foreign", foreign)
        export = self._position("Export", abroad)
        export.auto_apply = True
        self.assertFalse(self._channel_order(self.phone).fiscal_position_id)
        self.party.country_id = abroad
        order = self._channel_order(self.phone)
        self.assertEqual(order.fiscal_position_id, export)

    def test_the_invoice_names_the_bank_account_of_the_channel(self):
        other = self.bank.copy({"acc_number": "A 0000", "sequence": 0})
        self.product.invoice_policy = "order"
        order = self._channel_order(self.portal)
        order.action_confirm()
        move = order._create_invoices()
        self.assertEqual(move.partner_bank_id, self.bank)
        self.assertEqual(move.invoice_payment_term_id, self.portal_term)
        move.partner_id = self.buyer.user_id.partner_id
        self.assertEqual(move.partner_bank_id, self.bank)
        move.action_post()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", move.ids
        )[0]
        self.assertIn(b"B2B 0001", html)
        self.assertNotIn(other.acc_number.encode(), html)

    def test_invoices_of_other_channels_are_paid_as_usual(self):
        order = self._channel_order(self.phone)
        self.product.invoice_policy = "order"
        order.action_confirm()
        move = order._create_invoices()
        plain = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.party.id}
        )
        self.assertEqual(move.partner_bank_id, plain.partner_bank_id)

    def test_terms_count_in_their_company_only(self):
        branch = self.env["res.company"].create({"name": "Second company"})
        self.env.user.company_ids |= branch
        order = self.env["sale.order"].create(
            {
                "partner_id": self.party.id,
                "company_id": branch.id,
                "b2b_channel_id": self.portal.id,
            }
        )
        self.assertFalse(order.payment_term_id)
        outsider = new_test_user(
            self.env,
            "b2b_test_branch",
            "b2b_party.group_sales_manager",
            company_id=branch.id,
            company_ids=[(6, 0, branch.ids)],
        )
        self.assertFalse(self.env["b2b.channel.terms"].with_user(outsider).search([]))

    def test_terms_that_cannot_be(self):
        make = self.env["b2b.channel.terms"].create
        contact = self.buyer.user_id.partner_id
        with self.assertRaisesRegex(ValidationError, "is a contact"):
            make({"party_id": contact.id, "channel_id": self.phone.id})
        foreign = self.env["res.partner.bank"].create(
            {"acc_number": "X 1", "partner_id": self.party.id}
        )
        with self.assertRaisesRegex(ValidationError, "own accounts only"):
            self.terms.bank_account_id = foreign

    def test_portal_users_and_plain_reps_do_not_write_terms(self):
        with self.assertRaises(AccessError):
            self.terms.with_user(self.buyer.user_id).read(["payment_term_id"])
        with self.assertRaises(AccessError):
            self.terms.with_user(self.rep).write({"account_ref": "x"})
        self.terms.with_user(self.manager).write({"account_ref": "x"})

    def test_bank_accounts_are_set_by_the_credit_role(self):
        with self.assertRaises(AccessError):
            self.terms.with_user(self.manager).write({"bank_account_id": False})
        with self.assertRaises(AccessError):
            self.terms.with_user(self.manager).copy(
                {"channel_id": self.phone.id, "bank_account_id": self.bank.id}
            )
        credit = new_test_user(self.env, "b2b_test_credit", "b2b_party.group_credit")
        self.terms.with_user(credit).write({"bank_account_id": False})
        self.assertFalse(self.terms.bank_account_id)

    def test_a_marketplace_is_a_channel_with_an_account(self):
        market = self.env["b2b.marketplace"].with_user(self.manager)
        market = market.create({"name": "Ankorstore"})
        self.assertEqual(market.channel_id.kind, "marketplace")
        second = market.create({"name": "Ankorstore"})
        self.assertNotEqual(market.channel_id.code, second.channel_id.code)
        self.env["b2b.channel.terms"].with_user(self.manager).create(
            {
                "party_id": self.party.id,
                "channel_id": market.channel_id.id,
                "account_ref": "AK-77",
            }
        )
        self.assertEqual(self.party.b2b_marketplace_ids, market)

    def test_a_used_channel_is_not_deleted(self):
        self._channel_order(self.phone)
        with self.assertRaisesRegex(UserError, "archive the channel"):
            self.phone.unlink()

    def test_the_partys_incoterm_is_proposed(self):
        self.party.b2b_incoterm_id = self.env.ref("account.incoterm_DAP")
        order = self._channel_order(self.phone)
        self.assertEqual(order.incoterm, self.party.b2b_incoterm_id)
        order.incoterm = self.env.ref("account.incoterm_EXW")
        order.b2b_channel_id = self.portal
        self.assertEqual(order.incoterm, self.env.ref("account.incoterm_EXW"))

    def test_changes_of_terms_are_in_the_log(self):
        self.terms.with_user(self.manager).payment_term_id = self.phone_term
        entry = self.env["b2b.audit.entry"].search(
            [("model", "=", "b2b.channel.terms"), ("field", "=", "payment_term_id")]
        )
        self.assertEqual((entry.before, entry.after), ("Portal 14", "Phone 7"))
        self.assertEqual(entry.party_id, self.party)

    def test_what_an_agent_submits_in_the_portal_came_by_him(self):
        agent = self.env.ref("b2b_party.channel_agent")
        order = self._channel_order(agent)
        order.b2b_agent_id = self.rival_party
        order.write({"b2b_channel_id": self.portal.id, "client_order_ref": "PO 9"})
        self.assertEqual(order.b2b_channel_id, agent)
        self.assertEqual(order.client_order_ref, "PO 9")
        self.assertEqual(order.payment_term_id, self.own_term)
