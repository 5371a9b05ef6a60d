"""Price many products at once.

Odoo's own method runs beside ours in the same process, on the same rules: each case
is one row. Results are compared, so that a fast wrong answer fails.
"""

import gc
import time
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

GOAL = "20x at 500 products, 150x at 2,000; never above 1.05x the time of Odoo"
PLAIN = False
PRODUCTS = 2000
BREAKS = 25


def prepare(env):
    """2,000 products, one list with 25 breaks for each, and small lists."""
    products = env["product.product"].create(
        [
            {"name": f"Article {n}", "list_price": 1 + n / 10, "standard_price": 1}
            for n in range(PRODUCTS)
        ]
    )
    return {"products": products, **_lists(env, products)}


def _lists(env, products):
    large = _create(
        env,
        "50,000 rules",
        [
            {
                "applied_on": "1_product",
                "product_tmpl_id": product.product_tmpl_id.id,
                "min_quantity": 2 * (number + 1),
                "compute_price": "fixed",
                "fixed_price": 100 - number,
            }
            for product in products
            for number in range(BREAKS)
        ],
    )
    discount = {
        "applied_on": "3_global",
        "compute_price": "percentage",
        "base": "list_price",
    }
    small = _create(
        env,
        "3 rules",
        [
            {**discount, "percent_price": 5 * n, "min_quantity": 10 * n}
            for n in range(3)
        ],
    )
    single = _create(
        env,
        "1 rule per product",
        [
            {
                "applied_on": "1_product",
                "product_tmpl_id": product.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": 9,
            }
            for product in products
        ],
    )
    chain = single
    for number in range(3):
        chain = _create(
            env,
            f"chain {number}",
            [
                {
                    **discount,
                    "percent_price": 5,
                    "base": "pricelist",
                    "base_pricelist_id": chain.id,
                }
            ],
        )
    return {"large": large, "small": small, "single": single, "chain": chain}


def _create(env, name, rules):
    return env["product.pricelist"].create(
        {
            "name": name,
            "company_id": False,
            "item_ids": [(0, 0, rule) for rule in rules],
        }
    )


# name, list, number of products, quantity
CASES = (
    ("500 products, 50,000 rules", "large", 500, 1),
    ("2,000 products, 50,000 rules", "large", 2000, 1),
    ("500 products, 50,000 rules, 1,000 pieces", "large", 500, 1000),
    ("2,000 products, 1 rule each", "single", 2000, 1),
    ("500 products, chain of 4 lists", "chain", 500, 1),
    ("500 products, 3 rules", "small", 500, 1),
    ("20 products, 3 rules", "small", 20, 1),
    ("1 product, 25 rules", "large", 1, 1),
)


@contextmanager
def plain_odoo(env):
    """Odoo's own methods, also where they call each other."""
    from odoo.addons.product.models.product_pricelist import ProductPricelist

    Pricelist = type(env["product.pricelist"])
    names = ("_compute_price_rule", "_get_applicable_rules")
    with (
        patch.object(Pricelist, names[0], getattr(ProductPricelist, names[0])),
        patch.object(Pricelist, names[1], getattr(ProductPricelist, names[1])),
    ):
        yield


def _measure(env, pricelist, products, quantity):
    env.flush_all()
    env.invalidate_all()
    # A collection of garbage left by the side before would count for this one.
    gc.collect()
    gc.disable()
    try:
        queries, started = env.cr.sql_log_count, time.perf_counter()
        found = pricelist._compute_price_rule(products, quantity)
        return time.perf_counter() - started, env.cr.sql_log_count - queries, found
    finally:
        gc.enable()


def _both(env, repeat, *call):
    """Best of several alternating runs: ``(seconds, queries, prices)`` of each."""
    plain, ours = [], []
    for number in range(repeat):
        # Whoever comes second finds warmer caches of the processor.
        for side in (plain, ours) if number % 2 else (ours, plain):
            with plain_odoo(env) if side is plain else nullcontext():
                side.append(_measure(env, *call))
    return min(plain, key=lambda run: run[0]), min(ours, key=lambda run: run[0])


def rows(env, prepared):
    """One row per case: seconds and queries of Odoo and of the suite."""
    result = []
    for name, key, count, quantity in CASES:
        products = prepared["products"][:count]
        call = (prepared[key], products, quantity)
        # The slow ones once: they take minutes.
        slow = key == "large" and count > 100 and quantity == 1
        repeat = 1 if slow else 9 if count > 500 else 41 if count > 20 else 201
        both = _both(env, repeat, *call)
        (plain_s, plain_queries, plain), (ours_s, our_queries, ours) = both
        if ours != plain:
            raise AssertionError(f"{name}: other prices than Odoo")
        result.append(
            {
                "name": name,
                "plain_s": plain_s,
                "ours_s": ours_s,
                "ratio": plain_s / ours_s,
                "plain_queries": plain_queries,
                "our_queries": our_queries,
            }
        )
    return result
