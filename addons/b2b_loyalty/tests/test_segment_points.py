from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestSegmentPoints(LoyaltyCase):
    """Points are a figure for segments and a section of the overview."""

    def setUp(self):
        super().setUp()
        account = self.accounts.create(
            {"program_id": self.program.id, "party_id": self.party.id}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE b2b_loyalty_account SET balance = 2340 WHERE id = %s", [account.id]
        )
        account.invalidate_recordset()

    def _segment(self, operator, number):
        condition = {"figure": "points", "operator": operator, "number": number}
        return self.env["b2b.party.segment"].create(
            {"name": "Points", "condition_ids": [(0, 0, condition)]}
        )

    def test_points_are_those_of_the_last_refresh(self):
        segment = self._segment("ge", 2340)
        segment._b2b_refresh()
        self.assertFalse(segment.partner_ids)
        self.env["b2b.party.segment"]._b2b_refresh_all()
        self.assertEqual(segment.partner_ids, self.party)
        (found,) = self.party._b2b_segment_reasons()
        self.assertEqual(found["reasons"], ["Points 2,340 ≥ 2,340"])
        segment.condition_ids.number = 2341
        segment._b2b_refresh()
        self.assertFalse(segment.partner_ids)

    def test_points_cannot_be_one_of_a_list(self):
        with self.assertRaisesRegex(ValidationError, "cannot be compared"):
            self._segment("in", 1)

    def test_the_overview_shows_the_points_of_each_program(self):
        sections = self.party.b2b_overview()["sections"]
        (row,) = next(s for s in sections if s["id"] == "points")["rows"]
        self.assertEqual((row["label"], row["amount"]), ("Trade points", "2,340"))
