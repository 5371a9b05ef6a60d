from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestOwnCodes(PricingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["b2b.customer.category"].create({"name": "Gift shops"})
        cls.party.b2b_customer_category_id = cls.category
        cls.rival_party.b2b_customer_category_id = cls.category
        cls.tin = cls.env["product.product"].create(
            {"name": "Cake tin", "default_code": "T1", "taxes_id": False}
        )
        cls.codes = cls.env["b2b.product.code"]
        cls.own = cls._code(cls.product, "BW-1042", "Herz", party_id=cls.party.id)
        cls.shared = cls._code(cls.tin, "GS-7", customer_category_id=cls.category.id)

    @classmethod
    def _code(cls, product, code, name="", **owner):
        values = {"product_id": product.id, "code": code, "name": name, **owner}
        return cls.env["b2b.product.code"].create(values)

    def test_party_then_category(self):
        both = self.product | self.tin
        self.assertEqual(
            self.codes._b2b_codes(self.party, both),
            {self.product.id: ("BW-1042", "Herz"), self.tin.id: ("GS-7", "")},
        )
        self.assertEqual(
            self.codes._b2b_codes(self.rival_party, both), {self.tin.id: ("GS-7", "")}
        )
        self._code(self.tin, "BW-7", party_id=self.party.id)
        found = self.codes._b2b_codes(self.party, self.tin)
        self.assertEqual(found[self.tin.id][0], "BW-7")

    def test_a_code_means_what_the_party_means(self):
        self._code(self.product, "GS-1", customer_category_id=self.category.id)
        self._code(self.tin, "GS-1", party_id=self.party.id)
        self.assertEqual(self.codes._b2b_named(self.party, "gs-1"), self.tin.ids)
        self.assertEqual(
            self.codes._b2b_named(self.rival_party, "gs-1"), self.product.ids
        )
        self.assertEqual(self.codes._b2b_named(self.rival_party, "BW-1042"), [])
        self.assertEqual(self.codes._b2b_named(self.party, "GS_1"), [])

    def test_unique_per_owner_with_a_sentence(self):
        words = "already calls .*Heart.* “BW-1042”"
        with self.refuses(ValidationError, words):
            self._code(self.tin, " bw-1042", party_id=self.party.id)
        with self.refuses(ValidationError, words):
            self._code(self.product, "BW-9", party_id=self.party.id)
        with self.refuses(ValidationError, "Gift shops already calls .*Cake tin"):
            self._code(self.product, "gs-7", customer_category_id=self.category.id)
        # Another owner may use the same one.
        self._code(self.product, "BW-1042", party_id=self.rival_party.id)
        self._code(self.product, "BW-1042", customer_category_id=self.category.id)

    def test_the_database_refuses_what_two_sessions_write(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'b2b_product_code'"
        )
        indexes = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("(party_id, lower((code)::text))", indexes)
        self.assertIn("(customer_category_id, lower((code)::text))", indexes)

    def test_bad_input(self):
        with self.refuses(ValidationError, "own code is empty"):
            self._code(self.tin, "  ", party_id=self.party.id)
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.party.id}
        )
        with self.refuses(ValidationError, "is a contact; give the code to"):
            self._code(self.tin, "X", party_id=contact.id)

    # -- the order line of the back office -----------------------------------------

    def _search(self, model, text, partner, user=None):
        records = self.env[model].with_user(user or self.manager)
        records = records.with_context(partner_id=partner.id)
        return [pair[0] for pair in records.name_search(text)]

    def test_order_line_finds_own_codes_of_its_customer(self):
        contact = self.buyer.user_id.partner_id
        for partner in (self.party, contact):
            self.assertEqual(
                self._search("product.product", "bw-10", partner)[0], self.product.id
            )
            self.assertEqual(
                self._search("product.template", "bw-10", partner)[0],
                self.product.product_tmpl_id.id,
            )
        self.assertEqual(
            self._search("product.product", "herz", self.party)[0], self.product.id
        )
        self.assertEqual(
            self._search("product.product", "GS-7", self.party)[0], self.tin.id
        )
        self.assertNotIn(
            self.product.id, self._search("product.product", "bw-10", self.rival_party)
        )
        self.assertNotIn(
            self.product.id,
            [
                pair[0]
                for pair in self.env["product.product"]
                .with_user(self.manager)
                .name_search("bw-10")
            ],
        )

    def test_own_hits_come_first_and_once(self):
        self._code(self.tin, "Heart", party_id=self.party.id)
        found = self._search("product.product", "Heart", self.party)
        self.assertEqual(found[0], self.tin.id)
        self.assertEqual(len(found), len(set(found)))
        self.assertIn(self.product.id, found)

    def test_who_may_not_see_the_party_finds_nothing_by_its_code(self):
        narrow = new_test_user(
            self.env, "narrow", "b2b_party.group_rep", b2b_own_parties_only=True
        )
        self.assertNotIn(
            self.product.id,
            self._search("product.product", "bw-10", self.party, narrow),
        )

    # -- papers --------------------------------------------------------------------

    def _paper(self, report, record):
        html = self.env["ir.actions.report"]._render_qweb_html(report, record.ids)[0]
        return html.decode()

    def test_on_quotation_order_delivery_and_invoice(self):
        self.tin.is_storable = True
        order = self._make_order(
            order_line=[
                Command.create({"product_id": self.product.id, "product_uom_qty": 2}),
                Command.create({"product_id": self.tin.id, "product_uom_qty": 1}),
            ]
        )
        words = ("Your no. BW-1042 · Herz", "Your no. GS-7")
        for word in words:
            self.assertIn(word, self._paper("sale.action_report_saleorder", order))
        order.action_confirm()
        picking = order.picking_ids
        paper = self._paper("stock.action_report_delivery", picking)
        self.assertIn("Your no. GS-7", paper)
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        paper = self._paper("stock.action_report_delivery", picking)
        self.assertIn("Your no. GS-7", paper)
        for line in order.order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = order._create_invoices()
        paper = self._paper("account.account_invoices", invoice)
        for word in words:
            self.assertIn(word, paper)

    def test_others_papers_are_silent(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.rival_party.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )
        self.assertNotIn("BW-1042", self._paper("sale.action_report_saleorder", order))
