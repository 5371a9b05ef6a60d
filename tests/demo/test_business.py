"""The demo business: its addon's own tests, run where it is installed."""

import re
import subprocess

from tools.paths import ROOT, log_path

AT_LEAST = 20
CLOSING = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def test_every_demo_record_exists_and_adds_up(stack, db_factory):
    log = log_path("test-demo-business")
    arguments = ("-d", db_factory("demo"), "--test-tags=/b2b_demo", "--no-http")
    with log.open("w") as sink:
        subprocess.run(
            stack.command(*arguments, "--stop-after-init", "--max-cron-threads=0"),
            stdout=sink,
            stderr=sink,
            env=stack.environment(),
            cwd=ROOT,
            check=False,
        )
    found = CLOSING.findall(log.read_text())
    assert found, f"Odoo ran no test; see {log}"
    failed, errors, ran = map(int, found[-1])
    assert (failed, errors) == (0, 0), f"see {log}"
    assert ran >= AT_LEAST
