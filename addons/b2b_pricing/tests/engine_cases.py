"""Random price lists and questions about them, as plain values.

Numbers stand for records: of the twelve articles, the three categories, the lists made
so far. What the database would refuse is never drawn. What belongs together is drawn at
once: every draw costs time.
"""

from itertools import product

from hypothesis import strategies as st

ARTICLES = 12
CATEGORIES = 3
MOST_LISTS = 4
MINIMA = (0, 1, 2, 2.5, 5, 10, 12, 24, 100)
QUANTITIES = (-2, 0, 0.5, 1, 2.5, 4, 5, 10, 12, 24, 25, 100, 144)
DAYS = (-20, -5, -1, 0, 1, 5, 20)

SCOPES = [
    ("3_global", None),
    *product(["2_product_category"], range(CATEGORIES)),
    *product(["1_product"], range(ARTICLES)),
    *product(["0_product_variant"], range(ARTICLES)),
]
#: From and until, in days from now.
PERIODS = [
    (start, end)
    for start, end in product((None, *DAYS), repeat=2)
    if None in (start, end) or start < end
]
MARGINS = ((0, 0), (0, 40), (0.5, 40), (-3, 0), (-3, -0.25), (2, 2))
#: What a formula has beside base and discount.
EXTRAS = [
    {
        "price_round": rounding,
        "price_surcharge": surcharge,
        "price_min_margin": low,
        "price_max_margin": high,
    }
    for rounding, surcharge, (low, high) in product(
        (0, 0.05, 1, 10), (0, 1.5, -0.5, 0.01), MARGINS
    )
]

scopes = st.sampled_from(SCOPES)
starts = st.sampled_from(list(product(MINIMA, [(None, None)] * 30 + PERIODS)))
cents = st.integers(0, 900_000)
tenths = st.integers(-400, 1000)
extras = st.sampled_from(EXTRAS)
quantities = st.sampled_from(QUANTITIES) | st.integers(1, 30_000).map(lambda n: n / 100)
calls = st.sampled_from(
    list(
        product(
            (False, True),
            (None, None, "unit", "dozen", "kgm"),
            (None, "own", "foreign"),
            (True, True, True, False),
        )
    )
)
articles = st.lists(st.integers(0, ARTICLES - 1), min_size=1, unique=True)
days = st.sampled_from(DAYS)


@st.composite
def amounts(draw, earlier):
    """How a rule calculates; ``earlier`` is how many lists it may build on."""
    bases = [("list_price", None), *product(["pricelist"], range(earlier))]
    kind, (base, number) = draw(
        st.sampled_from(
            [
                *product(["percentage"], bases),
                *product(["formula"], [*bases, ("standard_price", None)]),
                *product(["fixed"], bases),
            ]
        )
    )
    values = {"compute_price": kind}
    if kind == "fixed":
        return {**values, "fixed_price": draw(cents) / 100}
    values.update(base=base, base_pricelist_id=number)
    if kind == "percentage":
        return {**values, "percent_price": draw(tenths) / 10}
    return {**values, "price_discount": draw(tenths) / 10, **draw(extras)}


@st.composite
def rules(draw, earlier):
    minimum, period = draw(starts)
    return {
        "scope": draw(scopes),
        "min_quantity": minimum,
        "period": period,
        "amount": draw(amounts(earlier)),
    }


@st.composite
def questions(draw):
    """What is asked of the last list."""
    templates, unit, currency, compute_price = draw(calls)
    return {
        "templates": templates,
        "articles": draw(articles),
        "quantity": draw(quantities),
        "day": draw(days),
        "unit": unit,
        "currency": currency,
        "compute_price": compute_price,
    }


@st.composite
def cases(draw):
    """Lists, each of which may build on the ones before, and questions.

    The last one may be so long that the engine looks its rules up.
    """
    foreign = draw(st.lists(st.booleans(), min_size=1, max_size=MOST_LISTS))
    last = len(foreign) - 1
    long = draw(st.sampled_from((False, False, True)))
    lists = []
    for number, other in enumerate(foreign):
        size = {"max_size": 8 if number == last else 5}
        if long and number == last:
            size = {"min_size": 26, "max_size": 34}
        found = draw(st.lists(rules(number), **size))
        lists.append({"foreign": other, "rules": found})
    return {
        "lists": lists,
        "questions": draw(st.lists(questions(), min_size=1, max_size=4)),
        "always_indexed": draw(st.booleans()),
    }
