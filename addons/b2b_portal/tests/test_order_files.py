import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import TradeHttpCase

PDF = b"%PDF-1.7 a purchase order"


@tagged("post_install", "-at_install")
class TestOrderFiles(TradeHttpCase):
    """Files that a buyer attaches at checkout, and who gets them."""

    def setUp(self):
        super().setUp()
        self.cart = self._make_cart()
        self.sign_in(self.buyer)

    def attach(self, name="PO 45.pdf", content=PDF, *, script=True, **values):
        values = {
            "csrf_token": self.token(),
            "seat_id": self.seat.id,
            "cart_id": self.cart.id,
            **values,
        }
        return self.url_open(
            "/trade/checkout/files",
            data=values,
            files={"file": (name, content)},
            headers={"Accept": "application/json"} if script else {},
            allow_redirects=False,
        )

    def files(self, **domain):
        return self.cart.b2b_file_ids

    def post(self, file, do, **values):
        path = f"/trade/checkout/files/{file.id}/{do}"
        return self.form(path, cart_id=self.cart.id, **values)

    def submit(self):
        return self.form(
            "/trade/checkout",
            token="0123456789abcdef" * 2,
            cart_id=self.cart.id,
            seen=self.cart._b2b_seen(),
            address_id=self.yard.id,
        )

    # -- attach ------------------------------------------------------------------

    def test_a_file_stays_with_the_cart(self):
        answer = self.attach()
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertIn("PO 45.pdf", answer.json()["html"])
        self.assertRecordValues(
            self.files(),
            [
                {
                    "name": "PO 45.pdf",
                    "size": len(PDF),
                    "user_id": self.buyer.user_id.id,
                    "party_id": self.party.id,
                }
            ],
        )
        self.assertEqual(self.files().attachment_id.mimetype, "application/pdf")
        # A lost session and another device: the same cart, the same file.
        self.sign_in(self.buyer)
        page = self.page("/trade/checkout").text
        self.assertIn("PO 45.pdf", page)
        self.assertIn("up to 10 of 10 MB", page)

    def test_without_scripts_what_was_typed_is_kept(self):
        answer = self.attach(script=False, po="PO 45", note="Ring twice")
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        self.assertEqual(self.cart.client_order_ref, "PO 45")
        answer = self.attach("run.exe", b"MZ", script=False, po="PO 46")
        self.assertRefused(answer, 400, "is not taken", "PO 46", "PO 45.pdf")
        answer = self.form(
            "/trade/checkout/files", cart_id=self.cart.id, po="PO 47", file="x"
        )
        self.assertRefused(answer, 400, "Choose a file first.", "PO 47")
        self.assertEqual(len(self.files()), 1)

    def test_the_same_file_again_is_one_file(self):
        for _turn in range(2):
            self.assertEqual(self.attach().status_code, 200)
        self.assertEqual(len(self.files()), 1)
        self.attach(content=PDF + b" changed")
        self.assertEqual(len(self.files()), 2)

    def test_what_is_refused_says_why(self):
        for name, content, words in (
            ("run.exe", b"MZ", "“run.exe” is not taken"),
            ("page.html", b"<html>", "“page.html” is not taken"),
            ("logo.svg", b"<svg/>", "“logo.svg” is not taken"),
            ("plan.xlsm", b"PK\x03\x04", "holds macros"),
            ("scan.pdf", b"<html>", "is not what its name says"),
            ("scan.pdf", b"", "is empty"),
            ("..", b"x", "is not taken"),
        ):
            answer = self.attach(name, content)
            self.assertEqual(answer.status_code, 400, name)
            self.assertIn(words, answer.json()["error"])
        self.assertFalse(self.files())

    def test_limits_are_ours_to_set(self):
        self.env.company.write({"b2b_file_count": 2, "b2b_file_megabytes": 1})
        answer = self.attach(content=PDF + b"x" * 1_000_000)
        self.assertIn("a file may have 1 MB", answer.json()["error"])
        for turn in range(3):
            answer = self.attach(f"{turn}.pdf")
        self.assertEqual(answer.status_code, 400)
        self.assertIn("An order takes 2 files", answer.json()["error"])
        self.assertEqual(len(self.files()), 2)
        self.env.company.b2b_file_count = 0
        self.assertNotIn("Attach a file", self.page("/trade/checkout").text)
        self.assertIn("not taken here", self.attach("9.pdf").json()["error"])

    def test_a_huge_request_is_refused_by_its_announced_size(self):
        answer = self.attach(content=b"%PDF-" + b"x" * 11_000_000)
        self.assertEqual(answer.status_code, 413)
        self.assertIn("a file may have 10 MB", answer.json()["error"])
        self.assertFalse(self.files())

    def test_seat_token_and_right(self):
        self.assertEqual(self.attach(csrf_token="x").status_code, 400)
        self.assertEqual(self.attach(seat_id=self.rival.id).status_code, 409)
        for number in ("", "0", "x", "999999999"):
            self.assertEqual(self.attach(cart_id=number).status_code, 409)
        self.sign_in(self.viewer)
        self.assertEqual(self.attach().status_code, 403)
        self.sign_in(self.rival)
        self.assertEqual(self.attach().status_code, 409)
        self.assertFalse(self.files())

    def test_query_budget_whatever_the_files(self):
        self.page("/trade/checkout")
        for turn in range(8):
            self.attach(f"{turn}.pdf")
        self.page("/trade/checkout")
        with self.assertQueryCount(40):
            self.page("/trade/checkout")
        self.submit()
        path = f"/trade/orders/{self.cart.id}"
        self.page(path)
        with self.assertQueryCount(40):
            self.assertIn("7.pdf", self.page(path).text)

    # -- remove ------------------------------------------------------------------

    def test_removed_with_undo(self):
        self.attach()
        file = self.files()
        answer = self.post(file, "remove")
        self.assertEqual(answer.status_code, 303)
        self.assertIn(f"removed={file.id}", answer.headers["Location"])
        self.assertFalse(self.files())
        page = self.page(f"/trade/checkout?removed={file.id}").text
        self.assertIn("was removed.", page)
        self.assertRefused(self.page(f"/trade/checkout/files/{file.id}"), 404)
        self.assertRefused(self.post(file, "remove"), 404)
        self.assertEqual(self.post(file, "restore").status_code, 303)
        self.assertEqual(self.files(), file)
        self.assertRefused(self.post(file, "restore"), 404)

    def test_removed_for_a_day(self):
        self.attach()
        file, attachment = self.files(), self.files().attachment_id
        self.post(file, "remove")
        file._gc_removed()
        self.assertTrue(file.exists())
        file.flush_recordset()
        past = fields.Datetime.now() - timedelta(days=2)
        self.env.cr.execute(
            "UPDATE b2b_order_file SET write_date = %s WHERE id = %s", (past, file.id)
        )
        file.invalidate_recordset()
        file._gc_removed()
        self.assertFalse(file.exists())
        self.assertFalse(attachment.exists())

    def test_a_deleted_cart_takes_its_files_along(self):
        self.attach()
        attachment = self.files().attachment_id
        self.cart.unlink()
        self.assertFalse(attachment.exists())

    def test_a_rival_removes_nothing(self):
        self.attach()
        file = self.files()
        self.sign_in(self.rival)
        own = self._make_cart(self.rival, partner_shipping_id=self.rival_yard.id)
        for do in ("remove", "restore"):
            path = f"/trade/checkout/files/{file.id}/{do}"
            self.assertRefused(self.form(path, cart_id=own.id), 404)
            self.assertRefused(self.form(path, cart_id=self.cart.id), 409)
        self.assertRefused(self.page(f"/trade/checkout/files/{file.id}"), 404)
        self.assertTrue(file.active)

    # -- after the order ---------------------------------------------------------

    def test_our_people_find_them_in_the_messages_once(self):
        self.attach()
        removed = self.attach("wrong.pdf") and self.files()[-1]
        self.post(removed, "remove")
        self.submit()
        self.assertEqual(self.cart.state, "sale")
        messages = self.cart.message_ids.filtered("attachment_ids")
        self.assertEqual(messages.attachment_ids.mapped("name"), ["PO 45.pdf"])
        self.assertEqual(messages.author_id, self.buyer.user_id.partner_id)
        self.assertTrue(messages.is_internal or messages.subtype_id.internal)
        path = f"/trade/order/{self.cart.id}/thanks"
        self.assertIn("PO 45.pdf", self.page(path).text)
        # Sent is sent.
        self.assertRefused(self.post(self.files(), "remove"), 409)

    def test_download_is_never_a_page_of_ours(self):
        self.attach("note.txt", b"hello")
        file = self.files()
        self.assertDownload(f"/trade/checkout/files/{file.id}", b"hello")
        self.submit()
        self.assertDownload(f"/trade/orders/{self.cart.id}/files/{file.id}", b"hello")

    def assertDownload(self, path, content):
        answer = self.page(path)
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        self.assertEqual(answer.content, content)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")

    def test_colleagues_and_approvers_see_them_a_rival_does_not(self):
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 30
        self.attach()
        self.submit()
        self.assertEqual(self.cart.b2b_submit_state, "waiting")
        path = f"/trade/orders/{self.cart.id}/files/{self.files().id}"
        self.sign_in(self.approver)
        page = self.page(f"/trade/approvals/{self.cart.id}").text
        self.assertIn("PO 45.pdf", page)
        self.assertEqual(self.page(path).content, PDF)
        self.sign_in(self.owner)
        self.assertIn("PO 45.pdf", self.page(f"/trade/orders/{self.cart.id}").text)
        other = self._make_cart(self.owner)
        self.assertRefused(
            self.page(f"/trade/orders/{other.id}/files/{self.files().id}"), 404
        )
        self.sign_in(self.rival)
        self.assertRefused(self.page(path), 404)
        for number in ("0", "999999999", "99999999999999999999", "x"):
            bad = f"/trade/orders/{self.cart.id}/files/{number}"
            self.assertEqual(self.page(bad).status_code, 404)

    def test_without_prices_a_role_has_its_own_files_only(self):
        self.attach()
        self.submit()
        self.viewer.role_id = self.viewer.role_id.copy(
            {"see_company_orders": True, "party_id": self.party.id}
        )
        self.sign_in(self.viewer)
        page = self.page(f"/trade/orders/{self.cart.id}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("PO 45.pdf", page.text)
        path = f"/trade/orders/{self.cart.id}/files/{self.files().id}"
        self.assertRefused(self.page(path), 404)
        # The order is open to this role by Odoo's own doors; its papers are not.
        attachment = self.files().attachment_id
        for seat in (self.viewer, self.buyer, self.rival):
            seen = attachment.with_user(seat.user_id)._filtered_access("read")
            self.assertFalse(seen)
        answer = self.url_open(f"/web/content/{attachment.id}", allow_redirects=False)
        self.assertNotEqual(answer.status_code, 200)

    def test_an_order_that_came_back_keeps_its_files(self):
        self.attach()
        self.cart.write({"b2b_is_cart": False, "b2b_orderer_id": self.buyer.user_id.id})
        self.cart.write({"b2b_is_cart": True})
        self.attach("second.pdf")
        self.submit()
        names = [
            sorted(message.attachment_ids.mapped("name"))
            for message in self.cart.message_ids.filtered("attachment_ids")
        ]
        self.assertEqual(names, [["PO 45.pdf", "second.pdf"]])
        self.cart._b2b_files_hand_over()
        self.assertEqual(
            len(self.cart.message_ids.filtered("attachment_ids")), len(names)
        )

    def test_the_list_answers_in_json_only_when_asked(self):
        answer = self.attach()
        self.assertIn("html", json.loads(answer.text))
        self.assertEqual(self.attach("b.pdf", script=False).status_code, 303)
