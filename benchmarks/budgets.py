"""Reserve an order on a budget, and read the page of budgets.

Both sides run in one process. Beside the reservation stands the same step of a party
without a budget; beside the page of 10,000 budgets the page of ten.
"""

import time

from benchmarks import generate

GOAL = "The same with 1,000,000 movements as with 1,000, with 10,000 budgets as with 10"
PLAIN = False
TIMES = 20
BUDGETS = 10_000
SIZES = (1_000, 1_000_000)


def _party(env, name):
    party = env["res.partner"].create(
        {"name": name, "is_company": True, "b2b_customer_type": "trade"}
    )
    role = env.ref("b2b_party.role_administrator")
    email = f"{name.lower()}@bench.example.com"
    return env["b2b.seat"]._b2b_create_login(party, name, email, role)


def _budget(env, party):
    return env["b2b.budget"].create(
        {"name": "Bench", "party_id": party.id, "amount": 10**8, "period": "year"}
    )


def _order(env, seat, product):
    return env["sale.order"].create(
        {
            "partner_id": seat.user_id.partner_id.id,
            "b2b_seat_id": seat.id,
            "order_line": [(0, 0, {"product_id": product.id})],
        }
    )


def prepare(env):
    """A party with a budget and one movement, and one without."""
    product = env["product.product"].create(
        {"name": "Heart", "list_price": 0.01, "type": "service", "taxes_id": False}
    )
    with_budget, without = _party(env, "Budgeted"), _party(env, "Free")
    budget = _budget(env, with_budget.party_id)
    first = _order(env, with_budget, product)
    first.sudo().b2b_submit_state = "waiting"
    env.flush_all()
    return product, with_budget, without, budget, first


def _fill(env, budget, first, size):
    """Movements by SQL until there are ``size``, of a thousand orders."""
    (entry,) = budget.entry_ids
    orders = generate.clone(env, first, 1000, {"name": "'B' || n"})
    generate.clone(
        env, entry, size - 1, {"order_id": f"{orders[0]} + n % 1000", "amount": "0.01"}
    )
    env.cr.execute(
        "UPDATE b2b_budget_period SET pending = %s WHERE budget_id = %s",
        [size / 100, budget.id],
    )
    env.cr.execute("ANALYZE b2b_budget_entry")
    env.invalidate_all()


def _reserve(env, seat, product):
    """Seconds and queries of one reservation, the best of some."""
    found = []
    for _time in range(TIMES):
        order = _order(env, seat, product).sudo()
        env.flush_all()
        queries, started = env.cr.sql_log_count, time.perf_counter()
        order.b2b_submit_state = "waiting"
        env.flush_all()
        found.append((time.perf_counter() - started, env.cr.sql_log_count - queries))
    return min(found)


def _page(env, seat):
    """Seconds and queries of the list and one budget, the best of some."""
    budgets, found = env["b2b.budget"].sudo(), []
    for _time in range(5):
        env.flush_all()
        env.invalidate_all()
        queries, started = env.cr.sql_log_count, time.perf_counter()
        heads, _total = budgets._b2b_overview_page(seat, env.company, 40)
        budgets.browse(heads[-1]["id"])._b2b_details(seat)
        found.append((time.perf_counter() - started, env.cr.sql_log_count - queries))
    return min(found)


def _row(name, plain, ours):
    return {
        "name": name,
        "plain_s": plain[0],
        "plain_queries": plain[1],
        "ours_s": ours[0],
        "our_queries": ours[1],
        "ratio": ours[0] / plain[0],
    }


def rows(env, prepared):
    product, with_budget, without, budget, first = prepared
    result = []
    for size in SIZES:
        _fill(env, budget, first, size)
        free = _reserve(env, without, product)
        booked = _reserve(env, with_budget, product)
        result.append(_row(f"reserve an order, {size:,} movements", free, booked))
        if size == SIZES[0]:
            # The next size begins with the first movement again.
            env.cr.execute(
                "DELETE FROM b2b_budget_entry WHERE id != %s", [budget.entry_ids[-1].id]
            )
            env.invalidate_all()
    few = _page(env, without) if _make(env, without, budget, 10) else None
    _make(env, with_budget, budget, BUDGETS)
    many = _page(env, with_budget)
    result.append(_row(f"page of {BUDGETS:,} budgets beside one of 10", few, many))
    return result


def _make(env, seat, budget, count):
    """Running budgets of a party, by SQL."""
    party = str(seat.party_id.id)
    made = generate.clone(
        env, budget, count, {"name": "'Budget ' || n", "party_id": party}
    )
    env.cr.execute("ANALYZE b2b_budget")
    env.registry.clear_cache()
    env.invalidate_all()
    return made
