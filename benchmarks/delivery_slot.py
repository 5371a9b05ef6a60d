"""First slot of an order with 1,000 lines.

Plain Odoo works out its expected date for the same lines, from the lead times of the
articles. The lines are read before, as whoever asks has the order open.
"""

import gc
import time

from benchmarks import orders

GOAL = "at most 10 queries, under 100 ms"
LINES = 1000
PRODUCTS = 200
REPEAT = 3
PLAIN = False  # both are measured in one process


def prepare(env):
    return orders.order(env, LINES, orders.articles(env, PRODUCTS))


def rows(env, order):
    plain = best(env, order, lambda: order._compute_expected_date())
    found = [
        row("one schedule", plain, best(env, order, lambda: looked(order))),
    ]
    own = schedules(env)
    for number, product in enumerate(order.order_line.product_id.sorted("id")):
        if number % 4:
            product.b2b_availability_schedule_id = own[number % 4 - 1]
    found.append(
        row("four schedules, together", plain, best(env, order, lambda: looked(order)))
    )
    order.b2b_split_delivery = True
    assert len(order._b2b_parts()) > 2
    found.append(
        row("four schedules, in parts", plain, best(env, order, lambda: looked(order)))
    )
    return found


def schedules(env):
    """Made to order: the longer it takes, the rarer it comes."""
    return env["b2b.delivery.schedule"].create(
        [
            {
                "name": f"Made in {days} days",
                "lead_days": days,
                "frame_ids": [
                    (0, 0, {"weekday": str(day), "hour_from": 8, "hour_to": 12})
                    for day in range(0, 5, days - 1)
                ],
            }
            for days in (2, 3, 4)
        ]
    )


def looked(order):
    check = order._b2b_slot_look()
    assert check.slot


def best(env, order, run):
    """Time and queries of the best of some runs; the first one warms the caches."""
    return min(once(env, order, run) for _number in range(1 + REPEAT))


def once(env, order, run):
    env.flush_all()
    env.invalidate_all()
    for line in order.order_line:
        assert line.product_id
    gc.collect()
    queries, started = env.cr.sql_log_count, time.perf_counter()
    run()
    return time.perf_counter() - started, env.cr.sql_log_count - queries


def row(name, plain, ours):
    return {
        "name": name,
        "plain_s": plain[0],
        "plain_queries": plain[1],
        "ours_s": ours[0],
        "our_queries": ours[1],
        "ratio": plain[0] / ours[0],
    }
