"""Measures one benchmark in one database: `driver.py <name> <database> [LINES=20]`.

Runs in a process of its own, as the addons of a database stay loaded in a process.
Prints JSON as its last line.
"""

import gc
import importlib
import json
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

import odoo
from odoo.modules.registry import Registry


def load(name):
    # At the end of the path, where it hides nothing: benchmarks share files.
    root = str(Path(__file__).parents[1])
    if root not in sys.path:
        sys.path.append(root)
    return importlib.import_module(f"benchmarks.{name}")


@contextmanager
def prepared(benchmark, registry):
    """An environment with what the benchmark needs; rolled back afterwards."""
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        found = benchmark.prepare(env)
        env.flush_all()
        env.invalidate_all()
        yield env, found
        cr.rollback()


def measured(benchmark, registry):
    """Time and queries of the best run.

    What is prepared is committed: the database is a copy. Each run is then a
    transaction of its own, as a request would be, and is rolled back. The first one
    only warms the caches that live as long as the process.
    """
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        found = benchmark.prepare(env)
    repeat = getattr(benchmark, "REPEAT", 3)
    once(benchmark, registry, found)
    return min(once(benchmark, registry, found) for _ in range(repeat))


def filled(benchmark, registry):
    """What clients of a server need to know of the database that it serves."""
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        benchmark.prepare(env)
        products = env["product.product"].search([("default_code", "=like", "L%")])
        found = [
            {"product": product.id, "template": product.product_tmpl_id.id}
            for product in products[:500]
        ]
    tidied(registry.db_name)
    return found


def tidied(database):
    """What autovacuum does once after so many new rows, done before anybody measures.

    Otherwise it sets in somewhere in the middle of the first or of the second side.
    """
    _name, info = odoo.sql_db.connection_info_for(database)
    with closing(psycopg2.connect(**info)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def once(benchmark, registry, found):
    """Time and queries of one run."""
    gc.collect()
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        queries, started = cr.sql_log_count, time.perf_counter()
        benchmark.run(env, found)
        # What a commit would do first: messages about changes are written there.
        cr.flush()
        seconds = time.perf_counter() - started
        queries = cr.sql_log_count - queries
        cr.rollback()
    return seconds, queries


def main(name, database, *settings):
    odoo.tools.config.parse_config([])
    benchmark = load(name)
    for setting in settings:
        key, _equals, value = setting.partition("=")
        setattr(benchmark, key, int(value))
    registry = Registry(database)
    if hasattr(benchmark, "SERVED"):
        result = filled(benchmark, registry)
    elif hasattr(benchmark, "rows"):
        with prepared(benchmark, registry) as (env, found):
            result = benchmark.rows(env, found)
    else:
        seconds, queries = measured(benchmark, registry)
        result = {"seconds": seconds, "queries": queries}
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
