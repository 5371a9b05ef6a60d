"""Two administrators who suspend each other at the same instant: one stays."""


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
