"""Two orders of a party with one purchase order number, submitted at one instant."""

from collections import Counter


def test_a_number_that_may_be_used_once_is_used_once(sessions):
    shop = sessions.one("make_party", buyers=4)
    orders = sessions.one(
        "make_orders", seats=shop["seats"], article=shop["article"], quantity=1
    )
    sessions.one(
        "use_number_once", party=shop["party"], orders=orders, number="PO 45 1187"
    )
    answers = sessions.at_once(
        *(
            {"do": "submit_numbered", "uid": user, "with": {"order": order}}
            for user, order in zip(shop["users"], orders, strict=True)
        )
    )
    assert Counter(answer.result for answer in answers) == {"done": 1, None: 3}
    losers = [answer for answer in answers if not answer.result]
    assert all("PO 45 1187 was used on" in answer.message for answer in losers), losers
