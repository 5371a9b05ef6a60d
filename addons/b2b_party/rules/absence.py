"""Who answers for somebody who is away."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Absence:
    """Somebody is away from one day to another, both included."""

    who: int
    stand_in: int
    date_from: date
    date_to: date

    def covers(self, day):
        return self.date_from <= day <= self.date_to


def away_on(who, day, absences):
    """The absence of somebody on a day, or None."""
    return next((a for a in absences if a.who == who and a.covers(day)), None)


def back_after(who, day, absences):
    """Last day somebody is away; absences that follow each other are one.

    None for somebody who is there.
    """
    found, last = away_on(who, day, absences), None
    while found:
        last = found.date_to
        found = away_on(who, last + timedelta(days=1), absences)
    return last


def who_answers(who, day, absences):
    """The one who is there: somebody himself, or the last of his stand-ins.

    A stand-in who is away hands on to his own stand-in. None when the chain comes
    back to somebody who is away: then nobody answers.
    """
    seen = set()
    while (found := away_on(who, day, absences)) is not None:
        seen.add(who)
        who = found.stand_in
        if who in seen:
            return None
    return who


def answers_for(user, day, absences):
    """Everybody for whom a user answers on a day, himself included.

    A user who is away himself answers for nobody else: his own stand-in does.
    """
    away = {a.who for a in absences if a.covers(day)}
    return {user} | {who for who in away if who_answers(who, day, absences) == user}
