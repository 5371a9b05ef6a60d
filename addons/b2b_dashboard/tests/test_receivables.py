from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import DashboardData


@tagged("post_install", "-at_install")
class TestReceivables(DashboardData, AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_data()
        cls.manager.company_ids |= cls.company
        cls.manager.company_id = cls.company
        # the sales manager sees orders, the controller sees the books
        cls.manager.group_ids |= cls.env.ref("b2b_party.group_credit")

    def _bill(self, due, amount, kind="out_invoice", party=None):
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (party or self.party).id,
                "invoice_date": "2026-08-01",
                "invoice_date_due": due,
                "invoice_line_ids": [
                    (0, 0, {"name": "Goods", "price_unit": amount, "tax_ids": False})
                ],
            }
        )
        move.action_post()
        return move

    def _ages(self):
        section = self._sections()["receivable_ages"]
        return {bar["label"]: bar for bar in section["series"]}

    def test_open_items_by_age(self):
        self._bill("2026-11-18", 100.0)  # due today is not late
        self._bill("2026-11-17", 20.0)
        self._bill("2026-10-19", 30.0)
        self._bill("2026-10-18", 4.0)
        self._bill("2026-09-18", 500.0)
        values = {label: bar["value"] for label, bar in self._ages().items()}
        self.assertEqual(
            values,
            {
                "not due": 100.0,
                "1–30 days": 50.0,
                "31–60 days": 4.0,
                "over 60 days": 500.0,
            },
        )
        sections = self._sections()
        self.assertEqual(sections["receivables"]["value"], 654.0)
        self.assertEqual(sections["overdue"]["value"], 554.0)
        self.assertEqual(sections["overdue"]["change"]["text"], "oldest 61 d")

    def test_every_bar_opens_exactly_its_items(self):
        for due, amount in (
            ("2026-12-01", 100.0), ("2026-11-10", 20.0), ("2026-10-19", 30.0),
            ("2026-10-01", 4.0), ("2026-08-18", 500.0),
        ):  # fmt: skip
            self._bill(due, amount)
        items = self.env["account.move.line"].with_user(self.manager)
        for label, bar in self._ages().items():
            found = items.search(bar["domain"])
            self.assertEqual(sum(found.mapped("amount_residual")), bar["value"], label)
        overdue = self._sections()["overdue"]
        found = items.search(overdue["action"]["domain"])
        self.assertEqual(sum(found.mapped("amount_residual")), overdue["value"])

    def test_credit_notes_and_payments_count_against(self):
        bill = self._bill("2026-11-01", 100.0)
        self._bill("2026-11-01", 30.0, kind="out_refund")
        self.assertEqual(self._sections()["receivables"]["value"], 70.0)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids
        ).create(
            {"amount": 60.0, "payment_difference_handling": "open"}
        )._create_payments()
        self.assertEqual(self._sections()["receivables"]["value"], 10.0)

    def test_drafts_and_retail_do_not_count(self):
        retail = self._make_party("Mrs Miller", b2b_customer_type="retail")
        self._bill("2026-11-01", 100.0, party=retail)
        self._bill("2026-11-01", 50.0).button_draft()
        self.assertEqual(self._sections()["receivables"]["value"], 0.0)
        self.assertEqual(self._ages(), {})
