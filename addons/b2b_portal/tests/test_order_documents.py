from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TradeHttpCase

PRINTS = "odoo.addons.b2b_approval.models.sale_order_proforma.SaleOrder._b2b_print"


@tagged("post_install", "-at_install")
class TestOrderDocuments(TradeHttpCase):
    """The paper of an order: made when asked for, once for each of its states."""

    def setUp(self):
        super().setUp()
        self.order = self._submit()
        self.sign_in(self.buyer)
        self.printed = []
        self.broken = False
        self.startPatcher(patch(PRINTS, self._print))

    def _print(self, html):
        self.printed.append(str(html))
        if self.broken:
            raise UserError("The program wkhtmltopdf is missing.")
        return b"%PDF-1.7 " + str(len(self.printed)).encode()

    def _submit(self, seat=None, **values):
        seat = seat or self.buyer
        cart = self._make_cart(seat, **values)
        cart.write({"b2b_orderer_id": seat.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit(acknowledged=["unusual"])
        return cart

    def paper(self, order=None):
        return self.page(f"/trade/orders/{(order or self.order).id}/document")

    def state(self, order=None, **params):
        path = f"/trade/orders/{(order or self.order).id}/document/state"
        return self.json(path, **params)

    def rows(self):
        return self.env["b2b.order.document"].search([("order_id", "=", self.order.id)])

    # -- made once ---------------------------------------------------------------

    def test_the_page_after_the_order_asks_and_the_link_serves(self):
        page = self.page(f"/trade/order/{self.order.id}/thanks").text
        self.assertIn(f"/trade/orders/{self.order.id}/document/state", page)
        self.assertFalse(self.printed, "a page waits for no program")
        answer = self.state().json()["result"]
        self.assertEqual(answer["state"], "ready")
        self.assertEqual(answer["title"], f"Order confirmation {self.order.name}")
        for _turn in range(2):
            paper = self.paper()
            self.assertEqual(paper.content, b"%PDF-1.7 1")
            self.assertEqual(paper.headers["Content-Type"], "application/pdf")
            self.assertIn("no-store", paper.headers["Cache-Control"])
            self.assertEqual(paper.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(len(self.printed), 1)
        plain = self.page(f"/trade/orders/{self.order.id}").text
        self.assertNotIn("document/state", plain)

    def test_nothing_is_made_by_the_submission(self):
        self._submit()
        self.assertFalse(self.printed)

    def test_a_changed_order_has_another_paper(self):
        self.assertEqual(self.paper().content, b"%PDF-1.7 1")
        self.order.order_line.product_uom_qty = 1
        self.assertEqual(self.paper().content, b"%PDF-1.7 2")
        self.order.client_order_ref = "PO 77"
        self.assertEqual(self.paper().content, b"%PDF-1.7 3")
        self.assertIn("PO 77", self.printed[-1])
        self.order.client_order_ref = False
        self.assertEqual(self.paper().content, b"%PDF-1.7 2")
        self.assertEqual(len(self.rows()), 3)

    def test_everybody_at_the_customer_has_the_same_paper(self):
        self.owner.user_id.write({"tz": "Asia/Tokyo"})
        self.paper()
        self.sign_in(self.owner)
        self.assertEqual(self.paper().content, b"%PDF-1.7 1")

    def test_while_another_one_makes_it(self):
        version = self._claimed()
        self.assertEqual(self.state().json()["result"]["state"], "making")
        page = self.paper()
        self.assertEqual(page.status_code, 200)
        self.assertIn("The PDF is being made.", page.text)
        self.assertIn('http-equiv="refresh"', page.text)
        self.assertFalse(self.printed)
        # Who makes it for two minutes has died on the way.
        self.rows().started_at = fields.Datetime.now() - timedelta(minutes=3)
        self.assertEqual(self.state().json()["result"]["state"], "ready")
        self.assertEqual(self.rows().version, version)

    def _claimed(self):
        self.paper()
        row = self.rows()
        row.write({"state": "making", "file": False})
        self.printed.clear()
        return row.version

    def test_a_lost_file_is_made_again(self):
        self.paper()
        self.rows().file = False
        self.assertEqual(self.paper().content, b"%PDF-1.7 2")

    # -- not made ----------------------------------------------------------------

    def test_no_program_a_sentence_the_page_and_another_try(self):
        self.broken = True
        self.assertEqual(self.state().json()["result"]["state"], "failed")
        self.assertEqual(self.state().json()["result"]["state"], "failed")
        self.assertEqual(len(self.printed), 1, "asking is not trying")
        page = self.paper()
        self.assertEqual(page.status_code, 200)
        for words in (
            "The PDF could not be made just now.",
            "Try again",
            "Order confirmation",
            self.order.name,
        ):
            self.assertIn(words, page.text)
        self.broken = False
        answer = self.state(again=True).json()["result"]
        self.assertEqual(answer["state"], "ready")
        self.assertTrue(self.paper().content.startswith(b"%PDF"))

    def test_old_papers_go(self):
        self.paper()
        row = self.rows()
        row._gc_old_papers()
        self.assertTrue(row.exists())
        past = fields.Datetime.now() - timedelta(days=91)
        self.env.cr.execute(
            "UPDATE b2b_order_document SET write_date = %s WHERE id = %s",
            (past, row.id),
        )
        row.invalidate_recordset()
        row._gc_old_papers()
        self.assertFalse(row.exists())

    # -- which paper -------------------------------------------------------------

    def test_a_waiting_order_has_a_copy_without_bank_data(self):
        account = self._bank()
        self.buyer.role_id = self.small
        order = self._submit(quantity=30)
        answer = self.state(order).json()["result"]
        self.assertEqual(answer["title"], f"Order copy {order.name}")
        self.assertEqual(answer["hint"], "not a confirmation, do not pay")
        (html,) = self.printed
        self.assertIn("Copy, not a confirmation", html)
        self.assertNotIn(account, html)
        order.b2b_open_hold_ids.with_user(self.approver.user_id).action_release()
        self.assertEqual(order.state, "sale")
        answer = self.state(order).json()["result"]
        self.assertEqual(answer["title"], f"Order confirmation {order.name}")
        self.assertNotIn("Do not pay", self.printed[-1])

    def test_in_advance_a_pro_forma_with_bank_data(self):
        account = self._bank()
        agreement = self.env["b2b.agreement"].create(
            {
                "name": "In advance",
                "party_id": self.party.id,
                "prepayment_percent": 100.0,
            }
        )
        agreement.action_run()
        order = self._submit(b2b_agreement_id=agreement.id)
        answer = self.state(order).json()["result"]
        self.assertEqual(answer["title"], f"Pro-forma {order.name}")
        self.assertIn(account, self.printed[-1])
        self.assertIn(order.b2b_prepayment_reference, self.printed[-1])

    def _bank(self):
        self.env.company.partner_id.bank_ids.active = False
        bank = self.env["res.partner.bank"].create(
            {
                "acc_number": "GB33BUKB20201555555555",
                "partner_id": self.env.company.partner_id.id,
            }
        )
        return bank.acc_number

    def test_an_invoice_stands_first_for_who_may_see_it(self):
        self.order.order_line.product_id.invoice_policy = "order"
        invoice = self.order._create_invoices()
        path = f"/trade/orders/{self.order.id}"
        self.sign_in(self.finance)
        self.assertNotIn("/my/invoices/", self.page(path).text)
        invoice.action_post()
        page = self.page(path).text
        self.assertIn(f"/my/invoices/{invoice.id}", page)
        self.assertLess(page.index(invoice.name), page.index("Order confirmation"))
        self.assertIn(
            f"/my/invoices/{invoice.id}?report_type=pdf&amp;download=true", page
        )
        self.buyer.role_id = self.buyer.role_id.copy(
            {"see_invoices": False, "party_id": self.party.id}
        )
        self.sign_in(self.buyer)
        self.assertNotIn("/my/invoices/", self.page(path).text)

    def test_the_pdf_of_an_invoice_is_for_the_company_alone(self):
        self.order.order_line.product_id.invoice_policy = "order"
        invoice = self.order._create_invoices()
        invoice.action_post()
        path = f"/my/invoices/{invoice.id}?report_type=pdf&download=true"
        self.sign_in(self.finance)
        paper = patch.object(
            type(self.env["ir.actions.report"]),
            "_run_wkhtmltopdf",
            lambda *args, **kwargs: b"%PDF-1.4 paper",
        )
        with paper:
            answer = self.page(path)
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.buyer.role_id = self.buyer.role_id.copy(
            {"see_invoices": False, "party_id": self.party.id}
        )
        for seat in (self.rival, self.buyer):
            self.sign_in(seat)
            for query in ("", "?report_type=pdf", "?report_type=html&access_token=x"):
                answer = self.page(f"/my/invoices/{invoice.id}{query}")
                self.assertEqual(answer.status_code, 404, query)
            self.assertEqual(self.page("/my/invoices/99999999").status_code, 404)

    # -- for whom ----------------------------------------------------------------

    def test_a_rival_and_garbage(self):
        self.sign_in(self.rival)
        for number in (self.order.id, 999999999):
            path = f"/trade/orders/{number}/document"
            self.assertRefused(self.page(path), 404)
            self.assertEqual(self.json(f"{path}/state").status_code, 404)
        self.sign_in(self.buyer)
        self.assertEqual(self.state(again=["x"]).json()["result"]["state"], "ready")
        self.assertEqual(self.state(seat_id=self.rival.id).status_code, 409)

    def test_without_prices_there_is_no_paper(self):
        self.paper()
        self.viewer.role_id = self.viewer.role_id.copy(
            {"see_company_orders": True, "party_id": self.party.id}
        )
        self.sign_in(self.viewer)
        self.assertRefused(self.paper(), 403)
        self.assertEqual(self.state().status_code, 403)
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "b2b.order.document"),
                ("res_field", "=", "file"),
                ("res_id", "=", self.rows().id),
            ]
        )
        self.assertTrue(attachment)
        answer = self.url_open(f"/web/content/{attachment.id}", allow_redirects=False)
        self.assertNotEqual(answer.status_code, 200)
