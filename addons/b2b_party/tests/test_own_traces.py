from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .common import PartyCase

SOMEBODY = "Somebody of another party"


@tagged("post_install", "-at_install")
class TestOwnTraces(PartyCase):
    """What other parties leave on records a rep sees: messages, cards, letters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep.b2b_own_parties_only = True
        cls.party.b2b_rep_ids = cls.rep
        cls.order = cls._make_order(user_id=cls.manager.id)
        cls.contact = cls.buyer.user_id.partner_id
        cls.stranger = cls.rival.user_id.partner_id
        cls.message = cls.order.message_post(
            body="Where is it?",
            author_id=cls.stranger.id,
            email_from="jana@rival.example",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=(cls.contact | cls.stranger).ids,
        )
        cls.own_message = cls.order.message_post(body="ok", author_id=cls.contact.id)
        cls.env.flush_all()

    def _chatter(self, user, messages):
        self.env.invalidate_all()
        store = Store().add(messages.with_user(user))
        return store.get_result()

    def test_the_chatter_names_no_hidden_author(self):
        seen = self._chatter(self.rep, self.message | self.own_message)
        rows = {row["id"]: row for row in seen["mail.message"]}
        hidden = rows[self.message.id]
        self.assertFalse(hidden.get("author_id"))
        self.assertEqual(hidden["email_from"], SOMEBODY)
        self.assertIn("Where is it?", str(hidden["body"]))
        self.assertEqual(hidden["partner_ids"], self.contact.ids)
        self.assertEqual(rows[self.own_message.id]["author_id"], self.contact.id)
        partners = {row["id"] for row in seen["res.partner"]}
        self.assertIn(self.contact.id, partners)
        self.assertNotIn(self.stranger.id, partners)
        self.assertNotIn(self.stranger.name, str(seen))
        self.assertNotIn("rival.example", str(seen))

    def test_everybody_else_reads_who_wrote(self):
        seen = self._chatter(self.manager, self.message)
        [row] = seen["mail.message"]
        self.assertEqual(row["author_id"], self.stranger.id)
        self.assertIn(self.stranger.id, {row["id"] for row in seen["res.partner"]})

    def test_fields_of_messages_name_no_hidden_author(self):
        mine = self.message.with_user(self.rep)
        [row] = mine.read(["author_id", "email_from", "body"])
        self.assertFalse(row["author_id"])
        self.assertEqual(row["email_from"], SOMEBODY)
        [row] = mine.web_read({"author_id": {"fields": {"display_name": {}}}})
        self.assertFalse(row["author_id"])
        with self.assertRaisesRegex(AccessError, "not grouped"):
            mine.formatted_read_group([("id", "=", mine.id)], ["author_id"])
        [row] = self.own_message.with_user(self.rep).read(["author_id"])
        self.assertEqual(row["author_id"][0], self.contact.id)
        [row] = self.message.with_user(self.manager).read(["author_id"])
        self.assertEqual(row["author_id"][0], self.stranger.id)

    def test_saved_ways_to_pay_follow(self):
        provider = self.env["payment.provider"].create({"name": "P"})
        tokens = self.env["payment.token"].create(
            [
                {
                    "provider_id": provider.id,
                    "payment_method_id": self.env["payment.method"]
                    .search([], limit=1)
                    .id,
                    "payment_details": "4242",
                    "partner_id": partner.id,
                    "provider_ref": "x",
                }
                for partner in (self.contact, self.stranger)
            ]
        )
        self.env.flush_all()
        found = self.env["payment.token"].search([("id", "in", tokens.ids)])
        self.assertEqual(len(found), 2)
        mine = found.with_user(self.rep).search([("id", "in", tokens.ids)])
        self.assertEqual(mine.partner_id, self.contact)
        everybody = found.with_user(self.manager).search([("id", "in", tokens.ids)])
        self.assertEqual(everybody, tokens)

    def test_letters_follow(self):
        if "snailmail.letter" not in self.env:
            self.skipTest("no letters here")
        letters = self.env["snailmail.letter"].create(
            [
                {
                    "partner_id": partner.id,
                    "model": "res.partner",
                    "res_id": partner.id,
                    "company_id": self.env.company.id,
                }
                for partner in (self.contact, self.stranger)
            ]
        )
        self.env.flush_all()
        everybody = self.env["snailmail.letter"].with_user(self.manager)
        self.assertEqual(everybody.search([("id", "in", letters.ids)]), letters)
        mine = self.env["snailmail.letter"].with_user(self.rep)
        self.assertEqual(
            mine.search([("id", "in", letters.ids)]).partner_id, self.contact
        )
        with self.assertRaises(AccessError):
            letters[1].with_user(self.rep).read(["display_name"])

    def test_an_invoice_opens_for_sales_staff(self):
        """Odoo counts payments on the form, which salespeople may not read."""
        self.order.action_confirm()
        self.order.order_line.qty_delivered = 1
        invoice = self.order._create_invoices()
        invoice.action_post()
        self.env.invalidate_all()
        for user in (self.rep, self.manager):
            with self.subTest(user=user.login):
                [row] = invoice.with_user(user).web_read({"payment_count": {}})
                self.assertEqual(row["payment_count"], 0)
                self.env.invalidate_all()
