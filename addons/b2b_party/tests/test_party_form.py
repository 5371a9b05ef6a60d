from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestPartyForm(PartyCase):
    """The party list and form: what they show, and at what cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            "b2b_test_form",
            "b2b_party.group_sales_manager,b2b_party.group_credit",
        )
        cls.partners = cls.env["res.partner"].with_user(cls.user)

    def _specification(self, view, kind):
        """What the web client asks for when it opens a view."""
        views = self.partners.get_views([(self.env.ref(view).id, kind)])
        names = views["models"]["res.partner"]["fields"]
        arch = views["views"][kind]["arch"]
        spec = {}
        for name, info in names.items():
            if f'name="{name}"' not in arch:
                continue
            many = info["type"] in ("many2many", "one2many")
            spec[name] = {"fields": {"display_name": {}}} if many else {}
            if info["type"] == "many2one":
                spec[name] = {"fields": {"display_name": {}}}
        return spec

    def _queries(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        return self.env.cr.sql_log_count - before

    def _make_parties(self, number):
        group = self.env["b2b.customer.group"].create({"name": f"Group {number}"})
        parties = self.env["res.partner"].create(
            [
                {
                    "name": f"Party {number} {index}",
                    "is_company": True,
                    "b2b_customer_type": "trade",
                    "b2b_customer_group_id": group.id,
                    "b2b_erp_ref": f"Q{number}-{index}",
                    "b2b_rep_ids": [(4, self.rep.id)],
                    "child_ids": [(0, 0, {"name": "Yard", "type": "delivery"})],
                }
                for index in range(number)
            ]
        )
        self.env["sale.order"].create([{"partner_id": party.id} for party in parties])
        return parties

    def test_the_list_costs_the_same_for_5_and_200_parties(self):
        spec = self._specification("b2b_party.res_partner_view_list_b2b", "list")
        self.assertIn("b2b_seat_count", spec)
        few, many = self._make_parties(5), self._make_parties(200)

        def search(user, parties):
            domain = [("id", "in", parties.ids)]
            partners = self.partners.with_user(user)
            return lambda: partners.web_search_read(domain, spec, limit=500)

        for user in (self.user, self.rep):
            with self.subTest(user.login):
                found = search(user, many)()
                self.assertEqual(found["length"], 200)
                search(user, few)()
                cost = self._queries(search(user, few))
                self.assertLess(cost, 30)
                self.env.flush_all()
                self.env.invalidate_all()
                with self.assertQueryCount(cost):
                    search(user, many)()

    def test_the_form_costs_the_same_whatever_hangs_on_the_party(self):
        spec = self._specification("base.view_partner_form", "form")
        self.assertIn("b2b_address_ids", spec)
        small, large = self._make_parties(2)
        self.env["res.partner"].create(
            [
                {"name": f"Gate {n}", "type": "delivery", "parent_id": large.id}
                for n in range(50)
            ]
        )
        self.env["sale.order"].create([{"partner_id": large.id} for _n in range(50)])
        self._make_seat(small, "Only", "buyer")
        for number in range(10):
            self._make_seat(large, f"Seat{number}", "buyer")

        def read(party):
            return lambda: party.with_user(self.user).web_read(spec)

        for _warm in range(2):
            self._queries(read(small))
            self._queries(read(large))
        cost = self._queries(read(small))
        self.assertEqual(self._queries(read(large)), cost)
        self.assertLess(cost, 95)

    def test_a_new_party_in_the_form(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "b2b_party.res_partner_action_b2b"
        )
        context = {"default_b2b_customer_type": "trade", "default_is_company": True}
        self.assertIn("default_is_company", action["context"])
        with Form(self.partners.with_context(**context)) as form:
            self.assertEqual(form.b2b_party_role, "customer")
            form.name = "Oak & Thistle"
            form.b2b_erp_ref = "0000013694"
        self.assertEqual(form.record.b2b_state, "active")
        self.assertEqual(form.record.b2b_erp_ref, "0000013694")

    def test_what_the_company_keeps_is_read_only_on_a_contact(self):
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.party.id}
        )
        form = Form(contact.with_user(self.user))
        for name in ("vat", "property_payment_term_id", "property_account_position_id"):
            with self.subTest(name), self.assertRaisesRegex(AssertionError, "readonly"):
                form[name] = False

    def test_a_wrong_vat_number_is_refused(self):
        self.party.country_id = self.env.ref("base.uk")
        with self.assertRaisesRegex(ValidationError, "GB123"):
            self.party.with_user(self.user).vat = "GB123"

    def test_order_for_party(self):
        action = self.party.with_user(self.user).action_b2b_order()
        orders = self.env["sale.order"].with_user(self.user)
        with Form(orders.with_context(**action["context"])) as form:
            self.assertEqual(form.partner_id, self.party)

    def test_dialogs_for_addresses_and_points(self):
        user = new_test_user(self.env, "b2b_test_addresses", "b2b_party.group_rep")
        action = self.party.with_user(user).action_b2b_add_address()
        partners = self.env["res.partner"].with_user(user)
        view = "b2b_party.res_partner_view_form_address"
        with Form(partners.with_context(**action["context"]), view) as form:
            form.name = "Leeds campus"
            form.street = "18 Vicar Lane"
        campus = form.record
        self.assertEqual((campus.type, campus.parent_id), ("delivery", self.party))
        action = campus.action_b2b_add_point()
        with Form(partners.with_context(**action["context"]), view) as form:
            form.name = "Lab 3"
            self.assertEqual(form.street, "18 Vicar Lane")
        self.assertEqual(form.record.parent_id, campus)
        self.assertEqual(self.party.b2b_address_ids, campus | form.record)

    def test_an_incoterm_is_found_by_its_code(self):
        found = self.env["account.incoterms"].with_user(self.user).name_search("dap")
        self.assertEqual(found[0][1], "[DAP] DELIVERED AT PLACE")
