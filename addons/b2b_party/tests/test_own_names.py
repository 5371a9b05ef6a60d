from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestOwnNames(PartyCase):
    """Who looks after own parties learns no other party's name by asking for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep.b2b_own_parties_only = True
        cls.party.b2b_rep_ids = cls.rep
        cls.term = cls.env["account.payment.term"].create({"name": "Secret 90 days"})
        cls.rival_party.property_payment_term_id = cls.term
        cls.own = cls._make_order(user_id=cls.manager.id)
        cls.hidden = cls._make_order(cls.rival, user_id=False)
        cls.contact = cls.buyer.user_id.partner_id
        cls.stranger = cls.rival.user_id.partner_id
        cls.env.flush_all()

    def _ask(self, model, values, changed, record=None, **context):
        self.env.invalidate_all()
        spec = {
            name: {"fields": {"display_name": {}}}
            for name, field in self.env[model]._fields.items()
            if field.type == "many2one" and not field.groups
        }
        asked = (record or self.env[model]).with_user(self.rep)
        return asked.with_context(**context).onchange(values, changed, spec)["value"]

    def test_a_form_tells_nothing_about_a_hidden_party(self):
        for name in ("partner_id", "partner_shipping_id", "partner_invoice_id"):
            for partner in (self.rival_party, self.stranger):
                with self.subTest(field=name), self.assertRaises(AccessError):
                    self._ask("sale.order", {name: partner.id}, [name])
        with self.assertRaises(AccessError):
            self._ask("sale.order", {}, [], default_partner_id=self.rival_party.id)
        with self.assertRaises(AccessError):
            pair = [self.rival_party.id, "x"]
            self._ask("sale.order", {"partner_id": pair}, ["partner_id"], self.own)
        with self.assertRaises(AccessError):
            self._ask("sale.order", {"b2b_seat_id": self.rival.id}, ["b2b_seat_id"])
        with self.assertRaises(AccessError):
            row = [0, "virtual_1", {"parent_id": self.rival_party.id, "name": "x"}]
            self._ask("res.partner", {"child_ids": [row]}, ["child_ids"])
        with self.assertRaises(AccessError):
            values = {"parent_id": self.rival_party.id}
            self._ask("res.partner", values, ["parent_id"])

    def test_a_form_about_an_own_party_works(self):
        value = self._ask("sale.order", {"partner_id": self.party.id}, ["partner_id"])
        self.assertEqual(value["partner_invoice_id"]["id"], self.party.id)
        with Form(self.env["sale.order"].with_user(self.rep)) as form:
            form.partner_id = self.party
        self.assertEqual(form.record.b2b_party_id, self.party)
        # What a colleague wrote there stays, and is no obstacle.
        self.own.sudo().partner_shipping_id = self.rival_party
        values = {"partner_shipping_id": self.rival_party.id, "note": "x"}
        self._ask("sale.order", values, ["note"], self.own)
        self.own.with_user(self.rep).write({"note": "x"})

    def test_other_records_and_wizards_are_no_way_to_a_name(self):
        user = new_test_user(
            self.env, "books", "b2b_party.group_rep,account.group_account_invoice"
        )
        user.b2b_own_parties_only = True
        self.party.b2b_rep_ids = [(4, user.id)]
        note = self.own.message_post(body="x")
        for model, name, values in (
            ("account.analytic.account", "partner_id", {"name": "A", "plan_id": 1}),
            ("mail.notification", "res_partner_id", {"mail_message_id": note.id}),
            ("b2b.seat.invite", "party_id", {"name": "x", "email": "x@y.zz"}),
        ):
            target = self.env[model].with_user(user)
            with self.subTest(model=model):
                self.assertTrue(target.has_access("create"))
                with self.assertRaisesRegex(AccessError, "own parties only"):
                    target.create({**values, name: self.rival_party.id}).read([name])

    def test_notifications_and_followers_follow(self):
        clerk = new_test_user(self.env, "clerk", "base.group_user").partner_id
        for order in (self.own, self.hidden):
            order.message_subscribe((self.contact | self.stranger | clerk).ids)
        notes = self.own.message_post(
            body="own",
            author_id=self.env.user.partner_id.id,
            partner_ids=(self.contact | self.stranger | self.rep.partner_id).ids,
        )
        notes |= self.own.message_post(
            body="by hidden",
            author_id=self.stranger.id,
            partner_ids=(clerk | self.rep.partner_id).ids,
        )
        self.env.flush_all()
        self.env.invalidate_all()
        own = [("mail_message_id", "in", notes.ids)]
        rows = self.env["mail.notification"].with_user(self.rep)
        rows = rows.search_read(own, ["res_partner_id", "author_id"])
        named = {row[n][0] for row in rows for n in ("res_partner_id",)}
        self.assertIn(self.contact.id, named)
        self.assertIn(self.rep.partner_id.id, named)
        self.assertNotIn(self.stranger.id, named)
        authors = {
            r["author_id"][0] for r in rows if r["res_partner_id"][0] == clerk.id
        }
        self.assertFalse(authors)
        followers = self.env["mail.followers"].with_user(self.rep)
        found = followers.search([("res_model", "=", "sale.order")]).partner_id
        self.assertIn(self.contact, found)
        self.assertNotIn(self.stranger, found)
        everybody = self.env["mail.followers"].with_user(self.manager)
        self.assertIn(self.stranger, everybody.search([]).partner_id)

    def test_the_chatter_of_his_order_works(self):
        """A stranger on the document does not break reading, writing, following."""
        self.own.message_subscribe(self.stranger.ids)
        self.own.message_post(body="hello", author_id=self.stranger.id)
        self.env.invalidate_all()
        mine = self.own.with_user(self.rep)
        post = mine.message_post(
            body="answer", partner_ids=(self.contact | self.stranger).ids
        )
        self.assertIn(self.contact, post.sudo().notified_partner_ids)
        mine.message_subscribe(self.contact.ids)
        mine.message_unsubscribe(self.contact.ids)
        mine.read(["message_follower_ids", "message_ids", "message_partner_ids"])
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.rep).message_ids.read(["body"])
