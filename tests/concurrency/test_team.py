"""Two changes of a team at the same instant that together would break it."""


def test_a_party_keeps_its_last_administrator(sessions):
    shop = sessions.one("make_party", buyers=2)
    sessions.one("make_administrators", seats=shop["seats"])
    answers = sessions.at_once(
        *(
            {"do": "suspend_colleague", "uid": user, "with": {"seat": seat}}
            for user, seat in zip(shop["users"], reversed(shop["seats"]), strict=True)
        )
    )
    assert [answer.result for answer in answers].count("suspended") == 1, answers
    assert sessions.one("active_administrators", party=shop["party"]) == 1


def test_two_who_name_each_other_as_supervisor_make_no_circle(sessions):
    shop = sessions.one("make_party", buyers=2)
    first, second = shop["seats"]
    answers = sessions.at_once(
        {"do": "set_supervisor", "with": {"seat": first, "boss": second}},
        {"do": "set_supervisor", "with": {"seat": second, "boss": first}},
    )
    refused = [answer for answer in answers if answer.error]
    assert len(refused) == 1, answers
    assert "circle" in refused[0].message
    found = sessions.one("supervisors", seats=[first, second])
    assert found.count(False) == 1 or found.count(None) == 1, found
