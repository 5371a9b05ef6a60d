from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import LoyaltyCase

HEAD = ("name", "partner_id/.id", "date_order", "b2b_historical")
LINES = (
    "order_line/product_id/.id",
    "order_line/product_uom_qty",
    "order_line/price_unit",
    "order_line/tax_ids/.id",
)
JANUARY, MARCH = "2026-01-05 10:00:00", "2026-03-01 10:00:00"


@tagged("post_install", "-at_install")
class TestImportHistorical(LoyaltyCase):
    """Orders of an earlier system that people bring over by Odoo's import (L2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "points_import",
            "base.group_allow_export,sales_team.group_sale_salesman_all_leads,"
            "b2b_party.group_sales_manager",
        )

    def line(self, quantity=10, price="9.99", product=None):
        return [str((product or self.goods).id), str(quantity), price, ""]

    def head(self, name="A-1", day=JANUARY, partner=None):
        return [name, str((partner or self.contact).id), day, "1"]

    def load(self, *rows, fields=HEAD + LINES, user=None):
        """Import rows; the message of what was refused, else the orders."""
        orders = self.env["sale.order"].with_user(user or self.manager)
        result = orders.load(list(fields), [list(row) for row in rows])
        self.env.flush_all()
        if not result["ids"]:
            return result["messages"][0]["message"]
        self.assertFalse(result["messages"], result["messages"])
        return self.env["sale.order"].browse(result["ids"])

    def count(self):
        return self.env["sale.order"].search_count([("b2b_historical", "=", True)])

    # -- brought over ------------------------------------------------------------

    def test_own_day_closed_and_earned_at_once(self):
        orders = self.load(
            [*self.head(), *self.line()],
            ["", "", "", "", *self.line(2, "2.5", self.other)],
            [*self.head("A-2", MARCH), *self.line(4, "2.5")],
            [*self.head("R-1", MARCH), *self.line(-1, "2.75")],
        )
        self.assertEqual(orders.mapped("name"), ["A-1", "A-2", "R-1"])
        first = orders[0]
        self.assertEqual((first.state, first.locked), ("sale", True))
        self.assertEqual(str(first.date_order), JANUARY)
        self.assertEqual(first.invoice_status, "invoiced")
        self.assertFalse(first.picking_ids if "picking_ids" in first else False)
        # 99.90 + 5.00; 10.00; -2.75 towards zero
        # Entries of one call are written in the order of their keys.
        entries = self.account().entry_ids.sorted(lambda entry: entry.order_id.id)
        found = [(entry.points, str(entry.date)) for entry in entries]
        self.assertEqual(
            found, [(104, "2026-01-05"), (10, "2026-03-01"), (-2, "2026-03-01")]
        )
        self.assertEqual(set(entries.mapped("kind")), {"earn", "reverse"})
        self.assert_points(112, 0)

    def test_same_reference_party_and_day_counts_once(self):
        rows = ([*self.head(), *self.line()], [*self.head("A-2"), *self.line(1, "5")])
        orders = self.load(*rows)
        before = self.count()
        self.assertEqual(self.load(*rows), orders)
        # read in another zone it is hours away, and still the same
        moved = [*self.head("A-1", "2026-01-04 23:00:00"), *self.line()]
        self.assertEqual(self.load(moved), orders[0])
        # one more in the file: that one alone is new
        self.load(*rows, [*self.head("A-3"), *self.line(1, "7")])
        self.assertEqual(self.count(), before + 1)
        self.assert_points(99 + 5 + 7, 0)

    def test_another_party_or_month_is_another_order(self):
        other = self.make_party("Points elsewhere")
        self.load([*self.head(), *self.line()])
        self.load([*self.head(day=MARCH), *self.line()])
        self.load([*self.head(partner=other), *self.line()])
        self.assert_points(99 * 2, 0)
        self.assert_points(99, 0, other)

    def test_other_lines_of_the_same_order_are_refused(self):
        self.load([*self.head(), *self.line()])
        said = self.load([*self.head(), *self.line(11)])
        self.assertIn("A-1 was brought over already or is in", said)
        said = self.load(
            [*self.head("B"), *self.line()], [*self.head("B"), *self.line(2)]
        )
        self.assertIn("B was brought over already or is in the file twice", said)
        self.assert_points(99, 0)

    def test_external_id_counts_once_and_appends_nothing(self):
        columns = ("id", *HEAD[1:], *LINES)
        row = ["__import__.old_1", *self.head()[1:], *self.line()]
        order = self.load(row, fields=columns)
        self.assertEqual(self.load(row, fields=columns), order)
        self.assertEqual(len(order.order_line), 1)
        row[-3] = "11"
        self.assertIn("with other lines", self.load(row, fields=columns))
        self.assertEqual(len(order.order_line), 1)
        self.assert_points(99, 0)
        # with the External ID of the line as well
        columns = ("id", *HEAD[1:], "order_line/id", *LINES)
        row = ["__import__.old_2", *self.head()[1:], "__import__.old_2l", *self.line()]
        order = self.load(row, fields=columns)
        self.assertEqual(self.load(row, fields=columns), order)
        self.assert_points(99 * 2, 0)
        row[0] = "__import__.old_3"
        self.assertIn("line of another order", self.load(row, fields=columns))

    def test_a_line_that_costs_nothing_and_one_of_nothing(self):
        order = self.load(
            [*self.head(), *self.line()],
            ["", "", "", "", *self.line(1, "0", self.other)],
            ["", "", "", "", *self.line(0, "5", self.other)],
        )
        self.assertEqual(order.order_line.mapped("price_unit"), [9.99, 0, 5])
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [10, 1, 0])
        self.assertEqual(
            (order.amount_untaxed, order.invoice_status), (99.9, "invoiced")
        )
        self.assert_points(99, 0)

    def test_taxes_of_the_article_only_without_a_column_of_them(self):
        tax = self.env["account.tax"].create({"name": "Points 20 %", "amount": 20})
        self.goods.taxes_id = tax
        order = self.load(
            [*self.head(), *self.line()[:3], str(tax.id)],
            ["", "", "", "", *self.line(1, "5")],
        )
        self.assertEqual([line.tax_ids for line in order.order_line], [tax, tax[:0]])
        columns = HEAD + LINES[:3]
        order = self.load([*self.head("A-2"), *self.line()[:3]], fields=columns)
        self.assertEqual(order.order_line.tax_ids, tax)

    def test_an_empty_company_is_the_one_of_who_imports(self):
        order = self.load(
            ["", *self.head(), *self.line()], fields=("company_id", *HEAD, *LINES)
        )
        self.assertEqual(order.company_id, self.company)

    # -- whether they earn -------------------------------------------------------

    def test_switch_of_the_file_and_of_the_program(self):
        switch = ("b2b_earns_nothing", *HEAD, *LINES)
        self.load(["1", *self.head(), *self.line()], fields=switch)
        self.assertFalse(self.account())
        self.program.imports_earn = False
        silent = self.load([*self.head("A-2"), *self.line()])
        self.assertTrue(silent.b2b_earns_nothing)
        self.assertFalse(self.account())
        # what the file says goes before the program
        self.load(["0", *self.head("A-3"), *self.line()], fields=switch)
        self.assert_points(99, 0)

    def test_other_imported_orders_follow_the_program_too(self):
        self.program.imports_earn = False
        columns = ("name", "partner_id/.id", "state", *LINES)
        row = ["P-1", str(self.contact.id), "sale", *self.line()]
        rep = new_test_user(
            self.env, "points_rep", "sales_team.group_sale_salesman_all_leads"
        )
        order = self.load(row, fields=columns, user=rep)
        self.assertTrue(order.b2b_earns_nothing)
        self.assertFalse(self.account())
        self.confirmed((self.goods, 1, 10))
        self.assert_points(0, 10)

    # -- other orders ------------------------------------------------------------

    def test_other_imported_orders_count_once(self):
        columns = ("name", "partner_id/.id", "date_order", "state", *LINES)
        row = ["P-1", str(self.contact.id), JANUARY, "sale", *self.line()]
        order = self.load(row, fields=columns)
        self.assertEqual(self.load(row, fields=columns), order)
        self.assert_points(0, 99)
        row[-3] = "3"
        said = self.load(row, fields=columns)
        self.assertIn("P-1 is there already or is in the file twice", said)
        historical = self.load([*self.head("P-1"), *self.line()])
        self.assertIn("is not historical", historical)
        self.assert_points(0, 99)

    def test_external_id_of_other_orders_appends_nothing(self):
        columns = ("id", "partner_id/.id", "date_order", "state", *LINES)
        row = ["__import__.p", str(self.contact.id), JANUARY, "sale", *self.line()]
        order = self.load(row, fields=columns)
        self.assertEqual(self.load(row, fields=columns), order)
        self.assertEqual(len(order.order_line), 1)
        self.assert_points(0, 99)

    def test_columns_are_offered_on_screen(self):
        tree = self.env["base_import.import"].with_user(self.manager)
        names = {field["name"] for field in tree.get_fields_tree("sale.order")}
        self.assertLessEqual({"b2b_historical", "b2b_earns_nothing", *HEAD[:1]}, names)

    # -- refused -----------------------------------------------------------------

    def test_only_sales_managers(self):
        rep = new_test_user(
            self.env, "points_rep", "sales_team.group_sale_salesman_all_leads"
        )
        row = [*self.head(), *self.line()]
        self.assertIn("sales managers only", self.load(row, user=rep))
        self.assertFalse(self.account())
        with self.assertRaisesRegex(UserError, "set by the system"):
            self.env["sale.order"].with_user(self.manager).create(
                {"partner_id": self.contact.id, "b2b_historical": True}
            )
        order = self.order((self.goods, 1, 10))
        with self.assertRaisesRegex(UserError, "set by the system"):
            order.with_user(self.manager).write({"b2b_historical": True})

    def refused(self, *rows, fields=HEAD + LINES):
        """``[(first row, sentence)]`` of what an import refuses, rows from 0."""
        orders = self.env["sale.order"].with_user(self.manager)
        result = orders.load(list(fields), [list(row) for row in rows])
        self.assertFalse(result["ids"])
        return [(m["rows"]["from"], m["message"]) for m in result["messages"]]

    def test_each_refused_order_is_told_with_its_row_alone(self):
        rows = [[*self.head(f"A-{n}"), *self.line()] for n in range(8)]
        rows[3][2], rows[6][-2] = "2099-01-01 10:00:00", ""
        found = self.refused(*rows)
        self.assertEqual([row for row, _said in found], [3, 6])
        self.assertIn("in the future", found[0][1])
        self.assertIn("needs the column Unit Price", found[1][1])
        self.assertFalse(self.account())

    def test_same_number_with_other_lines_is_told_with_its_row(self):
        rows = [[*self.head(name), *self.line()] for name in ("A", "B", "C", "B")]
        rows[3][-3] = "2"
        found = self.refused(*rows)
        self.assertEqual([row for row, _said in found], [3])
        self.assertIn("B was brought over already or is in the file twice", found[0][1])

    def test_a_value_that_nobody_knows_is_told_once(self):
        columns = ("name", "partner_id", *HEAD[2:], *LINES)
        rows = [[*self.head(f"A-{n}"), *self.line()] for n in range(3)]
        for row in rows:
            row[1] = self.party.name
        rows[1][1] = "Nobody at all & Sons"
        found = self.refused(*rows, fields=columns)
        self.assertEqual([row for row, _said in found], [1])
        self.assertIn("Nobody at all & Sons", found[0][1])
        rows[1][1], rows[2][-2] = self.party.name, "cheap"
        found = self.refused(*rows, fields=columns)
        self.assertEqual([row for row, _said in found], [2])
        self.assertIn("cheap", found[0][1])

    def test_what_a_file_must_and_may_say(self):
        def said(row, *fields):
            return self.load(row, fields=fields)

        partner = str(self.contact.id)
        self.assertIn(
            "would count twice",
            said([partner, JANUARY, "1", *self.line()], *HEAD[1:], *LINES),
        )
        self.assertIn(
            "needs the column Order Date",
            said(["A", partner, "1", *self.line()], *HEAD[:2], HEAD[3], *LINES),
        )
        self.assertIn(
            "needs the column Unit Price",
            said([*self.head(), *self.line()[:2]], *HEAD, *LINES[:2]),
        )
        self.assertIn("needs the column Order Lines", said(self.head(), *HEAD))
        self.assertIn(
            "has no column “Points used”",
            said(["5", *self.head(), *self.line()], "b2b_points_used", *HEAD, *LINES),
        )
        self.assertIn(
            "has no column “Subtotal”",
            said(
                [*self.head(), *self.line(), "1"],
                *HEAD,
                *LINES,
                "order_line/price_subtotal",
            ),
        )
        self.assertIn(
            "in the future",
            self.load([*self.head(day="2099-01-01 10:00:00"), *self.line()]),
        )
        self.assertFalse(self.account())
