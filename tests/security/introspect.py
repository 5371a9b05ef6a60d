"""What an Odoo process offers to the outside: routes and public methods, as JSON.

Run with Odoo's environment and the name of a database.
"""

import inspect
import json
import sys
import threading

from odoo import api
from odoo.modules.registry import Registry

OURS = "odoo.addons.b2b_"


def routes(env):
    """``[[path, method, type, csrf]]`` of everything below /trade."""
    found = []
    for rule in env["ir.http"].routing_map().iter_rules():
        if rule.rule == "/trade" or rule.rule.startswith("/trade/"):
            routing = rule.endpoint.routing
            methods = routing.get("methods") or ["ANY"]
            found += [[rule.rule, m, routing["type"], routing["auth"]] for m in methods]
    return sorted(found)


def every_route(env):
    """``[[path, methods, type, auth]]`` of all addons, ours and Odoo's."""
    found = []
    for rule in env["ir.http"].routing_map().iter_rules():
        routing = rule.endpoint.routing
        asked = sorted(routing.get("methods") or [])
        found.append([rule.rule, asked, routing["type"], routing["auth"]])
    return sorted(found)


def methods(registry):
    """``[[model, method, [names of required parameters]]]`` that we define."""
    found = set()
    for model_name, model in registry.items():
        for base in model.__mro__:
            named = getattr(base, "_name", "")
            # What we add to every model stands at Odoo's own doors, tried as such.
            if not base.__module__.startswith(OURS) or named == "base":
                continue
            for name, function in vars(base).items():
                if name.startswith("_") or not inspect.isfunction(function):
                    continue
                if getattr(function, "_api_private", False):
                    continue
                parameters = list(inspect.signature(function).parameters.values())[1:]
                required = tuple(
                    p.name
                    for p in parameters
                    if p.default is p.empty
                    and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
                )
                found.add((model_name, name, required))
    return sorted(found)


def main(database):
    threading.current_thread().dbname = database
    registry = Registry(database)
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        offered = {
            "routes": routes(env),
            "every": every_route(env),
            "methods": methods(registry),
        }
        print(json.dumps(offered))


if __name__ == "__main__":
    main(sys.argv[1])
