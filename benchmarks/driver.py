"""Measures one benchmark in one database: `driver.py <name> <database>`.

Runs in a process of its own, as the addons of a database stay loaded in a process.
Prints JSON as its last line.
"""

import importlib.util
import json
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import odoo
from odoo.modules.registry import Registry


def load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def once(benchmark, registry):
    """Time and queries of one run."""
    with prepared(benchmark, registry) as (env, found):
        queries, started = env.cr.sql_log_count, time.perf_counter()
        benchmark.run(env, found)
        env.flush_all()
        seconds = time.perf_counter() - started
        return seconds, env.cr.sql_log_count - queries


def main(name, database):
    odoo.tools.config.parse_config([])
    benchmark = load(name)
    registry = Registry(database)
    if hasattr(benchmark, "rows"):
        with prepared(benchmark, registry) as (env, found):
            result = benchmark.rows(env, found)
    else:
        repeat = getattr(benchmark, "REPEAT", 3)
        seconds, queries = min(once(benchmark, registry) for _ in range(repeat))
        result = {"seconds": seconds, "queries": queries}
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
