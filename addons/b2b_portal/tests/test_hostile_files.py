import binascii
import io
import struct
import zlib
from unittest.mock import patch

from PIL import Image

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TradeHttpCase

PDF = b"%PDF-1.7 a purchase order"
MOST_REMOVED = 10


def chunk(kind, content=b""):
    check = struct.pack(">I", binascii.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png(width, height, content=b"\x00"):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(content))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND")


def photo(width, height):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "JPEG")
    return file.getvalue()


@tagged("post_install", "-at_install")
class TestHostileFiles(TradeHttpCase):
    """Files that cost more than they weigh, and files where a form has none."""

    def setUp(self):
        super().setUp()
        self.cart = self._make_cart()
        self.sign_in(self.buyer)

    def send(self, path="/trade/checkout/files", parts=None, **values):
        values = {
            "csrf_token": self.token(),
            "seat_id": self.seat.id,
            "cart_id": self.cart.id,
            **values,
        }
        parts = parts or {}
        values = {key: value for key, value in values.items() if key not in parts}
        return self.url_open(
            path,
            data=values,
            files=parts,
            headers={"Accept": "application/json"} if "file" in parts else {},
            allow_redirects=False,
        )

    def attach(self, name="PO 45.pdf", content=PDF):
        return self.send(parts={"file": (name, content)})

    # -- pictures ----------------------------------------------------------------

    def test_a_picture_is_kept_as_it_was_sent(self):
        content = photo(2600, 2600)
        self.assertEqual(self.attach("site.jpg", content).status_code, 200)
        file = self.cart.b2b_file_ids
        self.assertEqual(file.attachment_id.raw, content)
        self.assertEqual(file.size, len(content))
        self.assertEqual(file.attachment_id.file_size, len(content))
        answer = self.page(f"/trade/checkout/files/{file.id}")
        self.assertEqual(answer.content, content)

    def test_no_picture_is_opened(self):
        def never(*_args, **_kwargs):
            raise AssertionError("the picture was opened")

        content = png(9000, 9000)
        with patch.object(Image, "open", never):
            answer = self.attach("plan.png", content)
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertEqual(self.cart.b2b_file_ids.attachment_id.raw, content)
            self.form(
                "/trade/checkout",
                token="0123456789abcdef" * 2,
                cart_id=self.cart.id,
                seen=self.cart._b2b_seen(),
                address_id=self.yard.id,
            )
        self.assertEqual(self.cart.state, "sale")

    def test_a_picture_that_would_fill_the_memory_is_refused(self):
        """Our people's pages make it small, and open it for that."""
        for width, height in ((60_000, 60_000), (13_000, 13_000)):
            answer = self.attach("plan.png", png(width, height))
            self.assertEqual(answer.status_code, 400)
            self.assertIn("100 megapixels", answer.json()["error"])
        self.assertFalse(self.cart.b2b_file_ids)

    def test_a_message_of_an_order_opens_no_such_picture_either(self):
        order = self._make_order(self.buyer)
        values = {
            "thread_model": "sale.order",
            "thread_id": order.id,
            "token": order._portal_ensure_token(),
            "is_pending": "true",
        }
        for name, content in (
            ("plan.png", png(13_000, 13_000)),
            ("plan.jpg", png(60_000, 60_000)),
        ):
            with mute_logger("odoo.http"):
                answer = self.send(
                    "/mail/attachment/upload",
                    parts={"ufile": (name, content)},
                    **values,
                )
            self.assertLess(answer.status_code, 500)
            self.assertIn("100 megapixels", answer.text)
        attachments = self.env["ir.attachment"]
        self.assertFalse(attachments.search([("name", "like", "plan.%")]))
        answer = self.send(
            "/mail/attachment/upload",
            parts={"ufile": ("small.png", png(30, 20, b"\x00" * 91 * 20))},
            **values,
        )
        self.assertTrue(answer.json()["data"]["attachment_id"], answer.text)

    # -- sizes and numbers -------------------------------------------------------

    def test_a_byte_too_much_is_told_as_such(self):
        answer = self.attach(content=b"%PDF-" + b"x" * 9_999_996)
        self.assertIn("has 10.1 MB; a file may have 10 MB", answer.json()["error"])

    def test_removed_files_do_not_pile_up(self):
        attachments = self.env["ir.attachment"]
        for turn in range(MOST_REMOVED + 3):
            self.attach(f"{turn}.pdf", PDF + b"%d" % turn)
            file = self.cart.b2b_file_ids
            attachments |= file.attachment_id
            answer = self.send(f"/trade/checkout/files/{file.id}/remove")
            self.assertEqual(answer.status_code, 303)
        files = self.env["b2b.order.file"].with_context(active_test=False)
        kept = files.search([("order_id", "=", self.cart.id)])
        self.assertEqual(kept.mapped("name"), [f"{n}.pdf" for n in range(3, 13)])
        self.assertEqual(attachments.exists(), kept.attachment_id)
        # The last one still comes back.
        self.send(f"/trade/checkout/files/{kept[-1].id}/restore")
        self.assertEqual(self.cart.b2b_file_ids.name, "12.pdf")

    def test_what_our_people_have_in_a_message_is_never_purged(self):
        self.attach("first.pdf")
        handed = self.cart.b2b_file_ids
        handed.handed_over = True
        self.send(f"/trade/checkout/files/{handed.id}/remove")
        for turn in range(MOST_REMOVED + 1):
            self.attach(f"{turn}.pdf", PDF + b"%d" % turn)
            file = self.cart.b2b_file_ids
            self.send(f"/trade/checkout/files/{file.id}/remove")
        self.assertTrue(handed.exists())
        self.assertTrue(handed.attachment_id.exists())

    # -- a file where a form has a text ------------------------------------------

    def test_a_file_in_the_place_of_a_text_is_no_text(self):
        part = ("x.txt", b"x", "text/plain")
        for name in ("csrf_token", "seat_id", "token", "seen", "cart_id"):
            answer = self.send("/trade/checkout", parts={name: part}, token="a" * 32)
            self.assertIn(answer.status_code, (400, 409), name)
        answer = self.send(
            "/trade/checkout/files", parts={"note": part, "po": part}, file="x"
        )
        self.assertRefused(answer, 400, "Choose a file first.")
        self.assertNotIn("FileStorage", answer.text)
        self.assertFalse(self.cart.b2b_warehouse_note)
        self.assertFalse(self.cart.client_order_ref)
        answer = self.send("/trade/lists/new", parts={"name": part})
        self.assertLess(answer.status_code, 500)
        self.assertFalse(
            self.env["b2b.order.list"].search([("name", "like", "FileStorage")])
        )

    def test_a_request_for_access_takes_texts_only(self):
        self.authenticate(None, None)
        part = ("x.txt", b"x", "text/plain")
        answer = self.url_open(
            "/trade/request-access",
            data={"csrf_token": self.token(), "email": "new@shop.example"},
            files={"company": part, "name": part},
        )
        self.assertEqual(answer.status_code, 400)
        self.assertNotIn("FileStorage", answer.text)

    # -- what stays in a browser -------------------------------------------------

    def test_pages_and_answers_are_not_kept_by_browsers(self):
        keep = "private, no-store"
        for path in ("/trade", "/trade/cart", "/trade/checkout", "/trade/orders/0"):
            headers = self.page(path).headers
            self.assertEqual(headers.get("Cache-Control"), "private, no-cache", path)
        answer = self.attach()
        self.assertEqual(answer.headers.get("Cache-Control"), keep)
        answer = self.attach("run.exe", b"MZ")
        self.assertEqual(answer.headers.get("Cache-Control"), keep)
        for cart in (self.cart.id, 0):
            answer = self.json("/trade/checkout/update", cart_id=cart, form={})
            self.assertEqual(answer.headers.get("Cache-Control"), keep, answer.text)
        # What says otherwise for itself stays.
        picture = self.page(f"/trade/image/{self.product.id}")
        if picture.status_code == 200:
            self.assertIn("max-age", picture.headers["Cache-Control"])
            self.assertNotIn("no-store", picture.headers["Cache-Control"])
