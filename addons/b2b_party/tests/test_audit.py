from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestAudit(PartyCase):
    """Who changed what, when, from what to what; nobody rewrites it."""

    def _lines(self, record, field=None):
        domain = [("model", "=", record._name), ("res_id", "=", record.id)]
        if field:
            domain.append(("field", "=", field))
        return self.env["b2b.audit.entry"].search(domain)

    def test_a_change_says_who_before_and_after_in_words(self):
        self.buyer.with_user(self.manager).role_id = self.env.ref(
            "b2b_party.role_approver"
        )
        line = self._lines(self.buyer, "role_id")
        self.assertEqual(line.user_id, self.manager)
        self.assertEqual((line.before, line.after), ("Buyer", "Approver"))
        self.assertEqual(line.label, "Role")
        self.assertEqual(line.record_name, "Hannah")
        self.assertEqual(line.party_id, self.party)
        self.assertEqual(line.source, "back_office")
        self.assertTrue(line.create_date)

    def test_every_right_and_limit_of_a_role(self):
        role = self.env["b2b.seat.role"].create(
            {"name": "Own", "party_id": self.party.id}
        )
        role.write({"approve": True, "order_limit": 1500.0})
        self.assertEqual(self._lines(role, "approve").after, "Yes")
        self.assertIn("1,500.00", self._lines(role, "order_limit").after)
        self.assertEqual(self._lines(role, "approve").party_id, self.party)

    def test_a_suspended_seat_is_in_the_log(self):
        self.buyer.with_user(self.manager).action_suspend()
        line = self._lines(self.buyer, "state")
        self.assertEqual((line.before, line.after), ("Active", "Suspended"))

    def test_terms_of_the_party(self):
        term = self.env["account.payment.term"].create({"name": "60 days"})
        self.party.with_user(self.manager).action_b2b_block()
        self.party.write({"property_payment_term_id": term.id, "b2b_erp_ref": "A1"})
        self.assertEqual(self._lines(self.party, "b2b_state").after, "Blocked")
        self.assertEqual(self._lines(self.party, "b2b_state").user_id, self.manager)
        line = self._lines(self.party, "property_payment_term_id")
        self.assertEqual(line.after, "60 days")
        self.assertEqual(line.company_id, self.env.company)
        self.assertEqual(self._lines(self.party, "b2b_erp_ref").after, "A1")

    def test_a_bank_account_from_the_first_day_on(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "GB11 2222", "partner_id": self.party.id}
        )
        bank.acc_number = "GB99 8888"
        line = self._lines(bank, "acc_number")
        self.assertEqual((line.before, line.after), ("GB11 2222", "GB99 8888"))
        self.assertEqual(line.party_id, self.party)
        bank.unlink()
        self.assertEqual(self._lines(bank, "active").after, "No")

    def test_nobody_changes_or_deletes_a_line(self):
        self.party.b2b_erp_ref = "A1"
        line = self._lines(self.party, "b2b_erp_ref")
        for entry in (line, line.sudo()):
            with self.assertRaises(UserError):
                entry.write({"plain_after": "A2"})
            with self.assertRaises(UserError):
                entry.unlink()
        with self.assertRaises(UserError):
            line.copy()
        admin = new_test_user(self.env, "log_admin", "b2b_party.group_administrator")
        with self.assertRaises(AccessError):
            line.with_user(admin).create({"source": "system", "kind": "event"})

    def test_nothing_audited_costs_nothing(self):
        self.env.flush_all()
        before = self.env["b2b.audit.entry"].search_count([])
        self.party.write({"comment": "x", "b2b_erp_ref": False})
        self.party.write({"b2b_state": "active"})
        self.assertEqual(self.env["b2b.audit.entry"].search_count([]), before)

    def test_many_records_cost_as_many_queries_as_one(self):
        make = self.env["b2b.customer.group"].create
        groups = make([{"name": f"Group {number}"} for number in range(20)])
        counts = []
        for chosen in (groups[:2], groups[2:]):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            chosen.write({"kind": "b2c"})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
            self.assertEqual(self._lines(chosen[1], "kind").after, "B2C")
        self.assertEqual(counts[0], counts[1])

    def test_an_import_and_the_portal_are_told_apart(self):
        party = self.party.with_user(self.manager).with_context(import_file=True)
        party.b2b_erp_ref = "I1"
        self.assertEqual(self._lines(self.party, "b2b_erp_ref").source, "import")
        owner = self.owner.user_id
        self.buyer.with_user(owner).sudo().supervisor_id = self.approver
        line = self._lines(self.buyer, "supervisor_id")
        self.assertEqual(line.source, "portal")
        self.assertEqual(line.user_id, owner)
        self.assertEqual(line.seat_id, self.owner)

    def test_contacts_and_retail_make_no_lines(self):
        contact = self.buyer.user_id.partner_id
        contact.write({"name": "Hannah D."})
        retail = self.env["res.partner"].create({"name": "R", "is_company": True})
        retail.user_id = self.rep
        self.assertFalse(self._lines(contact) | self._lines(retail))

    def test_erasing_a_person_empties_the_words_and_keeps_the_lines(self):
        self.buyer.role_id = self.env.ref("b2b_party.role_viewer")
        self.approver.supervisor_id = self.buyer
        role, boss = self._lines(self.buyer, "role_id"), self._lines(self.approver)
        boss = boss.filtered(lambda e: e.field == "supervisor_id")
        self.assertIn("Hannah", boss.after)
        self.env["b2b.audit.entry"]._b2b_erase(self.buyer.person_id)
        self.assertEqual(role.record_name, "[erased]")
        self.assertEqual(role.after, "Viewer")
        self.assertEqual(boss.after, "[erased]")
        self.env.cr.execute(
            "SELECT count(*) FROM b2b_audit_entry e WHERE e::text ILIKE %s",
            [f"%{self.buyer.person_id.email}%"],
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_a_forgotten_person_leaves_no_word(self):
        person, user = self.buyer.person_id, self.buyer.user_id
        contact, email = user.partner_id, person.email
        self._make_order().action_confirm()
        person.with_user(self.manager).name = "Hannah Dale"
        contact.message_post(body="hello", author_id=contact.id)
        self.env["b2b.access.request"].create(
            {"name": "Hannah Dale", "company_name": "B", "email": email}
        )
        with self.assertRaises(AccessError):
            person.with_user(self.manager).action_b2b_erase()
        admin = new_test_user(self.env, "eraser", "b2b_party.group_administrator")
        person.with_user(admin).action_b2b_erase()
        self.assertFalse(user.active)
        self.env.flush_all()
        for table in (
            "res_partner",
            "res_users",
            "b2b_person",
            "b2b_audit_entry",
            "b2b_access_request",
            "mail_message",
        ):
            self.env.cr.execute(
                f"SELECT t::text FROM {table} t WHERE t::text ~* %s",
                [f"{email}|Hannah Dale"],
            )
            self.assertFalse(self.env.cr.fetchall(), table)
        lines = self._lines(person)
        self.assertTrue(lines)
        self.assertEqual(lines[0].label, "Erased")
        orders = self.env["sale.order"].search([("partner_id", "=", contact.id)])
        self.assertTrue(orders)

    def test_a_merged_party_keeps_its_log(self):
        other = self._make_party("Brightwell Limited")
        other.b2b_po_policy = "required"
        line = self._lines(other, "b2b_po_policy")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((other | self.party).ids, self.party, extra_checks=False)
        line.invalidate_recordset()
        self.assertEqual(line.party_id, self.party)
        self.assertEqual(line.after, "Required")
        self.assertEqual(line.action_open_record()["res_id"], self.party.id)

    def test_a_line_opens_its_record(self):
        self.buyer.role_id = self.env.ref("b2b_party.role_viewer")
        action = self._lines(self.buyer, "role_id").action_open_record()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("b2b.seat", self.buyer.id)
        )


@tagged("post_install", "-at_install")
class TestAuditForCustomers(PartyCase):
    """A company administrator sees the company's own part of the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.with_user(cls.manager).role_id = cls.env.ref(
            "b2b_party.role_approver"
        )
        cls.rival.role_id = cls.env.ref("b2b_party.role_viewer")
        cls.party.write({"b2b_erp_ref": "SECRET"})

    def _seen(self, seat):
        entries = self.env["b2b.audit.entry"].with_user(seat.user_id)
        return entries._b2b_for_seat(seat.with_user(seat.user_id))

    def test_seats_and_roles_of_the_own_company_only(self):
        seen = self._seen(self.owner)
        self.assertEqual({row["model"] for row in seen}, {"b2b.seat"})
        newest = seen[0]
        self.assertEqual((newest["before"], newest["after"]), ("Buyer", "Approver"))
        self.assertEqual(newest["who"], self.env.company.name)
        self.assertNotIn("Jana", {row["record"] for row in seen})
        self.assertNotIn("SECRET", str(seen))

    def test_a_line_is_told_in_the_language_of_who_reads(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["ir.module.module"].search(
            [("name", "=", "b2b_party")]
        )._update_translations("de_DE", overwrite=True)
        self.buyer.with_user(self.manager).order_limit = 1500.0
        self.owner.user_id.lang = "de_DE"
        entries = self.env["b2b.audit.entry"].with_user(self.owner.user_id)
        entries = entries.with_context(lang="de_DE")
        seen = entries._b2b_for_seat(self.owner.with_user(self.owner.user_id))
        self.assertEqual(seen[0]["label"], "Bestellen bis")
        self.assertIn("1.500,00", seen[0]["after"])
        self.assertNotIn("1,500.00", seen[0]["after"])
        created = next(row for row in seen if row["kind"] == "create")
        self.assertEqual(created["label"], "Angelegt")
        self.assertIn("Status: Aktiv", created["after"])
        # The log itself stays as it was written.
        line = self.env["b2b.audit.entry"].browse(seen[0]["id"])
        self.assertIn("1,500.00", line.after)

    def test_others_see_nothing(self):
        with self.assertRaises(AccessError):
            self._seen(self.approver)

    def test_the_number_of_rows_is_limited_and_costs_constant(self):
        entries = self.env["b2b.audit.entry"].with_user(self.owner.user_id)
        self.assertEqual(len(entries._b2b_for_seat(self.owner, limit=2)), 2)
