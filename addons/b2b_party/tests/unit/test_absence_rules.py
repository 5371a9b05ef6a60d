from datetime import date

from tests.support.rules import load_rules

rules = load_rules("b2b_party", "absence")
Absence = rules.Absence
answers_for = rules.answers_for
back_after = rules.back_after
who_answers = rules.who_answers

ELEANOR, TOM, DANA = 1, 2, 3
MONDAY = date(2026, 11, 23)


def away(who, stand_in, first=23, last=27):
    return Absence(who, stand_in, date(2026, 11, first), date(2026, 11, last))


def test_somebody_who_is_there_answers_himself():
    assert who_answers(ELEANOR, MONDAY, []) == ELEANOR
    assert back_after(ELEANOR, MONDAY, []) is None
    assert answers_for(ELEANOR, MONDAY, []) == {ELEANOR}


def test_first_and_last_day_belong_to_the_absence():
    absences = [away(ELEANOR, TOM, 23, 24)]
    days = [22, 23, 24, 25]
    found = [who_answers(ELEANOR, date(2026, 11, day), absences) for day in days]
    assert found == [ELEANOR, TOM, TOM, ELEANOR]


def test_a_stand_in_who_is_away_hands_on():
    absences = [away(ELEANOR, TOM), away(TOM, DANA)]
    assert who_answers(ELEANOR, MONDAY, absences) == DANA
    assert answers_for(DANA, MONDAY, absences) == {ELEANOR, TOM, DANA}
    assert answers_for(TOM, MONDAY, absences) == {TOM}


def test_a_circle_of_stand_ins_ends_with_nobody():
    absences = [away(ELEANOR, TOM), away(TOM, ELEANOR)]
    assert who_answers(ELEANOR, MONDAY, absences) is None
    assert answers_for(TOM, MONDAY, absences) == {TOM}


def test_absences_that_follow_each_other_are_one():
    absences = [away(ELEANOR, TOM, 23, 24), away(ELEANOR, DANA, 25, 30)]
    assert back_after(ELEANOR, MONDAY, absences) == date(2026, 11, 30)
