"""Points on documents: hand-computed cases, and any sequence of documents."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.rules import load_rules

rules = load_rules("b2b_loyalty", "settle")
redeem = load_rules("b2b_loyalty", "redeem")
D, Sums = Decimal, rules.Sums


def sums(points, goods):
    return Sums(D(points), D(goods))


@pytest.mark.parametrize(
    ("left", "now", "expected"),
    [
        # 27.40 on 90.00 at 20 %, 18.27 on 60.00 at 5 %
        (("27.40", "90"), "30", "9.13"),
        (("18.27", "60"), "10", "3.05"),
        (("18.27", "60"), "0", "0"),
        # one invoice of 30.00 credited in parts of 10.00 and 20.00
        (("9.13", "30"), "10", "3.04"),
        (("6.09", "20"), "20", "6.09"),
        (("6.09", "20"), "30", "6.09"),
        (("6.09", "20"), "99", "6.09"),
        (("-5", "20"), "10", "0"),
        (("5", "0"), "10", "5"),
    ],
)
def test_share(left, now, expected):
    assert rules.share(sums(*left), D(now)) == D(expected)


def test_currency_without_decimals():
    assert rules.share(sums(100, 300), D(100), D(1)) == 33


@pytest.mark.parametrize(
    ("document", "order", "credited", "expected"),
    [
        (("60", "300"), ("60", "300"), "100", "20"),
        # the order has less left than this invoice says
        (("60", "300"), ("5", "100"), "100", "5"),
        # 100.00 of goods that money paid 40.00 of: no more than that comes back
        (("10", "100"), ("60", "100"), "100", "60"),
        (("60", "300"), ("60", "300"), "0", "0"),
        (("60", "300"), ("0", "0"), "10", "0"),
    ],
)
def test_given(document, order, credited, expected):
    assert rules.given(sums(*document), sums(*order), D(credited)) == D(expected)


@pytest.mark.parametrize(
    ("planned", "billed", "before", "after", "expected"),
    [
        # 40 of 10.00, half by points, 10 billed; 20 are left
        ("200", ("50", "100"), "400", "200", "100"),
        # billed with fewer points than their share
        ("200", ("20", "100"), "400", "200", "80"),
        # all billed, 30 are left: the credit note will bring 25.00
        ("100", ("100", "400"), "400", "300", "75"),
        # 30 of 40 billed, 20 are left
        ("200", ("150", "300"), "400", "200", "100"),
        ("200", ("50", "100"), "400", "400", "200"),
        ("200", ("50", "100"), "400", "500", "200"),
        ("200", ("50", "100"), "400", "0", "0"),
        # lowered before and not credited yet
        ("75", ("100", "400"), "500", "450", "75"),
    ],
)
def test_kept(planned, billed, before, after, expected):
    kept = rules.kept(D(planned), sums(*billed), D(before), D(after))
    assert kept == D(expected)


@pytest.mark.parametrize(
    ("planned", "billed", "there", "expected"),
    [
        # emptied, then half and all of what is billed is there again
        ("0", ("20", "400"), "200", "10"),
        ("10", ("20", "400"), "400", "20"),
        # other goods came: what stands is enough
        ("15", ("20", "400"), "300", "15"),
        # more is planned than billed
        ("200", ("50", "100"), "100", "200"),
        # credited wholly
        ("0", ("0", "0"), "0", "0"),
    ],
)
def test_stands(planned, billed, there, expected):
    assert rules.stands(D(planned), sums(*billed), D(there)) == D(expected)


@pytest.mark.parametrize(
    ("used", "value", "billed", "taken", "expected"),
    [
        (20000, "200", "50", 20000, 5000),
        (1000, "100", "99.99", 1000, 1000),
        (7500, "75", "100", 10000, 10000),
        (0, "0", "100", 10000, 10000),
        (100, "3", "0", 100, 0),
    ],
)
def test_billed_points(used, value, billed, taken, expected):
    assert rules.billed_points(used, D(value), D(billed), taken) == expected


def test_what_the_ledger_takes():
    # lowered with an invoice on the way to its credit note
    assert rules.redeemed(7500, 10000, 7500, 10000) == 10000
    # lowered, the rest is not billed yet
    assert rules.redeemed(10000, 5000, 10000, 20000) == 10000
    # credited wholly and billed again
    assert rules.redeemed(3333, 6666, 6666, 3333) == 6666
    # no roundings of a rate take more than the order ever had
    assert rules.redeemed(7500, 10001, 7500, 10000) == 10000


# -- any sequence ----------------------------------------------------------------

cents = st.integers(1, 200_000).map(lambda n: D(n) / 100)


class Tax:
    """An order's goods of one tax, with documents of one line each."""

    def __init__(self, planned, goods):
        self.planned, self.goods = planned, goods
        self.invoices = []

    @property
    def done(self):
        return Sums(
            sum((one.points for one in self.invoices), D(0)),
            sum((one.goods for one in self.invoices), D(0)),
        )

    def bill(self, now):
        done = self.done
        now = min(now, self.goods - done.goods)
        left = Sums(self.planned - done.points, self.goods - done.goods)
        points = rules.share(left, now)
        assert 0 <= points <= max(now, D(0))
        self.invoices.append(Sums(points, now))

    def credit(self, number, now):
        """Of one invoice, or of all of them with a number of none."""
        order = self.done
        found = self.invoices[number] if number < len(self.invoices) else order
        now = max(min(now, found.goods, order.goods), D(0))
        points = rules.given(found, order, now)
        assert 0 <= points <= now
        assert points <= order.points
        if found is order:
            self.invoices = [Sums(order.points - points, order.goods - now)]
        else:
            self.invoices[number] = Sums(found.points - points, found.goods - now)

    def check(self):
        done = self.done
        assert 0 <= done.points <= self.planned
        # never a negative basis
        assert done.points <= done.goods
        assert self.planned - done.points <= self.goods - done.goods


@st.composite
def taxes(draw):
    goods = draw(cents)
    return Tax(D(draw(st.integers(0, int(goods * 100)))) / 100, goods)


steps = st.lists(
    st.tuples(st.booleans(), st.integers(0, 6), cents, st.integers(0, 2)), max_size=25
)


@settings(max_examples=400, deadline=None)
@given(st.lists(taxes(), min_size=1, max_size=3), steps)
def test_all_documents_come_to_the_order_for_each_tax(rates, walk):
    for credit, number, now, which in walk:
        tax = rates[which % len(rates)]
        if credit:
            tax.credit(number, now)
        else:
            tax.bill(now)
        tax.check()
    for tax in rates:
        tax.bill(tax.goods)
        assert tax.done == Sums(tax.planned, tax.goods)
        tax.credit(99, tax.goods)
        assert tax.done == Sums()


@settings(max_examples=300, deadline=None)
@given(taxes(), cents, cents, cents)
def test_what_is_kept_fits_what_is_left(tax, billed, after, less):
    tax.bill(billed)
    done = tax.done
    kept = rules.kept(tax.planned, done, tax.goods, after)
    assert 0 <= kept <= tax.planned
    assert kept <= after
    if after >= done.goods:
        # what is billed stays as it is
        assert kept >= done.points
    smaller = rules.kept(tax.planned, done, tax.goods, max(after - less, D(0)))
    assert smaller <= kept


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 50_000), st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_names_and_notes_come_to_the_points_used(used, parts):
    value = D(sum(parts)) / 100
    done, names, backs = D(0), 0, []
    for part in parts:
        names += rules.named(used, value, done, D(part) / 100)
        done += D(part) / 100
        backs.append(redeem.given_back(used, value, done))
    assert backs == sorted(backs)
    if value:
        assert (names, backs[-1]) == (used, used)
