from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestOwnParties(PartyCase):
    """A rep who is marked sees and changes own parties, by every door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep.b2b_own_parties_only = True
        cls.rep.group_ids = [(4, cls.env.ref("base.group_allow_export").id)]
        cls.party.b2b_rep_ids = cls.rep
        cls.own = cls._make_order(user_id=cls.manager.id)
        cls.hidden = cls._make_order(cls.rival, user_id=False)
        (cls.own | cls.hidden).action_confirm()
        cls.own_invoice = cls._invoice(cls.party)
        cls.hidden_invoice = cls._invoice(cls.rival_party)
        cls.channel = cls.env.ref("b2b_party.channel_phone")
        cls.env.flush_all()

    @classmethod
    def _invoice(cls, party):
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": party.id,
                "invoice_user_id": False,
                "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 5.0})],
            }
        )
        invoice.action_post()
        return invoice

    def _two(self, model, **values):
        return tuple(
            self.env[model].create({"party_id": party.id, **values})
            for party in (self.party, self.rival_party)
        )

    def _pairs(self):
        """A record of the own party and one of another, of each kind."""
        return [
            (self.party, self.rival_party),
            (self.buyer.user_id.partner_id, self.rival.user_id.partner_id),
            (self.own, self.hidden),
            (self.own.order_line, self.hidden.order_line),
            (self.own.picking_ids, self.hidden.picking_ids),
            (self.own.picking_ids.move_ids, self.hidden.picking_ids.move_ids),
            (self.own_invoice, self.hidden_invoice),
            (self.own_invoice.invoice_line_ids, self.hidden_invoice.invoice_line_ids),
            (self.buyer, self.rival),
            (self.buyer.person_id, self.rival.person_id),
            (self.buyer.user_id, self.rival.user_id),
            self._two("b2b.channel.terms", channel_id=self.channel.id),
            self._two("b2b.access.request", name="X", company_name="Y", email="x@y.zz"),
            self._two("b2b.invitation.batch"),
        ]

    def test_search_read_count_and_groups(self):
        for own, hidden in self._pairs():
            with self.subTest(model=own._name):
                self.assertTrue(own and hidden)
                model = own.with_user(self.rep)
                domain = [("id", "in", (own | hidden).ids)]
                self.assertEqual(model.search(domain), own)
                self.assertEqual(model.search_count(domain), len(own))
                groups = model.formatted_read_group(domain, ["id"], ["__count"])
                self.assertEqual(len(groups), len(own))
                # What another user read is still in the cache of this test.
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    hidden.with_user(self.rep).read(["display_name"])
                with self.assertRaises(AccessError):
                    hidden.with_user(self.rep).export_data(["display_name"])
                hits = model.name_search(hidden[0].display_name)
                self.assertNotIn(hidden[0].id, [hit[0] for hit in hits])

    def test_a_manager_and_unmarked_staff_see_all(self):
        other = new_test_user(self.env, "free_rep", "b2b_party.group_rep")
        self.manager.b2b_own_parties_only = True
        for user in (self.manager, other):
            with self.subTest(user=user.login):
                parties = self.party | self.rival_party
                self.assertEqual(
                    parties.with_user(user).search([("id", "in", parties.ids)]), parties
                )
                self.hidden.with_user(user).read(["name"])

    def test_the_mark_goes_with_any_other_role(self):
        desk = new_test_user(
            self.env, "desk", "b2b_party.group_rep,b2b_party.group_order_desk"
        )
        self.assertIn(self.hidden, self.hidden.with_user(desk).search([]))
        desk.b2b_own_parties_only = True
        self.assertNotIn(self.hidden, self.hidden.with_user(desk).search([]))

    def test_writing_is_closed_as_well(self):
        with self.assertRaises(AccessError):
            self.rival_party.with_user(self.rep).write({"comment": "x"})
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.rep).write({"note": "x"})
        self.party.with_user(self.rep).write({"comment": "x"})
        self.own.with_user(self.rep).write({"client_order_ref": "PO 7"})

    def test_an_order_for_a_hidden_party_is_refused_with_a_sentence(self):
        orders = self.env["sale.order"].with_user(self.rep)
        for partner in (self.rival_party, self.rival.user_id.partner_id):
            with self.assertRaisesRegex(AccessError, "your own parties only"):
                orders.create({"partner_id": partner.id})
        order = orders.create({"partner_id": self.party.id})
        with self.assertRaisesRegex(AccessError, "your own parties only"):
            order.partner_id = self.rival_party
        with self.assertRaisesRegex(AccessError, "your own parties only"):
            order.partner_shipping_id = self.rival_party

    def test_he_sells_to_his_own_party_from_a_to_z(self):
        order = (
            self.env["sale.order"]
            .with_user(self.rep)
            .create(
                {
                    "partner_id": self.party.id,
                    "order_line": [(0, 0, {"product_id": self.product.id})],
                }
            )
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        order.message_post(
            body="Thank you", partner_ids=self.buyer.user_id.partner_id.ids
        )
        self.assertTrue(order.picking_ids.with_user(self.rep).read(["name"]))

    def test_dotted_searches_tell_nothing(self):
        for model, domain in (
            ("res.partner", [("parent_id.name", "=", self.rival_party.name)]),
            ("sale.order", [("partner_id.name", "ilike", "Kaufhaus")]),
            ("sale.order.line", [("order_id.b2b_party_id.name", "ilike", "Kaufhaus")]),
            (
                "stock.picking",
                [("partner_id.commercial_partner_id.name", "ilike", "Kau")],
            ),
            ("b2b.seat", [("party_id.name", "ilike", "Kaufhaus")]),
        ):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(self.rep).search(domain))

    def test_reports_follow(self):
        self.rep.group_ids = [(4, self.env.ref("b2b_party.group_credit").id)]
        for model, path in (
            ("sale.report", "commercial_partner_id"),
            ("account.invoice.report", "commercial_partner_id"),
        ):
            with self.subTest(model=model):
                report = self.env[model].with_user(self.rep)
                groups = dict(report._read_group([], [path], ["__count"]))
                self.assertIn(self.party.id, [p.id for p in groups])
                self.assertNotIn(self.rival_party.id, [p.id for p in groups])

    def test_chatter_and_attachments_follow(self):
        make = self.env["ir.attachment"].create
        files = make(
            [
                {
                    "name": "a.txt",
                    "raw": b"x",
                    "res_model": "sale.order",
                    "res_id": o.id,
                }
                for o in (self.own, self.hidden)
            ]
        )
        mine = files.with_user(self.rep)
        self.assertEqual(mine.search([("id", "in", files.ids)]), files[0])
        with self.assertRaises(AccessError):
            mine[1].read(["raw"])
        notes = self.own.message_post(body="own") | self.hidden.message_post(body="no")
        seen = notes.with_user(self.rep).search([("id", "in", notes.ids)])
        self.assertEqual(seen, notes[0])
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.rep).message_post(body="x")

    def test_a_stand_in_sees_the_parties_of_the_absent(self):
        colleague = new_test_user(self.env, "colleague", "b2b_party.group_rep")
        colleague.b2b_own_parties_only = True
        orders = self.own.with_user(colleague)
        self.assertFalse(orders.search([("id", "=", self.own.id)]))
        today = colleague._b2b_today()
        self.env["b2b.staff.absence"].create(
            {
                "user_id": self.rep.id,
                "stand_in_id": colleague.id,
                "date_from": today,
                "date_to": today,
            }
        )
        self.assertEqual(orders.search([("id", "=", self.own.id)]), self.own)

    def test_people_everybody_needs_stay_visible(self):
        carrier = self.env["res.partner"].create(
            {"name": "Carrier", "supplier_rank": 1}
        )
        agency = self._make_party("Northgate")
        self.party.b2b_agent_ids = agency
        people = (
            self.manager.partner_id
            | self.env.company.partner_id
            | self.env.ref("base.partner_root")
            | carrier
            | agency
        )
        everybody = people.with_user(self.rep).with_context(active_test=False)
        self.assertEqual(len(everybody.search([("id", "in", people.ids)])), 5)

    def test_what_he_creates_is_his(self):
        party = (
            self.env["res.partner"]
            .with_user(self.rep)
            .create({"name": "New", "is_company": True, "b2b_customer_type": "trade"})
        )
        self.assertEqual(party.user_id, self.rep)
        contact = party.child_ids.create({"name": "C", "parent_id": party.id})
        self.assertTrue(contact.with_user(self.rep).read(["name"]))

    def test_an_order_is_not_handed_to_somebody_who_could_not_open_it(self):
        with self.assertRaisesRegex(ValidationError, "not one of them"):
            self.hidden.user_id = self.rep
        self.rival_party.b2b_rep_ids = self.rep
        self.hidden.user_id = self.rep

    def test_taking_a_party_away_works_at_once(self):
        self.own.with_user(self.rep).read(["name"])
        self.party.with_user(self.manager).b2b_rep_ids = False
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.own.with_user(self.rep).read(["name"])

    def test_the_rule_holds_no_ids_of_parties(self):
        for number in range(30):
            self._make_party(f"P{number}", b2b_rep_ids=[(4, self.rep.id)])
        for model in ("res.partner", "sale.order", "account.move", "stock.picking"):
            records = self.env[model].with_user(self.rep)
            self.env["ir.rule"].with_user(self.rep)._compute_domain(model, "read")
            records.search([], limit=1)
            with self.subTest(model=model), self.assertQueryCount(1):
                query = records._search([], limit=5)
                self.assertLess(len(query.select().params), 40)
                list(query)
