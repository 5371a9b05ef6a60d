"""Refresh figures and segments of 100,000 parties with 200,000 order lines.

Beside it the way of plain Odoo: sales analysis per customer, then tags written on the
contacts that fulfil the conditions. Both must find the same parties.
"""

import time
from datetime import timedelta

from odoo import fields

from benchmarks import generate

GOAL = "Under 20 s; a second refresh writes nothing"
PLAIN = False
LIMIT = 1000
SLEEPING = 90


def prepare(env):
    """The parties and three segments."""
    env["b2b.party.segment"].search([]).active = False
    parties = generate.business(env)
    uk = env.ref("base.uk").ids
    conditions = {
        "Key account": [{"figure": "turnover_12m", "operator": "ge", "number": LIMIT}],
        "Sleeping": [{"figure": "last_order", "operator": "ge", "number": SLEEPING}],
        "British newcomers": [
            {"figure": "first_order", "operator": "le", "number": 60},
            {"figure": "country", "operator": "in", "country_ids": [(6, 0, uk)]},
        ],
    }
    segments = env["b2b.party.segment"].create(
        [
            {"name": name, "condition_ids": [(0, 0, values) for values in rows]}
            for name, rows in conditions.items()
        ]
    )
    return parties, segments


def _timed(env, work):
    env.flush_all()
    env.invalidate_all()
    queries, started = env.cr.sql_log_count, time.perf_counter()
    result = work(env)
    env.flush_all()
    return time.perf_counter() - started, env.cr.sql_log_count - queries, result


def _plain(env):
    """Tags by the sales analysis, as one would do without the suite."""
    today, report = fields.Date.today(), env["sale.report"]
    sold = [("state", "=", "sale")]
    year = fields.Datetime.subtract(fields.Datetime.now(), years=1)
    turnover = report._read_group(
        [*sold, ("date", ">", year)],
        ["commercial_partner_id"],
        ["price_subtotal:sum"],
    )
    days = report._read_group(sold, ["commercial_partner_id"], ["date:min", "date:max"])
    old, new = (today - timedelta(days=n) for n in (SLEEPING, 60))
    uk = env.ref("base.uk")
    found = {
        "Key account": [p.id for p, net in turnover if net >= LIMIT],
        "Sleeping": [p.id for p, _first, last in days if last.date() <= old],
        "British newcomers": [
            p.id for p, first, _l in days if first.date() >= new and p.country_id == uk
        ],
    }
    for name, ids in found.items():
        tag = env["res.partner.category"].create({"name": name})
        tag.partner_ids = [(6, 0, ids)]
    return {name: len(ids) for name, ids in found.items()}


def _ours(env):
    segments = env["b2b.party.segment"]
    segments._b2b_refresh_all()
    return {s.name: s.party_count for s in segments.search([])}


def rows(env, prepared):
    first, first_queries, found = _timed(env, _ours)
    again, again_queries, same = _timed(env, _ours)
    plain, plain_queries, expected = _timed(env, _plain)
    assert found == same, (found, same)
    # An order of which nothing is left is none here, and one in the sales analysis.
    assert found["Key account"] == expected["Key account"], (found, expected)
    names = (
        ("figures and three segments", first, first_queries),
        ("the same again, nothing changed", again, again_queries),
    )
    return [
        {
            "name": name,
            "plain_s": plain,
            "plain_queries": plain_queries,
            "ours_s": seconds,
            "our_queries": queries,
            "ratio": plain / seconds,
        }
        for name, seconds, queries in names
    ]
