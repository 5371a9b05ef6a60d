"""Runs jobs in processes of their own, each with its own database session.

Started by the tests with Odoo's environment: loads the registry once, then forks one
child per job; a single job it does itself. Reads one JSON list of jobs per line,
answers with one JSON list.

Every child takes its snapshot of the database and then waits for the others, so that
all of them decide on figures that are old as soon as the first one commits.
"""

import importlib
import json
import logging
import multiprocessing
import sys
import time
from pathlib import Path

from odoo import api, sql_db
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
# Jobs of one subject are a file of their own: jobs.py, jobs_loyalty.py ...
MODULES = [importlib.import_module(path.stem) for path in HERE.glob("jobs*.py")]
JOBS = {name: job for module in MODULES for name, job in vars(module).items()}

PATIENCE = 150
fork = multiprocessing.get_context("fork")


def answer_to(database, job, number, wait=lambda: None):
    """Do one job in a session of its own, repeated by Odoo's own rules.

    :param wait: called once the session has its snapshot of the database
    """
    started, tries = time.monotonic(), 0
    answer = {"result": None, "error": None, "message": "", "number": number}
    registry = Registry(database)
    registry.check_signaling()
    with registry.cursor() as cr:
        env = api.Environment(cr, job.get("uid", api.SUPERUSER_ID), {})

        def attempt():
            nonlocal tries
            tries += 1
            if tries == 1:
                cr.execute("SELECT count(*) FROM res_users")
                wait()
            return JOBS[job["do"]](env, **job.get("with", {}))

        try:
            answer["result"] = retrying(attempt, env)
        # The boundary of a session: the tests get one answer from each, and every
        # refusal, of whatever sort, is what they look at.
        except Exception as error:
            cr.rollback()
            answer["error"] = type(error).__name__
            answer["message"] = str(error)
    answer.update(tries=tries, seconds=round(time.monotonic() - started, 2))
    return answer


def warm_up(database, job):
    """Do a job and take it back: the children start with the caches of a worker that
    has run for a while, instead of each filling them anew.
    """
    registry = Registry(database)
    registry.check_signaling()
    with registry.cursor() as cr:
        env = api.Environment(cr, job.get("uid", api.SUPERUSER_ID), {})
        try:
            JOBS[job["do"]](env, **job.get("with", {}))
            env.flush_all()
        except UserError:
            pass  # what is refused is refused again when it counts
        finally:
            env.clear()
            cr.rollback()
            registry.reset_changes()


def run(database, wanted):
    """All jobs at once; their answers in the order of the jobs."""
    if len(wanted) == 1:
        return [answer_to(database, wanted[0], 0)]
    warm_up(database, wanted[0])
    # The children must not share a connection.
    sql_db.close_all()
    barrier, answers = fork.Barrier(len(wanted)), fork.Queue()

    def work(job, number):
        found = answer_to(database, job, number, lambda: barrier.wait(PATIENCE))
        answers.put(found)

    children = [
        fork.Process(target=work, args=(job, number))
        for number, job in enumerate(wanted)
    ]
    for child in children:
        child.start()
    try:
        found = [answers.get(timeout=PATIENCE) for _child in children]
    finally:
        for child in children:
            child.join(5)
            if child.is_alive():
                child.kill()
    return sorted(found, key=lambda answer: answer["number"])


def main(database):
    config.parse_config(["-d", database, "--log-level=warn"], setup_logging=True)
    # A statement that has to be repeated is what these tests are about.
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
    Registry(database)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(run(database, json.loads(line))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
