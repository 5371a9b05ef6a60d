from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestVisibility(PartyCase):
    """What portal users see of orders; plain Odoo shows all of the company's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._make_order()
        cls.confirmed = cls._make_order()
        cls.confirmed.action_confirm()

    def _seen_by(self, seat):
        orders = self.draft | self.confirmed
        return (
            self.env["sale.order"]
            .with_user(seat.user_id)
            .search([("id", "in", orders.ids)])
        )

    def test_a_buyer_sees_his_own(self):
        self.assertEqual(self._seen_by(self.buyer), self.draft | self.confirmed)

    def test_a_colleague_sees_submitted_orders_by_right_and_never_drafts(self):
        self.assertEqual(self._seen_by(self.approver), self.confirmed)
        finance = self._make_seat(self.party, "Tom", "finance")
        self.assertEqual(self._seen_by(finance), self.confirmed)

    def test_without_the_right_only_own_orders(self):
        other = self._make_seat(self.party, "Olive", "buyer")
        self.assertFalse(self._seen_by(other))
        with self.assertRaises(AccessError):
            self.confirmed.with_user(other.user_id).check_access("read")

    def test_what_a_rep_entered_for_a_seat_is_seen_once_it_was_sent(self):
        other = self._make_seat(self.party, "Olive", "buyer")
        entered = self._make_order(partner_id=self.party.id, b2b_orderer_id=self.rep.id)
        by_seat = {
            seat: entered.with_user(seat.user_id) for seat in (self.buyer, other)
        }
        self.assertFalse(by_seat[self.buyer].has_access("read"))
        entered.action_confirm()
        self.env.invalidate_all()
        self.assertTrue(by_seat[self.buyer].has_access("read"))
        self.assertFalse(by_seat[other].has_access("read"))
        self.assertFalse(entered.with_user(self.rival.user_id).has_access("read"))
        # nor is a draft that names the person as the customer's contact
        draft = self._make_order(b2b_orderer_id=self.rep.id)
        self.assertFalse(draft.with_user(self.buyer.user_id).has_access("read"))

    def test_a_rival_sees_nothing(self):
        self.assertFalse(self._seen_by(self.rival))
        lines = self.confirmed.order_line.with_user(self.rival.user_id)
        with self.assertRaises(AccessError):
            lines.read(["price_unit"])

    def test_portal_users_read_no_model_of_ours(self):
        for model in self.env.registry:
            if not model.startswith("b2b.") or self.env[model]._abstract:
                continue
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.owner.user_id).search_read([], ["id"])

    def test_internal_fields_of_the_own_company_stay_internal(self):
        party = self.party.with_user(self.owner.user_id)
        for field in ("b2b_erp_ref", "b2b_turnover_12m", "b2b_rep_ids", "b2b_seat_ids"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                party.read([field])

    def test_nothing_internal_can_be_guessed_by_searching(self):
        """Odoo answers for a field that has a search of its own, without a right."""
        mine = self.party.with_user(self.owner.user_id)
        user = self.owner.user_id.with_user(self.owner.user_id)
        order = self.confirmed.with_user(self.owner.user_id)
        for field in ("credit", "debit", "b2b_vat_state", "credit_limit", "trust"):
            term = [(field, ">", "4")]
            for asked, domain in (
                (mine, term),
                (mine, ["|", ("name", "=", "x"), *term]),
                (mine, ["!", *term]),
                (mine, [("parent_id", "any", term)]),
                (mine, [("parent_id", "not any", term)]),
                (mine, [("id", "any", term)]),
                (mine, [("id", "any", [("id", "not any", term)])]),
                (mine, [("commercial_partner_id.id", "any", term)]),
                (order, [("partner_id.id", "any", term)]),
                (mine, [(f"child_ids.{field}", ">", 4)]),
                (user, term),
                (user, [(f"partner_id.{field}", ">", 4)]),
                (order, [(f"partner_id.{field}", ">", 4)]),
                (order, [("order_line.order_partner_id", "any", term)]),
            ):
                with self.subTest(model=asked._name, domain=domain):
                    with self.assertRaises(AccessError):
                        asked.search_count([("id", "=", asked.id), *domain])
        self.assertEqual(mine.search([("id", "=", mine.id)]), mine)
        self.assertTrue(order.search_count([("partner_id.name", "!=", "x")]))

    def test_the_dashboard_is_for_staff(self):
        with self.assertRaises(AccessError):
            self.env["b2b.dashboard"].with_user(self.owner.user_id).get_data({})
