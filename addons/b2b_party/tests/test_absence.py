from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PartyCase

TODAY = date.today()


@tagged("post_install", "-at_install")
class TestAbsence(PartyCase):
    """Who answers for a rep who is away, and who may say so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tom = new_test_user(cls.env, "b2b_test_tom", "b2b_party.group_rep")
        cls.dana = new_test_user(cls.env, "b2b_test_dana", "b2b_party.group_rep")
        cls.absences = cls.env["b2b.staff.absence"]

    def _away(self, user=None, stand_in=None, first=0, last=7):
        return self.absences.create(
            {
                "user_id": (user or self.rep).id,
                "stand_in_id": (stand_in or self.tom).id,
                "date_from": TODAY + timedelta(days=first),
                "date_to": TODAY + timedelta(days=last),
            }
        )

    def test_the_stand_in_answers_while_it_lasts(self):
        self.assertEqual(self.rep._b2b_who_answers(), (self.rep, None))
        absence = self._away()
        self.assertTrue(absence.is_running)
        self.assertEqual(self.rep._b2b_who_answers(), (self.tom, absence.date_to))
        self.assertEqual(
            self.tom._b2b_rep_user_ids(), sorted((self.rep | self.tom).ids)
        )
        self.assertEqual(self.dana._b2b_rep_user_ids(), self.dana.ids)
        after = absence.date_to + timedelta(days=1)
        self.assertEqual(self.rep._b2b_who_answers(after), (self.rep, None))

    def test_an_absence_to_come_changes_nothing_yet(self):
        absence = self._away(first=1)
        self.assertFalse(absence.is_running)
        self.assertEqual(self.tom._b2b_rep_user_ids(), self.tom.ids)

    def test_a_stand_in_who_is_away_hands_on_and_one_who_left_answers_no_more(self):
        self._away()
        self._away(self.tom, self.dana)
        self.assertEqual(self.rep._b2b_who_answers()[0], self.dana)
        self.assertIn(self.rep.id, self.dana._b2b_rep_user_ids())
        self.assertEqual(self.tom._b2b_rep_user_ids(), self.tom.ids)
        self.dana.active = False
        self.assertFalse(self.rep._b2b_who_answers()[0])

    def test_taking_it_back_counts_at_once(self):
        absence = self._away()
        self.assertIn(self.rep.id, self.tom._b2b_rep_user_ids())
        absence.stand_in_id = self.dana
        self.assertEqual(self.tom._b2b_rep_user_ids(), self.tom.ids)
        absence.unlink()
        self.assertEqual(self.dana._b2b_rep_user_ids(), self.dana.ids)

    def test_asking_again_costs_no_query(self):
        self._away()
        self.tom._b2b_rep_user_ids()
        self.rep._b2b_who_answers()
        with self.assertQueryCount(0):
            self.tom._b2b_rep_user_ids()
            self.rep._b2b_who_answers()

    def test_the_job_notices_the_new_day(self):
        absence = self._away()
        self.env.cr.execute(
            "UPDATE b2b_staff_absence SET date_to = date_from - 1, "
            "date_from = date_from - 2 WHERE id = %s",
            [absence.id],
        )
        absence.invalidate_recordset()
        self.absences._b2b_new_day()
        self.assertFalse(absence.is_running)

    def _refused(self, constraint, **values):
        message = f"b2b_staff_absence_{constraint}"
        with (
            self.assertRaisesRegex(IntegrityError, message),
            mute_logger("odoo.sql_db"),
        ):
            with self.env.cr.savepoint():
                self._away(**values)

    def test_nobody_stands_in_for_himself(self):
        self._refused("other", user=self.rep, stand_in=self.rep)

    def test_absences_of_somebody_do_not_overlap_even_if_written_at_once(self):
        self._away()
        self._refused("overlap", first=7, last=9)
        self._away(self.dana)
        self._away(first=8, last=9)

    def test_the_last_day_is_not_before_the_first(self):
        self._refused("dates", first=3, last=2)

    def test_a_portal_user_is_no_stand_in(self):
        with self.assertRaisesRegex(ValidationError, "does not work for us"):
            self._away(stand_in=self.buyer.user_id)

    def test_a_rep_keeps_the_own_absence_only(self):
        mine = self.absences.with_user(self.rep)
        values = {"stand_in_id": self.tom.id, "date_to": TODAY}
        own = mine.create(values)
        self.assertEqual(own.user_id, self.rep)
        with self.assertRaises(AccessError):
            own.user_id = self.dana
        theirs = self._away(self.dana, self.tom)
        with self.assertRaises(AccessError):
            theirs.with_user(self.rep).stand_in_id = self.rep
        with self.assertRaises(AccessError):
            theirs.with_user(self.rep).unlink()
        with self.assertRaises(AccessError):
            mine.create(
                {**values, "user_id": self.manager.id, "stand_in_id": self.rep.id}
            )
        theirs.with_user(self.manager).stand_in_id = self.rep
