"""Parties that come in at the same instant go to the account managers in turn."""

from collections import Counter


def test_turns_are_fair_for_parties_made_at_one_instant(sessions):
    # More sessions than Odoo tries a transaction again: nobody may wait for anybody.
    team = sessions.one("make_manager_rule", users=4)
    answers = sessions.at_once(
        *({"do": "add_party", "with": {"number": number}} for number in range(12))
    )
    assert not [answer.message for answer in answers if answer.error]
    got = Counter(answer.result for answer in answers)
    assert got == dict.fromkeys(team, 3), answers
    assert {answer.tries for answer in answers} == {1}, answers
