from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import TradeHttpCase

PAGES = (
    "/trade",
    "/trade/catalog",
    "/trade/cart",
    "/trade/orders",
    "/trade/product/999999",
)


@tagged("post_install", "-at_install")
class TestManagerCard(TradeHttpCase):
    """Every page names who looks after the party, with photo, phone and mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tom = new_test_user(
            cls.env, "b2b_test_tom", "b2b_party.group_rep", name="Tom Reed"
        )
        cls.rep.name = "Eleanor Grant"
        cls.rep.partner_id.write({"phone": "020 7946 0821", "email": "eg@x.example"})
        cls.tom.partner_id.write({"phone": "020 7946 0899", "email": "tom@x.example"})
        cls.party.write({"user_id": cls.rep.id, "b2b_rep_ids": False})
        cls.until = fields.Date.today() + timedelta(days=10)

    def _away(self):
        return self.env["b2b.staff.absence"].create(
            {"user_id": self.rep.id, "stand_in_id": self.tom.id, "date_to": self.until}
        )

    def _text(self, path):
        return self.page(path).text

    def test_every_page_of_every_role_names_the_manager(self):
        for seat in (self.buyer, self.viewer, self.finance):
            self.sign_in(seat)
            for path in PAGES:
                with self.subTest(seat=seat.display_name, path=path):
                    text = self._text(path)
                    self.assertIn("Eleanor Grant", text)
                    self.assertIn("tel:020 7946 0821", text)
                    self.assertIn("mailto:eg@x.example", text)
                    self.assertIn(f"/trade/face?v={self.rep.partner_id.id}", text)

    def test_a_buyer_of_another_party_does_not_read_the_name(self):
        self.sign_in(self.rival)
        self.assertNotIn("Eleanor Grant", self._text("/trade"))

    def test_the_stand_in_answers_with_his_own_details(self):
        self._away()
        self.sign_in(self.buyer)
        for path in ("/trade", "/trade/orders"):
            text = self._text(path)
            self.assertIn("Eleanor is away until", text)
            self.assertIn("Tom Reed answers", text)
            self.assertIn("tel:020 7946 0899", text)
            self.assertIn("mailto:tom@x.example", text)
            self.assertNotIn("020 7946 0821", text)

    def test_a_note_for_the_team_stays_with_the_team(self):
        self._away().note = "surgery"
        self.sign_in(self.buyer)
        self.assertNotIn("surgery", self._text("/trade"))

    def test_the_face_is_that_of_who_answers(self):
        png = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
            "awAAAABJRU5ErkJggg=="
        )
        self.tom.partner_id.image_1920 = png
        self.sign_in(self.buyer)
        own = self.page("/trade/face")
        self.assertEqual(own.status_code, 200)
        self._away()
        stand_in = self.page("/trade/face")
        self.assertEqual(stand_in.headers["Content-Type"], "image/png")
        self.assertNotEqual(own.content, stand_in.content)

    def test_without_a_manager_there_is_no_card(self):
        self.party.user_id = False
        self.sign_in(self.buyer)
        self.assertNotIn("o_b2b_manager", self._text("/trade"))
        self.assertEqual(self.page("/trade/face").status_code, 404)
