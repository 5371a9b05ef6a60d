from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.b2b_party.tests.common import tax_mark

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestOrderAgreement(PricingCase):
    """The agreement drives list, term, tax and Incoterm of an order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Term = cls.env["account.payment.term"]
        cls.term = Term.create({"name": "30 days"})
        cls.prepaid_term = Term.create({"name": "Prepaid"})
        cls.incoterm = cls.env["account.incoterms"].search([], limit=1)
        cls.tax = cls.env["account.tax"].create({"name": "20 %", "amount": 20.0})
        cls.no_tax = cls.env["account.tax"].create(
            {
                "name": "0 %",
                "amount": 0.0,
                "original_tax_ids": [Command.set(cls.tax.ids)],
            }
        )
        cls.country = cls.env.ref("base.de")
        cls.position = cls.env["account.fiscal.position"].create(
            {"name": "Export", "country_id": cls.country.id}
        )
        cls.no_tax.fiscal_position_ids = cls.position
        cls.product.taxes_id = cls.tax
        cls.party.country_id = cls.env.ref("base.uk")
        cls.list = cls._make_list("Brightwell", 7.0)
        cls.euro = cls._make_list("Euro", 9.0, currency_id=cls.other_currency.id)
        cls.agreement = cls._make_agreement(
            pricelist_id=cls.list.id,
            payment_term_id=cls.term.id,
            incoterm_id=cls.incoterm.id,
            is_default=True,
        )
        cls.second = cls._make_agreement(
            "Euro, export",
            pricelist_id=cls.euro.id,
            payment_term_id=cls.prepaid_term.id,
            fiscal_position_id=cls.position.id,
            **tax_mark(),
        )

    def test_a_new_order_follows_the_default_agreement(self):
        cart = self._make_cart(quantity=3)
        self.assertRecordValues(
            cart,
            [
                {
                    "b2b_agreement_id": self.agreement.id,
                    "pricelist_id": self.list.id,
                    "payment_term_id": self.term.id,
                    "incoterm": self.incoterm.id,
                    "amount_untaxed": 21.0,
                }
            ],
        )

    def test_given_values_win_over_the_agreement(self):
        cart = self._make_cart(
            b2b_agreement_id=self.second.id, payment_term_id=self.term.id
        )
        self.assertEqual(cart.pricelist_id, self.euro)
        self.assertEqual(cart.currency_id, self.other_currency)
        self.assertEqual(cart.payment_term_id, self.term)

    def test_retail_orders_have_none(self):
        retail = self.env["res.partner"].create({"name": "Walk-in"})
        order = self.env["sale.order"].create({"partner_id": retail.id})
        self.assertFalse(order.b2b_agreement_id)
        self.assertEqual(order.pricelist_id, self.public)

    def test_switch_reprices_and_tells_both_totals(self):
        self.party.country_id = self.country
        cart = self._make_cart(quantity=2)
        totals = cart._b2b_switch_agreement(self.second)
        self.assertEqual(totals["before"]["amount_total"], 16.8)
        self.assertEqual(totals["after"]["amount_total"], 18.0)
        self.assertEqual(totals["after"]["currency_id"], self.other_currency.id)
        self.assertEqual(totals["after"]["name"], "Euro, export")
        self.assertRecordValues(
            cart,
            [
                {
                    "pricelist_id": self.euro.id,
                    "currency_id": self.other_currency.id,
                    "payment_term_id": self.prepaid_term.id,
                    "fiscal_position_id": self.position.id,
                    "amount_tax": 0.0,
                    "b2b_agreement_before_id": self.agreement.id,
                }
            ],
        )
        self.assertTrue(cart.b2b_agreement_changed_at)
        back = cart._b2b_switch_agreement(self.agreement)
        self.assertEqual(back["after"]["amount_total"], 16.8)

    def test_switch_refuses_what_is_not_the_partys_or_not_open(self):
        cart = self._make_cart()
        foreign = self._make_agreement("Foreign", party_id=self.rival_party.id)
        draft = self._make_agreement("Draft", run=False)
        for agreement in (foreign, draft, foreign.browse(9999999)):
            with self.refuses(UserError, "cannot be used"):
                cart._b2b_switch_agreement(agreement)
        self.assertEqual(cart.b2b_agreement_id, self.agreement)
        with self.refuses(ValidationError, "was not made with"):
            cart.b2b_agreement_id = foreign
        cart.action_confirm()
        with self.refuses(UserError, "no longer open"):
            cart._b2b_switch_agreement(self.second)
        with self.refuses(UserError, "no longer open"):
            cart.b2b_agreement_id = self.second

    def test_a_write_by_staff_reprices_too(self):
        cart = self._make_cart(quantity=2)
        cart.with_user(self.manager).b2b_agreement_id = self.second
        self.assertEqual(cart.order_line.price_unit, 9.0)
        self.assertEqual(cart.b2b_agreement_before_id, self.agreement)
        self.assertTrue(cart.b2b_agreement_changed_at)

    @mute_logger("odoo.tests.form.onchange")
    def test_the_form_follows_at_once_and_keeps_typed_prices(self):
        cart = self._make_cart(quantity=2)
        with Form(cart) as form:
            form.b2b_agreement_id = self.second
            self.assertEqual(form.pricelist_id, self.euro)
            self.assertFalse(form.show_update_pricelist)
            with form.order_line.edit(0) as line:
                self.assertEqual(line.price_unit, 9.0)
                line.price_unit = 5.0
        self.assertEqual(cart.order_line.price_unit, 5.0)

    def test_the_form_tells_the_total_before_and_after(self):
        new = self.env["sale.order"].new(self._make_cart(quantity=2).copy_data()[0])
        new.b2b_agreement_id = self.second
        message = new._onchange_b2b_agreement_id()["warning"]["message"]
        self.assertTrue(message.startswith("Prices follow Euro, export: "), message)
        self.assertNotIn("→", message)
        saved = self._make_cart(quantity=2)
        draft = saved.new(origin=saved)
        draft.b2b_agreement_id = self.second
        message = draft._onchange_b2b_agreement_id()["warning"]["message"]
        self.assertIn(f"{saved.currency_id.format(saved.amount_total)} → ", message)

    def test_delivery_cost_keeps_its_value_in_another_currency(self):
        if "delivery.carrier" not in self.env:
            self.skipTest("delivery is not installed")
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Van",
                "fixed_price": 4.0,
                "product_id": self.env["product.product"]
                .create({"name": "Van", "type": "service", "taxes_id": False})
                .id,
            }
        )
        cart = self._make_cart(quantity=2)
        cart.set_delivery_line(carrier, 4.0)
        compared = {row["agreement_id"]: row for row in cart.b2b_compare_agreements()}
        after = cart._b2b_switch_agreement(self.second)["after"]
        line = cart.order_line.filtered("is_delivery")
        self.assertAlmostEqual(line.price_unit, 5.0)
        self.assertAlmostEqual(
            compared[self.second.id]["amount_total"], after["amount_total"]
        )

    # -- comparing --

    def _cart_of(self, count):
        products = self.env["product.product"].create(
            [
                {"name": f"P{n}", "list_price": 3.33 * (n + 1), "taxes_id": self.tax}
                for n in range(count)
            ]
        )
        lines = [
            Command.create({"product_id": p.id, "product_uom_qty": 1 + n % 7})
            for n, p in enumerate(products)
        ]
        return self._make_cart(order_line=lines)

    def test_a_rep_compares_and_takes_one(self):
        order = self._make_order().with_user(self.rep)
        self.party.user_id = order.sudo().user_id = self.rep
        opened = order.action_b2b_compare_agreements()
        dialog = self.env[opened["res_model"]].with_user(self.rep)
        dialog = dialog.browse(opened["res_id"])
        rows = {row.agreement_id: row for row in dialog.line_ids}
        self.assertTrue(rows[self.agreement].is_current)
        self.assertEqual(rows[self.agreement].amount_total, order.amount_total)
        foretold = rows[self.second].amount_total
        rows[self.second].action_take()
        self.assertEqual(order.b2b_agreement_id, self.second)
        self.assertAlmostEqual(order.amount_total, foretold)
        for seat in (self.buyer, self.rival):
            with self.assertRaises(AccessError):
                order.with_user(seat.user_id).action_b2b_compare_agreements()
            with self.assertRaises(AccessError):
                rows[self.agreement].with_user(seat.user_id).action_take()
        order.sudo().action_cancel()
        with self.assertRaisesRegex(UserError, "no longer open"):
            rows[self.agreement].action_take()

    def _assert_compare_foretells(self, cart, count=3):
        """Each row says to the cent what a switch to it then makes of the cart."""
        rows = cart.b2b_compare_agreements()
        self.assertEqual(len(rows), count)
        self.assertEqual([row["current"] for row in rows].count(True), 1)
        Agreement = self.env["b2b.agreement"]
        for row in rows:
            agreement = Agreement.browse(row["agreement_id"])
            switched = cart._b2b_switch_agreement(agreement)["after"]
            for name in ("amount_untaxed", "amount_tax", "amount_total", "currency_id"):
                self.assertAlmostEqual(row[name], switched[name], 6, row["name"])
        return rows

    def _agree_on(self, *rules, currency=None, **values):
        """One more agreement, over a list with these rules."""
        currency = currency or self.currency
        pricelist = self._make_list("Third", currency_id=currency.id, rules=rules)
        return self._make_agreement("Third", pricelist_id=pricelist.id, **values)

    def test_compare_foretells_a_discount_that_is_shown(self):
        self.env.ref("base.group_user")._apply_group(
            self.env.ref("sale.group_discount_per_so_line")
        )
        off = {"compute_price": "percentage", "percent_price": 33.33}
        self._agree_on({**off, "base": "list_price"})
        self._assert_compare_foretells(self._cart_of(9))

    def test_compare_foretells_a_formula_in_another_currency(self):
        formula = {"price_discount": 12.5, "price_surcharge": 0.17}
        self._agree_on(
            {**formula, "compute_price": "formula"}, currency=self.other_currency
        )
        self._assert_compare_foretells(self._cart_of(9))

    def test_compare_foretells_a_list_without_rules(self):
        self._agree_on()
        self._assert_compare_foretells(self._cart_of(9))

    def test_compare_foretells_taxes_that_fall_away_abroad(self):
        """Some prices include their tax, and Germany takes none of both."""
        self.party.country_id = self.country
        included = self.tax.copy(
            {"name": "incl", "price_include_override": "tax_included"}
        )
        self.no_tax.original_tax_ids |= included
        abroad = self._agree_on(fiscal_position_id=self.position.id, **tax_mark())
        cart = self._cart_of(9)
        cart.order_line[:3].product_id.taxes_id = included
        cart._b2b_reprice()
        rows = self._assert_compare_foretells(cart)
        taxes = {row["agreement_id"]: row["amount_tax"] for row in rows}
        self.assertFalse(taxes[abroad.id])
        self.assertTrue(taxes[self.agreement.id])

    def test_compare_foretells_the_tax_of_an_early_payment(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 10 days",
                "early_discount": True,
                "discount_percentage": 2.0,
                "discount_days": 10,
                "early_pay_discount_computation": "mixed",
            }
        )
        self._agree_on(payment_term_id=term.id)
        self._assert_compare_foretells(self._cart_of(9))

    def test_compare_writes_nothing_and_asks_constantly(self):
        counts = []
        for size in (5, 60):
            cart = self._cart_of(size)
            self.env.flush_all()
            self.env.invalidate_all()
            cart.read(["amount_total"])
            before = self.env.cr.sql_log_count
            with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
                self.env.cr.execute("SET TRANSACTION READ ONLY")
                rows = cart.b2b_compare_agreements()
                raise ZeroDivisionError
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(rows), 2)
        self.assertLessEqual(counts[1], counts[0] + 3, counts)

    def test_compare_shows_ended_ones_without_total(self):
        ended = self._make_agreement(
            "Old",
            date_end=self.today - timedelta(days=3),
            date_start=self.today - timedelta(days=30),
        )
        cart = self._make_cart()
        row = cart.b2b_compare_agreements()[-1]
        self.assertEqual(row["agreement_id"], ended.id)
        self.assertEqual(
            (row["usable"], row["amount_total"], row["text"]), (False, None, "")
        )
        self.assertIn("ended", row["note"])

    def test_compare_asks_for_the_right(self):
        cart = self._make_cart()
        rival = cart.with_user(self.rival.user_id)
        with self.assertRaises(AccessError):
            rival.b2b_compare_agreements()
        self.buyer.role_id = self.env.ref("b2b_party.role_buyer").copy(
            {"choose_agreement": False}
        )
        with self.refuses(AccessError, "does not choose"):
            cart.with_user(self.buyer.user_id).b2b_compare_agreements()
        self.buyer.role_id.choose_agreement = True
        rows = cart.with_user(self.buyer.user_id).b2b_compare_agreements()
        self.assertEqual(len(rows), 2)
        self.assertEqual(len(cart.with_user(self.manager).b2b_compare_agreements()), 2)

    # -- at the gate --

    def _codes(self, order):
        return {finding.code for finding in order._b2b_findings()}

    def test_an_ended_agreement_stops_an_open_order(self):
        cart = self._make_cart()
        self.assertNotIn("agreement", self._codes(cart))
        self.env.cr.execute(
            "UPDATE b2b_agreement SET date_start = %s, date_end = %s WHERE id = %s",
            [
                self.today - timedelta(days=9),
                self.today - timedelta(days=1),
                self.agreement.id,
            ],
        )
        self.agreement.invalidate_recordset()
        finding = next(f for f in cart._b2b_findings() if f.code == "agreement")
        self.assertEqual(finding.severity, "block")
        self.assertIn("ended on", finding.message)

    def test_a_waiting_order_keeps_its_agreement(self):
        cart = self._make_cart()
        self.agreement.action_close()
        self.assertIn("agreement", self._codes(cart))
        cart.sudo().b2b_submit_state = "waiting"
        self.assertNotIn("agreement", self._codes(cart))

    def test_a_confirmed_order_keeps_what_passed(self):
        """More of the same is asked for prices and catalog, not for the agreement."""
        cart = self._make_cart(quantity=2)
        cart.with_user(self.manager).action_confirm()
        self.assertEqual(cart.state, "sale")
        self.agreement.action_close()
        self.product.b2b_multiple = 10
        self.assertFalse(self._codes(cart) & {"agreement", "quantity", "tax"})
        cart.order_line.product_uom_qty = 3
        self.assertEqual(cart.amount_untaxed, 21.0)

    def test_tax_follows_the_place_of_supply(self):
        """A German position does not reach a delivery to Britain."""
        cart = self._make_cart(b2b_agreement_id=self.second.id)
        self.assertNotEqual(cart.fiscal_position_id, self.position)
        self.assertEqual(cart.order_line.tax_ids, self.tax)
        finding = next(f for f in cart._b2b_findings() if f.code == "tax")
        self.assertEqual(finding.severity, "warn")
        self.assertNotIn("Export", finding.text_for_buyer)
        self.party.country_id = self.country
        cart = self._make_cart(b2b_agreement_id=self.second.id)
        self.assertEqual(cart.fiscal_position_id, self.position)
        self.assertNotIn("tax", self._codes(cart))

    def test_copies_do_not_carry_an_ended_agreement(self):
        cart = self._make_cart()
        copy = cart.copy()
        self.assertEqual(copy.b2b_agreement_id, self.agreement)
        self.assertEqual(copy.pricelist_id, self.list)
        self.agreement.action_close()
        copy = cart.copy()
        # The only one left is no default, but the only one there is.
        self.assertEqual(copy.b2b_agreement_id, self.second)
        self.assertEqual(copy.pricelist_id, self.euro)
        self.assertEqual(copy.order_line.price_unit, 9.0)

    def test_portal_users_cannot_write_what_the_system_notes(self):
        cart = self._make_cart()
        with self.assertRaises(AccessError):
            cart.with_user(self.manager).b2b_agreement_before_id = self.second
