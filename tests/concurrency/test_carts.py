"""Two devices of one buyer at the same instant: no cart twice, no line lost."""

import pytest


@pytest.fixture
def shop(sessions):
    shop = sessions.one("make_party", buyers=1)
    sessions.one("open_catalog")
    shop["other"] = sessions.one("make_article")
    shop["user"], shop["seat"] = shop["users"][0], shop["seats"][0]
    return shop


def job(shop, do, **values):
    return {"do": do, "uid": shop["user"], "with": values}


def alone(sessions, shop, do, **values):
    (answer,) = sessions.at_once(job(shop, do, **values))
    assert not answer.error, answer
    return answer.result


def carts(sessions, shop):
    return sessions.one("carts_of", seat=shop["seat"])


def test_two_first_lines_make_one_cart(sessions, shop):
    answers = sessions.at_once(
        job(shop, "add_to_cart", article=shop["article"], quantity=2),
        job(shop, "add_to_cart", article=shop["other"], quantity=3),
        job(shop, "add_to_cart", article=shop["article"], quantity=4),
    )
    assert not [answer.error for answer in answers if answer.error], answers
    ((_id, name, lines),) = carts(sessions, shop)
    assert name == ""
    assert lines == [[shop["article"], 6.0], [shop["other"], 3.0]]
    assert max(answer.tries for answer in answers) > 1


def test_one_name_is_given_once(sessions, shop):
    answers = sessions.at_once(
        job(shop, "new_cart", name="Spring"), job(shop, "new_cart", name="SPRING")
    )
    refused = [answer for answer in answers if answer.error]
    assert len(refused) == 1, answers
    assert "already" in refused[0].message
    assert len(carts(sessions, shop)) == 1


def test_two_carts_chosen_at_once_leave_one_current(sessions, shop):
    ids = [alone(sessions, shop, "new_cart", name=name) for name in ("A", "B", "C")]
    answers = sessions.at_once(*(job(shop, "choose_cart", cart=cart) for cart in ids))
    assert not [answer.error for answer in answers if answer.error], answers
    found = carts(sessions, shop)
    assert sorted(cart[0] for cart in found) == sorted(ids)
    assert carts(sessions, shop)[0] == found[0]


def test_lines_of_two_devices_are_both_there(sessions, shop):
    cart = alone(sessions, shop, "new_cart", name="Spring")
    alone(sessions, shop, "add_to_cart", article=shop["article"], quantity=1)
    answers = sessions.at_once(
        job(shop, "add_to_cart", article=shop["article"], quantity=2, cart=cart),
        job(shop, "add_to_cart", article=shop["other"], quantity=3, cart=cart),
    )
    assert not [answer.error for answer in answers if answer.error], answers
    ((_id, _name, lines),) = carts(sessions, shop)
    assert lines == [[shop["article"], 3.0], [shop["other"], 3.0]]


def test_of_two_quantities_one_counts_and_the_other_is_told(sessions, shop):
    cart = alone(sessions, shop, "new_cart", name="Spring")
    article = shop["article"]
    alone(sessions, shop, "add_to_cart", article=article, quantity=1)
    answers = sessions.at_once(
        job(shop, "set_in_cart", article=article, quantity=5, seen=1, cart=cart),
        job(shop, "set_in_cart", article=article, quantity=8, seen=1, cart=cart),
    )
    told = [answer.result for answer in answers]
    assert sorted(bool(text) for text in told) == [False, True], answers
    ((_id, _name, lines),) = carts(sessions, shop)
    kept = 5.0 if not told[0] else 8.0
    assert lines == [[article, kept]]


@pytest.mark.parametrize("end", ["send_cart", "delete_cart"])
def test_no_line_slips_into_a_cart_that_is_sent_or_deleted(sessions, shop, end):
    cart = alone(sessions, shop, "new_cart", name="Spring")
    alone(sessions, shop, "add_to_cart", article=shop["article"], quantity=1)
    values = {"token": f"{cart:032x}"} if end == "send_cart" else {}
    adding, ending = sessions.at_once(
        job(shop, "add_to_cart", article=shop["other"], quantity=3, cart=cart),
        job(shop, end, cart=cart, **values),
    )
    assert not ending.error, ending
    lines = sessions.one("lines_of", order=cart)
    late = [shop["other"], 3.0] in lines
    # Either the line came first and is in it, or its sender was told.
    assert late != bool(adding.error), (adding, lines)
    assert carts(sessions, shop) == []
