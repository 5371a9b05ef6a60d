from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestAuditOfRules(PartyCase):
    """What decides about many parties at once is in the log as well."""

    def _lines(self, record, **terms):
        domain = [("model", "=", record._name), ("res_id", "=", record.id)]
        domain += [(name, "=", value) for name, value in terms.items()]
        return self.env["b2b.audit.entry"].search(domain)

    def test_a_segment_and_its_conditions(self):
        segment = self.env["b2b.party.segment"].create(
            {
                "name": "Big",
                "condition_ids": [
                    (0, 0, {"figure": "order_count_12m", "number": 5}),
                ],
            }
        )
        condition = segment.condition_ids
        segment.match = "any"
        condition.with_user(self.manager).number = 8
        line = self._lines(segment, field="match")
        self.assertEqual(line.after, "one of these conditions")
        line = self._lines(condition, field="number")
        self.assertEqual((line.before, line.after), ("5", "8"))
        self.assertEqual(line.user_id, self.manager)
        self.assertIn("Big · Orders, 12 months: at least 8", line.record_name)
        condition.unlink()
        self.assertIn("Orders, 12 months", self._lines(condition, kind="delete").before)

    def test_a_refresh_makes_no_lines(self):
        segment = self.env["b2b.party.segment"].create({"name": "Quiet"})
        lines = self._lines(segment)
        segment._b2b_refresh()
        segment.party_count = 7
        self.assertEqual(self._lines(segment), lines)

    def test_a_member_of_a_party_group(self):
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        member = self.env["b2b.party.group.member"].create(
            {"group_id": group.id, "partner_id": self.party.id}
        )
        member.date_to = fields.Date.today()
        line = self._lines(member, field="date_to")
        self.assertEqual(line.party_id, self.party)
        self.assertTrue(line.record_name.startswith("Holding · "))
        self.assertFalse(line.personal)
        group.kind = "buying"
        self.assertEqual(self._lines(group, field="kind").after, "Buying group")

    def test_a_seat_in_a_party_group_is_a_personal_word(self):
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        member = self.env["b2b.party.group.member"].create(
            {"group_id": group.id, "seat_id": self.buyer.id}
        )
        line = self._lines(member, kind="create")
        self.assertIn("Hannah", line.record_name)
        self.assertEqual(line.party_id, self.party)
        self.env["b2b.audit.entry"]._b2b_erase(self.buyer.person_id)
        self.assertEqual(line.record_name, "[erased]")
        self.assertNotIn("Hannah", f"{line.before} {line.after} {line.plain_record}")

    def test_a_manager_rule(self):
        rule = self.env["b2b.account.manager.rule"].create(
            {"name": "South", "user_ids": [(6, 0, self.rep.ids)]}
        )
        rule.write({"user_ids": [(6, 0, (self.rep | self.manager).ids)]})
        line = self._lines(rule, field="user_ids")
        self.assertEqual(line.before, self.rep.name)
        self.assertIn(self.manager.name, line.after)
        before = self._lines(rule)
        rule.last_user_id = self.rep
        self.assertEqual(self._lines(rule), before)

    def test_an_absence(self):
        today = fields.Date.today()
        absence = self.env["b2b.staff.absence"].create(
            {
                "user_id": self.rep.id,
                "stand_in_id": self.manager.id,
                "date_from": today,
                "date_to": today + timedelta(days=3),
            }
        )
        absence.with_user(self.manager).date_to = today + timedelta(days=9)
        line = self._lines(absence, field="date_to")
        self.assertEqual(line.user_id, self.manager)
        self.assertNotEqual(line.before, line.after)
        self.assertIn(self.manager.name, self._lines(absence, kind="create").after)
