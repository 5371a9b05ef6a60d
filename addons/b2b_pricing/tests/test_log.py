from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestPriceLog(PricingCase):
    """Prices and agreements are in the log, and reps see those of their parties."""

    def _lines(self, record, field=None):
        domain = [("model", "=", record._name), ("res_id", "=", record.id)]
        if field:
            domain.append(("field", "=", field))
        return self.env["b2b.audit.entry"].search(domain)

    def test_a_changed_price_says_from_what_to_what(self):
        pricing = new_test_user(self.env, "log_pricing", "b2b_party.group_pricing")
        rule = self.public.item_ids
        rule.with_user(pricing).fixed_price = 7.5
        line = self._lines(rule, "fixed_price")
        self.assertEqual(line.user_id, pricing)
        self.assertIn("8.00", line.before)
        self.assertIn("7.50", line.after)
        self.assertIn("Public", line.record_name)
        self.assertIn("8.00", self._lines(rule).filtered(lambda e: not e.field).after)

    def test_a_deleted_rule_leaves_what_it_was(self):
        rule = self.public.item_ids
        self.public.write({"item_ids": [(2, rule.id)]})
        gone = self.env["b2b.audit.entry"].search(
            [("model", "=", "product.pricelist.item"), ("kind", "=", "delete")],
            limit=1,
        )
        self.assertIn("8.00", gone.before)

    def test_many_rules_cost_as_many_queries_as_few(self):
        rules = [
            {"compute_price": "fixed", "fixed_price": 5.0, "min_quantity": number}
            for number in range(1, 31)
        ]
        items = self._make_list("Breaks", rules=rules).item_ids
        counts = []
        items.write({"fixed_price": 6.0})  # a changed rule empties caches of prices
        for chosen in (items[:2], items[2:]):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            chosen.write({"fixed_price": 4.0})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])

    def test_an_agreement_from_draft_on(self):
        agreement = self._make_agreement(pricelist_id=self.public.id)
        self.assertEqual(self._lines(agreement, "state").party_id, self.party)
        customer = self.env["b2b.audit.entry"].with_user(self.owner.user_id)
        shown = customer._b2b_for_seat(self.owner, limit=200)
        self.assertNotIn("b2b.agreement", {row["model"] for row in shown})

    def test_own_parties_only(self):
        own = self._make_agreement()
        hidden = self._make_agreement("Secret terms", party_id=self.rival_party.id)
        self.party.b2b_rep_ids = self.rep
        self.rep.b2b_own_parties_only = True
        seen = self.env["b2b.agreement"].with_user(self.rep).search([])
        self.assertIn(own, seen)
        self.assertNotIn(hidden, seen)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            hidden.with_user(self.rep).read(["name"])
