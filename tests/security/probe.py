"""Calls methods as RPC would, each in a transaction of its own that is undone.

Run with Odoo's environment and the name of a database; reads a JSON list of
``[login, model, method, arguments]``, answers with one outcome per call: the names of
the exception's classes, or nothing, whether the call wrote anything, and whether it
came back with nothing or with a window to open.
"""

import json
import sys
import threading

from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import call_kw

WINDOW = "ir.actions.act_window"


def probe(registry, uid, model, method, arguments):
    with registry.cursor() as cr:
        env = api.Environment(cr, uid, {})
        refused, message, result = [], "", None
        try:
            result = call_kw(env[model], method, arguments, {})
            env.flush_all()
        except Exception as error:  # every outcome is an answer
            refused = [cls.__name__ for cls in type(error).__mro__]
            message = str(error)[:200]
        if refused:
            wrote = False
        else:
            cr.execute("SELECT txid_current_if_assigned() IS NOT NULL")
            (wrote,) = cr.fetchone()
        cr.rollback()
        return {
            "refused": refused,
            "message": message,
            "wrote": wrote,
            "empty": not result,
            "window": isinstance(result, dict) and result.get("type") == WINDOW,
        }


def main(database):
    threading.current_thread().dbname = database
    registry = Registry(database)
    with registry.cursor() as cr:
        users = api.Environment(cr, api.SUPERUSER_ID, {})["res.users"]
        ids = {user.login: user.id for user in users.search([])}
    answers = [
        probe(registry, ids[login], model, method, arguments)
        for login, model, method, arguments in json.load(sys.stdin)
    ]
    print(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1])
