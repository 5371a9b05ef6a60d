import re

from odoo.tests import tagged

from .common import TradeHttpCase

PATH = "/trade/approvals/rules"


@tagged("post_install", "-at_install")
class TestApprovalRulesPage(TradeHttpCase):
    """A company's administrator keeps the rules of his own company."""

    def setUp(self):
        super().setUp()
        self.sign_in(self.owner)

    def _rules(self):
        rules = self.env["b2b.approval.rule"].with_context(active_test=False)
        return rules.search([("party_id", "in", (self.party | self.rival_party).ids)])

    def _form(self, path="add", **values):
        values = {
            "name": "Large orders",
            "min_amount": "2,000",
            "step1": f"seat-{self.approver.id}",
            **values,
        }
        answer = self.form(f"{PATH}/{path}", **values)
        self.env.invalidate_all()
        return answer

    def test_make_change_archive_and_bring_back(self):
        self.assertIn("No rule yet", self.page(PATH).text)
        self.assertEqual(self.page(f"{PATH}/new").status_code, 200)
        answer = self._form(
            step2=[f"seat-{self.owner.id}"], mode2="all", from2="5 000.5"
        )
        self.assertEqual(answer.status_code, 303, answer.text[:900])
        rule = self._rules()
        self.assertRecordValues(
            rule,
            [
                {
                    "name": "Large orders",
                    "party_id": self.party.id,
                    "kept_by": "party",
                    "side": "buyer",
                    "min_amount": 2000.0,
                }
            ],
        )
        self.assertEqual(rule.step_ids.mapped("min_amount"), [0.0, 5000.5])
        self.assertEqual(rule.step_ids.seat_ids, self.approver | self.owner)
        page = self.page(PATH).text
        self.assertIn("Marcus, then Priya", page)
        self.assertIn("excl. tax", page)
        page = self.page(f"{PATH}/{rule.id}").text
        self.assertIn('value="2000"', page)
        answer = self._form(f"{rule.id}/save", min_amount="", min_lines="20")
        self.assertEqual(answer.status_code, 303, re.findall("alert.*", answer.text))
        self.assertEqual((rule.min_amount, rule.min_lines), (0.0, 20))
        self.assertEqual(len(rule.step_ids), 1)
        for text in ("1.500", "1,500", "1 500.00"):
            self._form(f"{rule.id}/save", min_amount=text)
            self.env.invalidate_all()
            self.assertEqual(rule.min_amount, 1500.0, text)
        self.form(f"{PATH}/{rule.id}/archive")
        self.env.invalidate_all()
        self.assertFalse(rule.active)
        self.form(f"{PATH}/{rule.id}/archive", do="activate")
        self.env.invalidate_all()
        self.assertTrue(rule.active)

    def test_wrong_input_says_what_and_where_and_writes_nothing(self):
        cases = (
            ({"name": ""}, "Give the rule a name"),
            ({"name": "x" * 61}, "Shorten the name"),
            ({"min_amount": ""}, "Choose a condition"),
            ({"min_amount": "lots"}, "is not a number"),
            ({"min_amount": "-5"}, "starts at zero"),
            ({"min_lines": "2.5"}, "whole number"),
            ({"min_lines": "5000000000"}, "is not a number"),
            ({"step1": ""}, "Name who approves"),
            ({"step1": f"seat-{self.rival.id}"}, "Name who approves"),
            ({"step1": f"seat-{self.buyer.id}"}, "Name who approves"),
            ({"step1": "role-x"}, "Name who approves"),
        )
        for values, words in cases:
            with self.subTest(words):
                self.assertRefused(self._form(**values), 400, words)
        self.assertFalse(self._rules())

    def test_foreign_rules_and_ours_are_not_there(self):
        step = {"seat_ids": [(6, 0, self.approver.ids)]}
        values = {"name": "Ours", "always": True, "step_ids": [(0, 0, step)]}
        ours = self._rules().create({**values, "party_id": self.party.id})
        self.rival.role_id = self.env.ref("b2b_party.role_administrator")
        theirs = self._rules().create(
            {
                "name": "Theirs",
                "always": True,
                "kept_by": "party",
                "party_id": self.rival_party.id,
                "step_ids": [(0, 0, {"seat_ids": [(6, 0, self.rival.ids)]})],
            }
        )
        page = self.page(PATH).text
        self.assertIn("Ours", page)
        self.assertIn("kept by", page)
        self.assertNotIn("Theirs", page)
        for rule in (ours, theirs, theirs.browse(theirs.id + 1000)):
            self.assertRefused(self.page(f"{PATH}/{rule.id}"), 404)
            self.assertRefused(self._form(f"{rule.id}/save"), 404)
            self.assertRefused(self.form(f"{PATH}/{rule.id}/archive"), 404)
        self.assertEqual((ours.name, theirs.active), ("Ours", True))

    def test_only_who_manages_people(self):
        for seat in (self.approver, self.buyer, self.viewer):
            self.sign_in(seat)
            for path in (PATH, f"{PATH}/new"):
                self.assertRefused(self.page(path), 403)
            self.assertRefused(self._form(), 403)
        self.assertFalse(self._rules())

    def test_query_budget(self):
        for number in range(3):
            self._form(name=f"Rule {number}")
        few = self._queries()
        for number in range(8):
            self._form(name=f"More {number}")
        self.assertEqual(self._queries(), few)
        self.assertLessEqual(few, 40)

    def _queries(self):
        self.page(PATH)
        before = self.env.cr.sql_log_count
        self.assertEqual(self.page(PATH).status_code, 200)
        return self.env.cr.sql_log_count - before
