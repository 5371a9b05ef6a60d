from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PartyCase

ROLES = (
    "rep",
    "credit",
    "order_desk",
    "loyalty",
    "pricing",
    "sales_manager",
    "administrator",
)


@tagged("post_install", "-at_install")
class TestStaffCost(PartyCase):
    """Cost belongs to pricing and sales managers, wherever Odoo keeps it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"cost_{role}", f"b2b_party.group_{role}")
            for role in ROLES
        }
        cls.info = cls.env["product.supplierinfo"].create(
            {
                "product_tmpl_id": cls.product.product_tmpl_id.id,
                "partner_id": cls.rival_party.id,
                "price": 3.25,
                "discount": 10.0,
            }
        )
        cls.env.flush_all()

    def _passes(self, door, record, name):
        self.env.invalidate_all()
        try:
            return door(record, name) is not False
        except AccessError:
            return False

    def test_cost_in_the_words_of_the_decision(self):
        """Cost and margin: pricing and sales managers, nobody else (DECISIONS 24)."""
        info = self.info
        asked = (
            (self.product, ("standard_price", "avg_cost", "total_value")),
            (info, ("price", "discount", "price_discounted")),
        )
        for role, may in (
            ("rep", False),
            ("credit", False),
            ("order_desk", False),
            ("loyalty", False),
            ("pricing", True),
            ("sales_manager", True),
        ):
            for record, names in asked:
                record = record.with_user(self.users[role])
                for name in names:
                    read = self._passes(lambda r, n: r.read([n]), record, name)
                    with self.subTest(role=role, name=name):
                        self.assertEqual(read, may)

    def test_suppliers_are_listed_without_their_prices(self):
        """Odoo sorts them by price, which would refuse every search."""
        rep = self.users["rep"]
        info = self.info
        found = info.with_user(rep).search_read(
            [("id", "=", info.id)], ["partner_id", "min_qty", "delay"]
        )
        self.assertEqual(found[0]["partner_id"][0], self.rival_party.id)
        product = self.product.with_user(rep)
        self.assertEqual(product.seller_ids.ids, info.ids)
        self.assertEqual(product._select_seller(quantity=1).id, info.id)
        for role, shown in (("rep", False), ("pricing", True)):
            views = info.with_user(self.users[role]).get_views(
                [(False, "form"), (False, "list"), (False, "kanban")]
            )["views"]
            for kind, view in views.items():
                with self.subTest(role=role, view=kind):
                    self.assertEqual('name="price"' in view["arch"], shown)

    def test_the_average_cost_report_is_of_the_books(self):
        report = self.env["stock.avco.report"]
        for role, may in (("credit", False), ("administrator", True)):
            user = self.users[role]
            fields = report.with_user(user).fields_get(["value", "justification"])
            with self.subTest(role=role):
                self.assertEqual("value" in fields, may)

    def test_cost_of_goods_sold_on_invoices_follows_too(self):
        self.party.user_id = self.users["rep"]
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.party.id,
                "invoice_user_id": self.users["rep"].id,
                "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 5.0})],
            }
        )
        invoice.action_post()
        line = invoice.line_ids[:1]
        cost = invoice.line_ids - line
        cost = cost[:1]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET display_type = 'cogs' WHERE id = %s",
            [cost.id],
        )
        self.env.invalidate_all()
        domain = [("move_id", "=", invoice.id), ("display_type", "=", "cogs")]
        for role, may in (("rep", False), ("credit", False), ("administrator", True)):
            lines = self.env["account.move.line"].with_user(self.users[role])
            with self.subTest(role=role):
                self.assertEqual(bool(lines.search(domain)), may)
                rest = lines.search([("move_id", "=", invoice.id)]) - cost
                self.assertTrue(rest)
