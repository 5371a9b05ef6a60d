from odoo import fields, models, tools

from ..rules.absence import answers_for, back_after, who_answers


class ResUsers(models.Model):
    """For whom a user answers while a colleague is away, and who answers for him."""

    _inherit = "res.users"

    def _b2b_rep_user_ids(self):
        """Ids of the reps whose parties are this user's today, himself included.

        For record rules; costs no query after the first time on a day.
        """
        self.ensure_one()
        return list(self._b2b_answers_for(self._b2b_today()))

    def _b2b_today(self):
        """The day it is where the user works."""
        return fields.Date.context_today(self.with_context(tz=self.sudo().tz))

    @tools.ormcache("self.id", "day")
    def _b2b_answers_for(self, day):
        absences = self.env["b2b.staff.absence"]._b2b_absences(day)
        return tuple(sorted(answers_for(self.id, day, absences)))

    def _b2b_who_answers(self, on=None):
        """Who answers for this user, and until when.

        :param on: a day; today by default
        :return: ``(user, until)``: the user himself and None when he is there; else
            the stand-in, empty when nobody answers, and the last day away
        """
        self.ensure_one()
        answering, until = self._b2b_stand_in(on or self._b2b_today())
        return self.browse(answering or []), until

    @tools.ormcache("self.id", "day")
    def _b2b_stand_in(self, day):
        absences = self.env["b2b.staff.absence"]._b2b_absences(day)
        answering = who_answers(self.id, day, absences)
        if answering and answering != self.id:
            # sudo: whether a colleague still works here.
            answering = self.browse(answering).sudo().active and answering
        return answering or None, back_after(self.id, day, absences)
