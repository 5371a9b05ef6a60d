import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PartyCase

PEOPLE = """Name;E-mail;Role;Supervisor
Ann One;ann@example.com;Buyer;bob@example.com
Bob Two;bob@example.com;Approver
Cat Three;cat@example.com
"""


@tagged("post_install", "-at_install")
class TestInvitationBatch(PartyCase):
    """Many people at once: checked before, sent in the background, once."""

    def _batch(self, text=PEOPLE, **values):
        batch = self.env["b2b.invitation.batch"].with_user(self.rep)
        batch = batch.create({"party_id": self.party.id, "source": text, **values})
        batch.action_read()
        return batch

    def _run(self):
        # the job commits after each chunk; a test must not
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=600
        ):
            self.env["b2b.invitation.batch"]._cron_b2b_invite()

    def _states(self, batch):
        return {line.email: line.state for line in batch.line_ids}

    def test_nothing_is_sent_before_it_is_started(self):
        batch = self._batch()
        self.assertEqual(set(self._states(batch).values()), {"ready"})
        self._run()
        self.assertEqual(batch.done_count, 0)
        self.assertFalse(self.env["b2b.person"]._b2b_find("ann@example.com"))

    def test_a_row_without_address_and_a_list_without_party_say_so(self):
        batch = self._batch(PEOPLE + "Dan Four;\nEve Five;eve@@example\n")
        reasons = {line.name: line.reason for line in batch.line_ids}
        self.assertEqual(reasons["Dan Four"], "The e-mail address is missing.")
        self.assertIn("eve@@example", reasons["Eve Five"])
        self.assertEqual(batch.left_count, 3)
        batch.action_start()
        self._run()
        self.assertEqual((batch.done_count, batch.wrong_count), (3, 2))
        new = self.env["b2b.invitation.batch"].new({})
        self.assertFalse(new.name.startswith(" ·"))

    def test_who_has_a_seat_does_not_count_as_invited(self):
        batch = self._batch()
        email = batch.line_ids.sorted("number")[0].email
        self.env["b2b.seat"]._b2b_create_login(
            batch.party_id, "Ann", email, self.env.ref("b2b_party.role_buyer")
        )
        batch.action_check()
        self.assertEqual((batch.done_count, batch.known_count), (0, 1))
        batch.action_start()
        self._run()
        self.assertEqual((batch.done_count, batch.known_count), (2, 1))
        self.assertEqual(batch.progress, 100)
        self.assertIn("Invited: 2.", batch.message_ids[0].body)

    def test_everybody_is_invited_with_role_and_supervisor(self):
        batch = self._batch()
        batch.action_start()
        self.assertEqual(batch.state, "running")
        self._run()
        self.assertEqual(batch.state, "done")
        self.assertEqual((batch.done_count, batch.left_count), (3, 0))
        self.assertEqual(batch.progress, 100)
        ann, bob, cat = batch.sudo().line_ids.seat_id.sorted(lambda s: s.person_id.name)
        self.assertEqual(set((ann | bob | cat).mapped("state")), {"invited"})
        # Bob stands below Ann in the list and decides for her all the same
        self.assertEqual(ann.supervisor_id, bob)
        self.assertEqual(bob.role_id, self.env.ref("b2b_party.role_approver"))
        self.assertEqual(cat.role_id, self.env.ref("b2b_party.role_buyer"))
        self.assertEqual(ann.invited_by_id, self.rep)
        self.assertIn("Invited: 3.", batch.message_ids[0].body)

    def test_twice_is_once(self):
        batch = self._batch()
        batch.action_start()
        self._run()
        mails = self.env["mail.mail"].search_count([])
        with self.assertRaisesRegex(UserError, "No row"):
            batch.action_start()
        self._run()
        again = self._batch()
        self.assertEqual(set(self._states(again).values()), {"known"})
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_every_wrong_row_says_why(self):
        self.rep.partner_id.email = "rep@example.com"
        batch = self._batch(
            "No Mail;nomail\n"
            ";noname@example.com\n"
            "Ann;ann@example.com\n"
            "Ann again;ANN@example.com\n"
            "Role;role@example.com;Emperor\n"
            "Boss;boss@example.com;Buyer;nobody@example.com\n"
            "Self;self@example.com;Buyer;self@example.com\n"
            "Staff;rep@example.com\n"
            f"Hannah;{self.buyer.person_id.email}\n"
        )
        reasons = {line.number: line.reason for line in batch.line_ids}
        self.assertIn("“nomail” is not", reasons[1])
        self.assertIn("name is missing", reasons[2])
        self.assertFalse(reasons[3])
        self.assertIn("further up", reasons[4])
        self.assertIn("no role “Emperor”", reasons[5])
        self.assertIn("has no seat", reasons[6])
        self.assertIn("own orders", reasons[7])
        self.assertIn("our own people", reasons[8])
        self.assertEqual(batch.line_ids[8].state, "known")
        self.assertEqual((batch.wrong_count, batch.left_count), (7, 1))

    def test_mended_rows_are_sent_in_the_next_run(self):
        batch = self._batch("Ann;ann@example.com\nBob;bob at example\n")
        batch.action_start()
        self._run()
        self.assertEqual((batch.done_count, batch.wrong_count), (1, 1))
        wrong = batch.line_ids.filtered(lambda line: line.state == "wrong")
        wrong.email = "bob@example.com"
        self.assertEqual((wrong.state, wrong.reason), ("ready", ""))
        batch.action_start()
        self._run()
        self.assertEqual(batch.done_count, 2)
        done = batch.line_ids.filtered(lambda line: line.email == "ann@example.com")
        with self.assertRaisesRegex(UserError, "invited already"):
            done.email = "other@example.com"

    def test_a_row_that_fails_leaves_nothing_and_stops_nobody(self):
        batch = self._batch()
        batch.action_start()
        # Cat got an account elsewhere after the check
        self.env["res.users"].create(
            {
                "name": "Cat",
                "login": "cat@example.com",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self._run()
        states = self._states(batch)
        self.assertEqual(states["cat@example.com"], "failed")
        self.assertEqual(batch.done_count, 2)
        self.assertFalse(self.env["b2b.person"]._b2b_find("cat@example.com"))
        failed = batch.line_ids.filtered(lambda line: line.state == "failed")
        self.assertIn("is no seat", failed.reason)

    def test_a_file(self):
        for encoding in ("utf-8-sig", "cp1252"):
            data = base64.b64encode("Zoë;zoe@example.com".encode(encoding))
            batch = self._batch(False, file=data, filename="people.csv")
            self.assertEqual(batch.line_ids.name, "Zoë")
            batch.unlink()

    def test_an_empty_list(self):
        for text in ("", "\n\n", "Name;E-mail\n"):
            with self.assertRaisesRegex(UserError, "empty"):
                self._batch(text)

    def test_a_running_list_is_left_alone(self):
        batch = self._batch()
        batch.action_start()
        for action in ("action_read", "action_check", "action_start"):
            with self.assertRaisesRegex(UserError, "running"):
                getattr(batch, action)()

    def test_a_role_of_another_party(self):
        role = self.env.ref("b2b_party.role_buyer")._b2b_copy_for(
            self.rival_party, "Theirs"
        )
        with self.assertRaisesRegex(UserError, "another party"):
            self._batch(role_id=role.id)
        batch = self._batch("Ann;ann@example.com;Theirs\n")
        self.assertEqual(batch.line_ids.state, "wrong")

    def test_portal_users_have_no_lists(self):
        batch = self._batch()
        with self.assertRaises(AccessError):
            batch.with_user(self.owner.user_id).action_start()
