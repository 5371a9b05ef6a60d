from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestAddress(PartyCase):
    """Addresses, delivery points and what a new order chooses (P4, P5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home, cls.abroad = cls.env["res.country"].search([], limit=2)
        cls.party.write({"street": "Feeder Road", "country_id": cls.home.id})
        cls.alpha = cls._address("Alpha", "delivery")
        cls.campus = cls._address("Leeds campus", "delivery", street="18 Vicar Lane")
        cls.lab = cls._point("Lab 3")

    @classmethod
    def _address(cls, name, kind, party=None, **values):
        parent = party or cls.party
        values = {"country_id": cls.home.id, **values}
        return cls.env["res.partner"].create(
            {"name": name, "type": kind, "parent_id": parent.id, **values}
        )

    @classmethod
    def _point(cls, name, parent=None, **values):
        parent = parent or cls.campus
        return cls.env["res.partner"].create(
            {"name": name, "type": "delivery", "parent_id": parent.id, **values}
        )

    # -- names and inherited addresses --

    def test_the_name_shows_the_whole_chain(self):
        self.assertEqual(
            self.lab.display_name, "Brightwell & Sons Ltd, Leeds campus, Lab 3"
        )
        self.assertEqual(self.lab.complete_name, self.lab.display_name)
        self.assertEqual(self.lab.b2b_place_name, "Leeds campus, Lab 3")
        room = self._point("Room 12", self.lab)
        self.campus.name = "Leeds"
        self.assertEqual(
            room.complete_name, "Brightwell & Sons Ltd, Leeds, Lab 3, Room 12"
        )
        hidden = room.with_context(partner_display_name_hide_company=True)
        self.assertEqual(hidden.display_name, "Leeds, Lab 3, Room 12")
        self.assertTrue(self.lab.b2b_is_point)
        self.assertFalse(self.campus.b2b_is_point)

    def test_a_point_is_found_by_the_name_of_its_campus(self):
        found = self.env["res.partner"].name_search("Leeds campus, Lab")
        self.assertEqual([row[0] for row in found], self.lab.ids)

    def test_a_point_takes_the_address_above_it_and_keeps_in_step(self):
        self.assertEqual(self.lab.street, "18 Vicar Lane")
        self.assertEqual(self.lab.country_id, self.home)
        room = self._point("Room 12", self.lab)
        gone = self._point("Old shed")
        gone.active = False
        self.campus.write({"street": "1 Boar Lane", "country_id": self.abroad.id})
        for point in (self.lab, room, gone):
            self.assertEqual(point.street, "1 Boar Lane", point.name)
            self.assertEqual(point.country_id, self.abroad)
        self.assertEqual(self.party.street, "Feeder Road")

    def test_a_point_with_an_own_address_keeps_it(self):
        gate = self._point("Gate", b2b_own_address=True, street="Back lane")
        self.campus.street = "1 Boar Lane"
        self.assertEqual(gate.street, "Back lane")
        gate.b2b_own_address = False
        self.assertEqual(gate.street, "1 Boar Lane")

    def test_the_address_of_a_point_is_not_changed_behind_its_back(self):
        lab = self.lab.with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "tick “Own address”"):
            lab.street = "Elsewhere"
        with self.assertRaisesRegex(ValidationError, "tick “Own address”"):
            self._point("Lab 4", street="Elsewhere")
        lab.write({"street": "18 Vicar Lane"})
        lab.write({"b2b_own_address": True, "street": "Elsewhere"})
        self.assertEqual(lab.street, "Elsewhere")

    def test_a_contact_of_a_campus_does_not_move_the_campus(self):
        porter = self.env["res.partner"].create(
            {"name": "Porter", "parent_id": self.campus.id}
        )
        self.assertEqual(porter.street, "18 Vicar Lane")
        with self.assertRaisesRegex(ValidationError, "change it there"):
            porter.with_user(self.manager).street = "Elsewhere"
        self.assertEqual(self.campus.street, "18 Vicar Lane")

    def test_imported_points_inherit_as_well(self):
        names = ["name", "type", "parent_id/.id"]
        rows = [["Lab 5", "Delivery", str(self.campus.id)]]
        result = self.env["res.partner"].with_user(self.manager).load(names, rows)
        self.assertFalse(result["messages"])
        point = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(point.street, "18 Vicar Lane")
        self.assertEqual(point.b2b_customer_type, "trade")

    # -- what a new order chooses --

    def _chosen(self, partner):
        found = partner.address_get(["delivery", "invoice"])
        browse = self.env["res.partner"].browse
        return browse(found["delivery"]), browse(found["invoice"])

    def test_defaults_are_chosen_for_company_contacts_and_points(self):
        accounts = self._address("Accounts", "invoice")
        self._address("Aardvark accounts", "invoice")
        self.party.b2b_default_delivery_id = self.campus
        self.party.b2b_default_invoice_id = accounts
        contact = self.buyer.user_id.partner_id
        self.assertEqual(self._chosen(self.party), (self.campus, accounts))
        self.assertEqual(self._chosen(contact), (self.campus, accounts))
        self.assertEqual(self._chosen(self.lab), (self.lab, accounts))
        self.assertEqual(self._chosen(self.alpha), (self.alpha, accounts))
        self.campus.child_ids.active = False
        self.campus.active = False
        self.assertEqual(self._chosen(contact)[0], self.alpha)

    def test_a_point_may_be_the_default(self):
        self.party.b2b_default_delivery_id = self.lab
        order = self.env["sale.order"].create({"partner_id": self.party.id})
        self.assertEqual(order.partner_shipping_id, self.lab)

    def test_invoices_never_go_to_a_contact_of_the_campus(self):
        porter = self.env["res.partner"].create(
            {"name": "Porter", "parent_id": self.campus.id}
        )
        self._address("Campus office", "invoice", self.campus)
        for partner in (self.lab, porter, self.party, self.buyer.user_id.partner_id):
            self.assertEqual(self._chosen(partner)[1], self.party, partner.name)
        self.assertEqual(self._chosen(porter)[0], self.campus)
        office = self._address("Accounts", "invoice")
        self.assertEqual(self._chosen(self.lab)[1], office)

    def test_a_portal_buyer_gets_the_chosen_addresses(self):
        self.party.b2b_default_delivery_id = self.lab
        me = self.buyer.user_id.partner_id.with_user(self.buyer.user_id)
        self.assertEqual(me.address_get(["delivery"])["delivery"], self.lab.id)

    def test_private_customers_keep_what_odoo_does(self):
        person = self.env["res.partner"].create({"name": "Ann"})
        house = self._address("House", "delivery", person)
        self.assertEqual(self._chosen(person), (house, person))

    def test_a_click_makes_an_address_the_default(self):
        self.lab.with_user(self.manager).action_b2b_make_default()
        self.assertEqual(self.party.b2b_default_delivery_id, self.lab)
        self.assertEqual(self.lab.b2b_default_for, "deliveries")

    # -- what cannot be --

    def test_a_point_below_a_contact_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot lie below"):
            self._point("Desk", self.buyer.user_id.partner_id)

    def test_an_address_never_lies_below_itself(self):
        with self.assertRaisesRegex(ValidationError, "which belongs to it"):
            self.campus.parent_id = self.lab

    def test_an_address_does_not_move_to_another_party(self):
        with self.assertRaisesRegex(ValidationError, "cannot be moved to Kaufhaus"):
            self.campus.parent_id = self.rival_party
        foreign = self._address("Lager", "delivery", self.rival_party)
        with self.assertRaisesRegex(ValidationError, "cannot be moved to Kaufhaus"):
            self.lab.parent_id = foreign

    def test_an_address_moves_with_its_points(self):
        self.campus.parent_id = self.alpha
        self.assertEqual(
            self.lab.complete_name, "Brightwell & Sons Ltd, Alpha, Leeds campus, Lab 3"
        )
        self.assertEqual(self.lab.street, self.alpha.street)
        self.lab.parent_id = self.party
        self.assertFalse(self.lab.b2b_is_point)

    def test_an_address_with_points_stays(self):
        campus = self.campus.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Leeds campus has .* Lab 3"):
            campus.action_archive()
        with self.assertRaisesRegex(UserError, "Lab 3"):
            campus.type = "invoice"
        with self.assertRaisesRegex(UserError, "Lab 3"):
            self.campus.unlink()
        (self.lab | self.campus).action_archive()

    def test_a_point_of_another_company_is_refused(self):
        branch = self.env["res.company"].create({"name": "Second company"})
        self.campus.company_id = self.env.company
        self.assertEqual(self._point("Lab 7").company_id, self.env.company)
        with self.assertRaisesRegex(ValidationError, "must belong to"):
            self._point("Lab 8", company_id=branch.id)

    def test_many_addresses_cost_no_more_queries(self):
        user = new_test_user(self.env, "b2b_test_list", "b2b_party.group_rep")
        party = self.party.with_user(user)
        spec = {"b2b_place_name": {}, "display_name": {}, "b2b_default_for": {}}
        form = {"b2b_address_ids": {"fields": spec, "limit": 80}}
        party.web_read(form)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            party.web_read(form)
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(50):
            self._point(f"Room {number}")
        count()  # new contacts empty the caches of record rules
        self.assertLessEqual(count(), few)
