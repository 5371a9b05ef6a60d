from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestStockNotices(CatalogCase):
    """Who asked is told once when an article is back; nobody else, nothing more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.out = cls._make_article("LONG GONE", "T404", 3.0)
        cls._price(cls.out, 3.0, 1)

    def tell(self, product):
        return self.json("/trade/stock/tell", product_id=product.id)

    def waiting(self):
        return self.env["b2b.stock.notice"].search(
            [("product_id", "=", self.out.id), ("state", "=", "waiting")]
        )

    def run_job(self):
        """The mails that the job made."""
        before = self.env["mail.mail"].search([])
        # The job commits after each person, which a test must not.
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["b2b.stock.notice"]._cron_b2b_tell()
        return self.env["mail.mail"].search([]) - before

    def test_press_twice_and_be_told_once(self):
        self.sign_in(self.buyer)
        page = self.page("/trade/catalog?search=T404").text
        self.assertIn("Tell me", page)
        self.assertNotIn("Tell me", self.page("/trade/catalog?search=T850").text)
        self.assertTrue(self.tell(self.out).json()["result"]["on"])
        self.assertFalse(self.tell(self.out).json()["result"]["on"])
        self.assertFalse(self.waiting())
        self.assertTrue(self.tell(self.out).json()["result"]["on"])
        self.assertEqual(self.waiting().seat_id, self.buyer)
        self.assertIn("LONG GONE", self.page("/trade/catalog?awaited=1").text)
        self.assertFalse(self.run_job())
        self._stock(self.out, 8765)
        mail = self.run_job()
        self.assertEqual(mail.recipient_ids, self.buyer.user_id.partner_id)
        self.assertIn("LONG GONE", mail.subject)
        self.assertIn(f"/trade/product/{self.out.id}", mail.body_html)
        self.assertNotIn("8765", mail.body_html)
        self.assertFalse(self.run_job())
        self.assertFalse(self.waiting())

    def test_one_mail_that_cannot_be_written_keeps_nobody_waiting(self):
        for seat in (self.buyer, self.rival):
            self.sign_in(seat)
            self.tell(self.out)
        self._stock(self.out, 5)
        notices = type(self.env["b2b.stock.notice"])
        tell, told = notices._b2b_tell_seat, []

        def fails(records, seat):
            if seat == self.buyer:
                raise UserError("no template")
            told.append(seat)
            return tell(records, seat)

        with (
            patch.object(notices, "_b2b_tell_seat", fails),
            patch.object(self.env.cr, "rollback", lambda: None),
            self.assertLogs("odoo.addons.b2b_portal.models.portal_notices", "WARNING"),
        ):
            self.run_job()
        self.assertEqual(told, [self.rival])

    def test_one_mail_for_all_that_is_back(self):
        other = self._make_article("ALSO GONE", "T405", 3.0)
        self.sign_in(self.buyer)
        self.tell(self.out)
        self.tell(other)
        self._stock(self.out, 5)
        self._stock(other, 5)
        mail = self.run_job()
        self.assertEqual(len(mail), 1)
        self.assertIn("LONG GONE", mail.body_html)
        self.assertIn("ALSO GONE", mail.body_html)

    def test_what_is_promised_to_a_waiting_order_is_not_back(self):
        self.sign_in(self.buyer)
        self.tell(self.out)
        self._stock(self.out, 5)
        order = self._make_order(
            order_line=[(0, 0, {"product_id": self.out.id, "product_uom_qty": 5})]
        )
        order.b2b_submit_state = "waiting"
        self.assertFalse(self.run_job())
        self._stock(self.out, 1)
        self.assertEqual(len(self.run_job()), 1)

    def test_who_may_not_know_is_not_told(self):
        self.sign_in(self.buyer)
        self.tell(self.out)
        self._stock(self.out, 5)
        self.party.b2b_stock_mask = "hidden"
        self.assertFalse(self.run_job())
        self.party.b2b_stock_mask = "exact"
        self.catalog.excluded_product_ids += self.out.product_tmpl_id
        self.assertFalse(self.run_job())
        self.catalog.excluded_product_ids -= self.out.product_tmpl_id
        self.party.b2b_state = "blocked"
        self.assertFalse(self.run_job())
        self.party.b2b_state = "active"
        self.buyer.state = "suspended"
        self.assertFalse(self.run_job())
        self.buyer.state = "active"
        self.assertEqual(len(self.run_job()), 1)

    def test_foreign_hidden_and_garbage_ids(self):
        self.sign_in(self.buyer)
        for number in (self.hidden.id, 0, -1, "x", None, 2**40, [1], {}):
            answer = self.json("/trade/stock/tell", product_id=number)
            self.assertRefused(answer, 404)
        self.party.b2b_stock_mask = "hidden"
        self.assertRefused(self.tell(self.out), 404)
        self.sign_in(self.viewer)
        self.assertRefused(self.tell(self.out), 403)
        self.assertFalse(self.waiting())

    def test_wishes_of_one_company_are_not_seen_by_another(self):
        self.sign_in(self.buyer)
        self.tell(self.out)
        self.sign_in(self.rival)
        page = self.page("/trade/catalog?awaited=1").text
        self.assertNotIn("LONG GONE", page)
        self.assertTrue(self.tell(self.out).json()["result"]["on"])
        self.assertEqual(len(self.waiting()), 2)

    def test_two_presses_at_once_make_one_row(self):
        ctx = self.context_of(self.buyer)
        notices = self.env["b2b.stock.notice"]
        self.assertTrue(notices._b2b_toggle(ctx, self.out))
        # The second request did not see the first one's row when it looked.
        self.patch(type(notices), "search", lambda self, *args, **kw: self.browse())
        self.assertTrue(notices._b2b_toggle(ctx, self.out))
        self.env.cr.execute(
            "SELECT COUNT(*) FROM b2b_stock_notice WHERE product_id = %s", [self.out.id]
        )
        self.assertEqual(self.env.cr.fetchone()[0], 1)
