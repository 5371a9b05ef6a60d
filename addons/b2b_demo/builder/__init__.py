"""Builds the demo business, one small module a concept.

Every module has ``build(kit)``.  The order matters: later ones look up the records of
earlier ones by their external id.  All of it may run again: what exists is left as it
is.
"""

import logging
from importlib import import_module
from time import perf_counter

from .kit import Kit
from .passwords import hashed_meanwhile

_logger = logging.getLogger(__name__)

STEPS = (
    "company",
    "articles",
    "lists",
    "parties",
    "people",
    "seats",
    "agents",
    "agreements",
    "channels",
    "net_prices",
    "delivery",
    "budgets",
    "loyalty",
    "history",
    "receivables",
    "orders",
    "approvals",
    "discounts",
    "teamwork",
    "order_lists",
    "shelf",
    "order_files",
    "insight",
    "ranges",
    "credit",
    "alerts",
    "points",
    "conditions",
    "carts",
    "made_to_order",
    "methods",
    "figures",
    "dates",
    "languages",
)


def build(env):
    """Build what is missing of the demo business.

    :param env: environment with all rights
    """
    start = perf_counter()
    kit = Kit(env)
    if kit.is_built:
        _logger.info("The demo business is there already; nothing is changed.")
        return
    kit.check_empty()
    with hashed_meanwhile(kit):
        for name in STEPS:
            before = perf_counter()
            import_module(f".{name}", __package__).build(kit)
            env.flush_all()
            _logger.info("demo %s: %.1f s", name, perf_counter() - before)
    kit.done()
    _logger.info("Demo business built in %.1f s.", perf_counter() - start)
