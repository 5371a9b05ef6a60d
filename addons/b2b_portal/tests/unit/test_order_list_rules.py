from odoo.addons.b2b_portal.rules import order_list


def test_own_lists_and_shared_ones_of_an_administrator():
    cases = [
        (True, False, False, True),
        (True, True, False, True),
        (False, True, True, True),
        (False, True, False, False),
        (False, False, True, False),
    ]
    for mine, shared, administers, expected in cases:
        asked = {"mine": mine, "shared": shared, "administers": administers}
        assert order_list.may_change(**asked) is expected, asked


def test_a_row_proposes_nothing_while_it_is_in_the_cart_or_coming():
    assert order_list.start_quantity(24, 0, 0) == 24
    assert order_list.start_quantity(24, None, None) == 24
    assert order_list.start_quantity(24, 12, 0) == 0
    assert order_list.start_quantity(24, 0, 6) == 0


def test_names_are_trimmed_or_refused():
    assert order_list.read_name("  Spring   window ") == ("Spring window", "")
    assert order_list.read_name(" \n\t ") == ("", order_list.NO_NAME)
    assert order_list.read_name(None) == ("", order_list.NO_NAME)
    assert order_list.read_name("x" * 60) == ("x" * 60, "")
    assert order_list.read_name("x" * 61) == ("x" * 60, order_list.LONG_NAME)


def test_quantities_are_added_to_or_replaced():
    kept = {1: 6, 2: 0}
    assert order_list.put_together(kept, [(1, 4), (3, 2)]) == {1: 10, 2: 0, 3: 2}
    assert order_list.put_together(kept, [(1, 4)], replace=True) == {1: 4, 2: 0}
    assert order_list.put_together({}, [(5, 1), (5, 2)], replace=True) == {5: 3}
    assert order_list.put_together({1: 999_990}, [(1, 20)]) == {1: 999_999}
    assert kept == {1: 6, 2: 0}, "what was there is not changed by reading"


def test_places_of_what_was_taken_off():
    assert order_list.places([1, 2, 3, 4, 5], {1, 4}) == [[2, 4], [3, 4], [5, 0]]
    assert order_list.places([1], set()) == [[1, 0]]


def test_what_comes_back_goes_to_its_place():
    # taken off the middle, the beginning and the end
    assert order_list.put_at([1, 4, 2, 3], [(2, 4), (3, 4)]) == [1, 2, 3, 4]
    assert order_list.put_at([2, 1], [(1, 2)]) == [1, 2]
    assert order_list.put_at([1, 2], [(2, 0)]) == [1, 2]
    # what is not there is left alone
    for wrong in ([(9, 1)], [(1, 9)], [(None, 1)], [(1, None)], [(1, 1)]):
        assert order_list.put_at([1, 2], wrong) == [1, 2]
