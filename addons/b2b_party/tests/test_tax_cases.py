from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, new_test_user, tagged

from ..exceptions import GateBlocked
from .common import PartyCase, tax_mark

# Ten pieces at 100.00: 1,000.00 net. Home is Germany (19 %); registered in France
# (20 %); warehouses in Hamburg and Lyon, and one in Vienna without registration.
#
# No, goods from, goods to, buyer's number (and its state), position, tax, why
CASES = (
    (1, "HH", "de", "DE", "valid", "", 190.0, "within Germany: German tax"),
    (2, "HH", "de", "", "unchecked", "", 190.0, "within Germany, no number"),
    (3, "HH", "at", "AT", "valid", "EU", 0.0, "to Austria, checked number: free"),
    (4, "HH", "at", "AT", "unchecked", "", 190.0, "number never checked: taxed"),
    (5, "HH", "at", "AT", "invalid", "", 190.0, "number invalid: taxed"),
    (6, "HH", "at", "", "unchecked", "", 190.0, "no number: taxed at the start"),
    (7, "HH", "at", "DE", "valid", "", 190.0, "a number of the start frees nothing"),
    (8, "HH", "at", "FR", "valid", "EU", 0.0, "a number of a third member: free"),
    (9, "HH", "ch", "CH", "unchecked", "World", 0.0, "to Switzerland: export"),
    (
        10,
        "HH",
        "ch",
        "DE",
        "valid",
        "World",
        0.0,
        "same prefix, but goods leave the EU",
    ),
    (11, "HH", "uk", "", "unchecked", "World", 0.0, "to Great Britain: export"),
    (12, "HH", "xi", "XI", "valid", "NI", 0.0, "goods to Northern Ireland are EU"),
    (13, "HH", "fr", "FR", "valid", "EU", 0.0, "to France, checked: free"),
    (14, "HH", "fr", "", "unchecked", "France", 200.0, "to France, taxed there: 20 %"),
    (15, "LY", "fr", "FR", "valid", "France", 200.0, "Lyon to France: French tax"),
    (16, "LY", "de", "DE", "valid", "EU", 0.0, "Lyon to Germany, checked: free"),
    (17, "VI", "at", "AT", "valid", "", 190.0, "within Austria, not registered there"),
)


class TaxCase(PartyCase):
    """A German company that is registered in France, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ref = cls.env.ref
        cls.company = cls.env["res.company"].create(
            {"name": "Nordlicht GmbH", "country_id": ref("base.de").id, "vat": False}
        )
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.company = cls.company.with_env(cls.env)
        cls.tax_group = cls.env["account.tax.group"].create(
            {"name": "VAT", "company_id": cls.company.id}
        )
        cls.tax = cls._tax("19 %", 19.0)
        cls.positions = {
            "EU": cls._position(
                "EU business", 0.0, 1, vat_required=True,
                country_group_id=ref("account.europe_vat").id,
            ),
            "NI": cls._position(
                "Northern Ireland", 0.0, 2, vat_required=True,
                country_id=ref("base.xi").id,
            ),
            "France": cls._position(
                "France", 20.0, 0, country_id=ref("base.fr").id,
                foreign_vat="FR23334175221",
            ),
            "World": cls._position("Rest of the world", 0.0, 9),
        }  # fmt: skip
        # Everywhere else stands behind what is nearer; in Germany none is needed.
        cls.home = cls._position("Germany", None, 3, country_id=ref("base.de").id)
        cls.taxed = cls._position(
            "EU taxed", None, 4, country_group_id=ref("account.europe_vat").id
        )
        # A position without any tax would take ours away.
        cls.tax.fiscal_position_ids = cls.home | cls.taxed
        cls.article = cls.env["product.product"].create(
            {"name": "Lamp", "list_price": 100.0, "taxes_id": [(6, 0, cls.tax.ids)]}
        )
        cls.warehouses = {
            code: cls._warehouse(code, ref(f"base.{country}"))
            for code, country in (("HH", "de"), ("LY", "fr"), ("VI", "at"))
        }
        cls.party = cls._make_party("Kunde", country_id=ref("base.de").id)

    @classmethod
    def _tax(cls, name, amount, **values):
        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": amount,
                "company_id": cls.company.id,
                "tax_group_id": cls.tax_group.id,
                "type_tax_use": "sale",
                "country_id": cls.env.ref("base.de").id,
                "price_include_override": "tax_excluded",
                **values,
            }
        )

    @classmethod
    def _position(cls, name, amount, sequence, auto_apply=True, **values):
        """A position that puts another tax in the place of ours; None: keeps it."""
        position = cls.env["account.fiscal.position"].create(
            {
                "name": name,
                "sequence": sequence,
                "auto_apply": auto_apply,
                "company_id": cls.company.id,
                **values,
            }
        )
        if amount is not None:
            cls._tax(
                f"{name} {amount:g} %",
                amount,
                original_tax_ids=[Command.set(cls.tax.ids)],
                fiscal_position_ids=[Command.set(position.ids)],
            )
        return position

    @classmethod
    def _warehouse(cls, code, country):
        place = cls.env["res.partner"].create({"name": code, "country_id": country.id})
        return cls.env["stock.warehouse"].create(
            {
                "name": code,
                "code": f"T{code}",
                "partner_id": place.id,
                "company_id": cls.company.id,
            }
        )

    def _address(self, country, **values):
        return self.env["res.partner"].create(
            {
                "name": f"To {country}",
                "type": "delivery",
                "parent_id": self.party.id,
                "country_id": self.env.ref(f"base.{country}").id,
                **values,
            }
        )

    def _number(self, prefix, state):
        """Set the number without asking whether its check digits are right."""
        numbers = {
            "DE": "DE123456788", "AT": "ATU12345675", "FR": "FR23334175221",
            "CH": "CHE-123.456.788 MWST", "XI": "XI123456782",
        }  # fmt: skip
        self.party.with_context(no_vat_validation=True).vat = numbers.get(prefix)
        self.party.b2b_vat_state = state

    def _order(self, country, warehouse="HH", **values):
        return self.env["sale.order"].create(
            {
                "partner_id": self.party.id,
                "company_id": self.company.id,
                "partner_shipping_id": self._address(country).id,
                "warehouse_id": self.warehouses[warehouse].id,
                "order_line": [
                    Command.create(
                        {"product_id": self.article.id, "product_uom_qty": 10}
                    )
                ],
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestTaxCases(TaxCase):
    """Twenty deliveries worked out by hand; 18 to 20 are the tests below the table."""

    def test_the_table(self):
        for row in CASES:
            number, start, end, prefix, state, wanted, tax, why = row
            with self.subTest(f"{number}: {why}"):
                self._number(prefix, state)
                order = self._order(end, start)
                position = order.fiscal_position_id
                if wanted:
                    self.assertEqual(position, self.positions[wanted])
                else:
                    self.assertFalse(position - self.home - self.taxed)
                self.assertEqual(order.amount_untaxed, 1000.0)
                self.assertAlmostEqual(order.amount_tax, tax)

    def test_18_a_foreign_buyer_collects(self):
        """Handed over in Hamburg: German tax, wherever the buyer takes it."""
        self._number("AT", "valid")
        order = self._order("at", b2b_pickup=True)
        self.assertAlmostEqual(order.amount_tax, 190.0)
        order.b2b_pickup = False
        self.assertEqual(order.fiscal_position_id, self.positions["EU"])
        self.assertEqual(order.amount_tax, 0.0)

    def test_19_prices_that_include_tax(self):
        """119.00 with German tax is 100.00 net; to France with 20 % it is 120.00.

        The net price is kept, so the total to France is 1,200.00 and to Switzerland
        1,000.00: the customer abroad does not pay our tax as price.
        """
        self.tax.price_include_override = "tax_included"
        french = self.env["account.tax"].search(
            [("fiscal_position_ids", "in", self.positions["France"].ids)]
        )
        world = self.env["account.tax"].search(
            [("fiscal_position_ids", "in", self.positions["World"].ids)]
        )
        (french | world).price_include_override = "tax_included"
        self.article.list_price = 119.0
        order = self._order("de")
        self.assertEqual((order.amount_untaxed, order.amount_total), (1000.0, 1190.0))
        order.partner_shipping_id = self._address("fr")
        self.assertEqual((order.amount_untaxed, order.amount_total), (1000.0, 1200.0))
        order.partner_shipping_id = self._address("ch")
        self.assertEqual((order.amount_untaxed, order.amount_total), (1000.0, 1000.0))
        addresses = self.env.ref("account.group_delivery_invoice_address")
        self.env.user.group_ids += addresses
        with Form(order) as form:
            form.partner_shipping_id = self._address("de")
        self.assertEqual((order.amount_untaxed, order.amount_total), (1000.0, 1190.0))

    def test_20_an_exempt_organisation(self):
        """Its position holds with mark and valid document, within Germany only."""
        exempt = self._position(
            "Exempt", 0.0, 20, auto_apply=False, country_id=self.env.ref("base.de").id
        )
        self.party.property_account_position_id = exempt
        order = self._order("de")
        self.assertAlmostEqual(order.amount_tax, 190.0)
        self.assertIn("not marked", order.b2b_tax_note)
        self.party.write(tax_mark())
        order = self._order("de")
        self.assertEqual((order.fiscal_position_id, order.amount_tax), (exempt, 0.0))
        self.assertFalse(order.b2b_tax_note)
        # outside of the country it does not hold
        abroad = self._order("ch")
        self.assertEqual(abroad.fiscal_position_id, self.positions["World"])
        self.assertIn("does not fit", abroad.b2b_tax_note)
        # over since yesterday: not used by new orders, and left when it is submitted
        self.party.b2b_tax_valid_until = Date.today() - timedelta(days=1)
        self.assertAlmostEqual(self._order("de").amount_tax, 190.0)
        order._b2b_settle_lines()
        self.assertAlmostEqual(order.amount_tax, 190.0)
        (finding,) = [f for f in order._b2b_findings() if f.code == "tax"]
        self.assertEqual((finding.severity, finding.key), ("warn", "party"))
        self.assertIn("was valid until", finding.message)

    def test_a_position_set_by_hand_is_found(self):
        order = self._order("de")
        self.assertFalse([f for f in order._b2b_findings() if f.code == "tax"])
        order.fiscal_position_id = self.positions["World"]
        self.assertAlmostEqual(order.amount_tax, 0.0)
        (finding,) = [f for f in order._b2b_findings() if f.code == "tax"]
        self.assertEqual((finding.severity, finding.key), ("block", "hand"))
        self.assertIn("was set by hand", order.b2b_tax_note)
        with self.assertRaises(GateBlocked):
            order.action_confirm()
        order.fiscal_position_id = self.home
        self.assertFalse(order.b2b_tax_note)
        order.action_confirm()
        self.assertAlmostEqual(order.amount_tax, 190.0)

    def test_taxes_of_lines_set_by_hand_are_found(self):
        order = self._order("de")
        right = order.order_line.tax_ids
        order.order_line.tax_ids = False
        (finding,) = [f for f in order._b2b_findings() if f.code == "tax"]
        self.assertEqual((finding.severity, finding.key), ("block", "hand"))
        self.assertIn(f"none instead of {right.name}", finding.message)
        with self.assertRaises(GateBlocked):
            order.action_confirm()
        order.order_line.tax_ids = right
        self.assertFalse(order.b2b_tax_note)
        order.action_confirm()
        self.assertAlmostEqual(order.amount_tax, 190.0)

    def test_taxes_follow_whatever_moves_the_position(self):
        order = self._order("de")
        self.assertAlmostEqual(order.amount_tax, 190.0)
        abroad = self._make_party("Abroad", country_id=self.env.ref("base.ch").id)
        order.partner_id = abroad
        self.assertEqual(order.fiscal_position_id, self.positions["World"])
        self.assertAlmostEqual(order.amount_tax, 0.0)
        order.partner_id = self.party
        self.assertEqual(order.fiscal_position_id, self.home)
        self.assertAlmostEqual(order.amount_tax, 190.0)

    def test_a_position_that_is_over_leaves_with_its_taxes(self):
        """The seat's choice works out the position anew; the lines must follow."""
        exempt = self._position(
            "Exempt", 0.0, 20, auto_apply=False, country_id=self.env.ref("base.de").id
        )
        self.party.write({"property_account_position_id": exempt.id, **tax_mark()})
        order = self._order("de")
        self.assertAlmostEqual(order.amount_tax, 0.0)
        self.party.b2b_tax_valid_until = Date.today() - timedelta(days=1)
        seat = self._make_seat(self.party, "Hannah", "buyer")
        seat.default_delivery_id = order.partner_shipping_id
        order.b2b_seat_id = seat
        order.partner_shipping_id = self._address("de")
        self.assertEqual(order.fiscal_position_id, self.home)
        self.assertAlmostEqual(order.amount_tax, 190.0)

    def _see_addresses(self):
        """Addresses stand in the form where the company uses several."""
        group = self.env.ref("account.group_delivery_invoice_address")
        self.env.user.group_ids += group

    def test_a_place_changed_there_and_back_in_a_form(self):
        self._see_addresses()
        order = self._order("de")
        home, abroad = order.partner_shipping_id, self._address("ch")
        with Form(order) as form:
            form.partner_shipping_id = abroad
            form.partner_shipping_id = home
        self.assertAlmostEqual(order.amount_tax, 190.0)
        with Form(order) as form:
            form.partner_shipping_id = abroad
        self.assertAlmostEqual(order.amount_tax, 0.0)

    def test_a_place_changed_in_a_form_that_is_not_saved_yet(self):
        self._see_addresses()
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.party
            with form.order_line.new() as line:
                line.product_id = self.article
                line.product_uom_qty = 10
            form.partner_shipping_id = self._address("ch")
        self.assertEqual(form.record.fiscal_position_id, self.positions["World"])
        self.assertAlmostEqual(form.record.amount_tax, 0.0)

    def test_a_channel_overrules_within_its_country(self):
        channel = self.env.ref("b2b_party.channel_phone")
        reduced = self._position(
            "Reduced", 7.0, 20, auto_apply=False, country_id=self.env.ref("base.de").id
        )
        terms = self.env["b2b.channel.terms"].create(
            {
                "party_id": self.party.id,
                "channel_id": channel.id,
                "company_id": self.company.id,
                "fiscal_position_id": reduced.id,
                **tax_mark(),
            }
        )
        order = self._order("de", b2b_channel_id=channel.id)
        self.assertAlmostEqual(order.amount_tax, 70.0)
        order = self._order("ch", b2b_channel_id=channel.id)
        self.assertEqual(order.fiscal_position_id, self.positions["World"])
        self.assertIn("Reduced", order.b2b_tax_note)
        terms.b2b_tax_mark = False
        order = self._order("de", b2b_channel_id=channel.id)
        self.assertAlmostEqual(order.amount_tax, 190.0)

    def test_each_company_taxes_by_itself(self):
        """The same delivery to Austria: free from Hamburg, Austrian from Vienna."""
        self._number("AT", "valid")
        second = self.env["res.company"].create(
            {"name": "Wien GmbH", "country_id": self.env.ref("base.at").id}
        )
        self.env.user.company_ids += second
        both = self.env["sale.order"].with_context(
            allowed_company_ids=[second.id, self.company.id]
        )
        order = both.create(
            {
                "partner_id": self.party.id,
                "company_id": second.id,
                "partner_shipping_id": self._address("at").id,
            }
        )
        self.assertFalse(order.fiscal_position_id)
        self.assertEqual(self._order("at").fiscal_position_id, self.positions["EU"])

    def test_notes_about_number_and_registration(self):
        self._number("AT", "unchecked")
        order = self._order("at")
        self.assertIn("not checked", order.b2b_tax_note)
        keys = {f.key for f in order._b2b_findings() if f.code == "tax"}
        self.assertEqual(keys, {"vat"})
        self._number("AT", "valid")
        order = self._order("at", "VI")
        keys = {f.key for f in order._b2b_findings() if f.code == "tax"}
        self.assertEqual(keys, {"registration"})

    def test_a_new_number_is_unchecked(self):
        self._number("AT", "valid")
        self.assertEqual(self.party.b2b_vat_checked_on, Date.context_today(self.party))
        self.party.with_context(no_vat_validation=True).vat = "DE123456788"
        self.assertEqual(self.party.b2b_vat_state, "unchecked")
        self.assertFalse(self.party.b2b_vat_checked_on)

    def test_a_mark_needs_document_and_date(self):
        for missing, words in (
            ("b2b_tax_document", "attach the document"),
            ("b2b_tax_valid_until", "until when"),
        ):
            with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                self.party.write({**tax_mark(), missing: False})

    def test_who_may_mark(self):
        desk = new_test_user(
            self.env,
            "b2b_tax_desk",
            "b2b_party.group_order_desk,base.group_partner_manager",
        )
        for user in (desk, self.manager, self.buyer.user_id):
            user.company_ids += self.company
        self.party.with_user(desk).b2b_vat_state = "valid"
        with self.assertRaises(AccessError):
            self.party.with_user(desk).b2b_tax_mark = False
        self.party.with_user(self.manager).write(tax_mark())
        with self.assertRaises(AccessError):
            self.party.with_user(self.buyer.user_id).read(["b2b_tax_document"])
