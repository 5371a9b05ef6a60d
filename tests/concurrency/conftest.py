"""A shop whose buyers act at the same instant, each in a process of its own."""

import json
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.paths import PYTHON, ROOT, log_path

HOST = Path(__file__).with_name("host.py")


class Sessions:
    """Runs jobs (see jobs*.py) in real sessions on one database."""

    def __init__(self, stack, database):
        self.log = log_path(f"test-sessions-{database}")
        self.sink = self.log.open("w")
        self.process = subprocess.Popen(
            [str(PYTHON), str(HOST), database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.sink,
            text=True,
            env=stack.environment(),
            cwd=ROOT,
        )
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        assert line, f"the sessions ended; see {self.log}"
        return json.loads(line)

    def at_once(self, *wanted):
        """Run all jobs at the same instant; one answer per job."""
        print(json.dumps(wanted), file=self.process.stdin, flush=True)
        return [SimpleNamespace(**answer) for answer in self.answer()]

    def one(self, do, **values):
        """Run one job alone and return what it returned."""
        (answer,) = self.at_once({"do": do, "with": values})
        assert not answer.error, f"{do}: {answer.error}: {answer.message}"
        return answer.result

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.sink.close()


@pytest.fixture(scope="session")
def sessions(stack, db_factory):
    # A developer names a database that is ready, to save building the template.
    template = os.environ.get("B2B_TEST_TEMPLATE", "addons")
    found = Sessions(stack, db_factory(template))
    yield found
    found.close()


@pytest.fixture
def buyers(request):
    """How many buyers a party gets: three, or as many as the test is marked with."""
    marker = request.node.get_closest_marker("buyers")
    return marker.args[0] if marker else 3
