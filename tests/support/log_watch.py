"""Errors and unexpected warnings in Odoo's log fail the test that caused them."""

import logging
import re
from dataclasses import dataclass

import pytest

LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (\w+) \S+ ([\w.-]+): (.*)")
SHOWN_LINES = 40


@dataclass(frozen=True)
class Allowed:
    """Something that may stand in the log, and why."""

    logger: str
    message: str
    reason: str


ALLOWED = (
    Allowed(
        r"py\.warnings",
        r"(?s)^(?!.*/addons/b2b_).*Warning",
        "libraries announce changes of Python; ours are told apart by their path",
    ),
    Allowed(
        r"odoo\.sql_db",
        r"(?s)bad query: .*could not serialize access due to concurrent update",
        "Odoo repeats what lost a race; a final refusal is logged by others",
    ),
    Allowed(
        r"odoo\.addons\.base\.models\.ir_actions_report",
        r".*[Ww]khtmltopdf",
        "the distribution's build of the PDF printer is not the patched one",
    ),
    Allowed(
        r"odoo\.sql_db",
        r"(?s).*iap_enrich_auto_done.*could not serialize access",
        "two pages of the first visit note the same; Odoo repeats the second",
    ),
    Allowed(
        r"odoo\.addons\.(iap|partner_autocomplete)\..*",
        r".*(iap jsonrpc .* failed|Autocomplete API error)",
        "Odoo looks up its own company on the internet when a user opens the back "
        "office for the first time; tests have no network",
    ),
)


@dataclass(frozen=True)
class Entry:
    level: str
    logger: str
    message: str

    @property
    def unexpected(self):
        if self.level not in ("WARNING", "ERROR", "CRITICAL"):
            return False
        return not any(
            re.fullmatch(allowed.logger, self.logger)
            and re.match(allowed.message, self.message)
            for allowed in ALLOWED
        )

    def __str__(self):
        lines = self.message.splitlines()
        more = (
            [f"... {len(lines) - SHOWN_LINES} more lines"]
            if lines[SHOWN_LINES:]
            else []
        )
        return "\n".join([f"{self.level} {self.logger}: ", *lines[:SHOWN_LINES], *more])


def parse(text):
    """Entries of a log; lines without a head belong to the entry before them."""
    entries = []
    for line in text.splitlines():
        if found := LINE.match(line):
            entries.append([found[1], found[2], found[3]])
        elif entries:
            entries[-1][2] += f"\n{line}"
    return [Entry(*entry) for entry in entries]


class LogFile:
    """The log of a server process, read on from where it was left."""

    def __init__(self, path):
        self.path = path
        self.position = 0

    def unexpected(self):
        with self.path.open("rb") as handle:
            handle.seek(self.position)
            new = handle.read()
        # A line being written belongs to the next look.
        whole = new[: new.rfind(b"\n") + 1]
        self.position += len(whole)
        return [e for e in parse(whole.decode(errors="replace")) if e.unexpected]


class LogWatch(logging.Handler):
    """Collects what this process logs and what watched servers write."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.entries = []
        self.files = []

    def emit(self, record):
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        entry = Entry(record.levelname, record.name, text)
        if entry.unexpected:
            self.entries.append(entry)

    def watch(self, path):
        log = LogFile(path)
        self.files.append(log)
        return log

    def unwatch(self, log):
        self.entries += log.unexpected()
        self.files.remove(log)

    def take(self):
        """Everything unexpected since the last call."""
        found = self.entries + [
            entry for log in self.files for entry in log.unexpected()
        ]
        self.entries = []
        return found


WATCH = LogWatch()


def pytest_sessionstart():
    logging.getLogger().addHandler(WATCH)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "setup" and report.passed:
        return report
    found = WATCH.take()
    # A test that failed shows its log anyway.
    if found and report.passed and not item.get_closest_marker("ignore_log"):
        report.outcome = "failed"
        report.longrepr = "Unexpected in Odoo's log:\n" + "\n".join(map(str, found))
    return report


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "ignore_log: the test provokes errors in the log on purpose"
    )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """What was logged outside of any test still fails the run."""
    logging.getLogger().removeHandler(WATCH)
    left = session.config.stash.setdefault(LEFT, [])
    left += map(str, WATCH.take())
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[WORKER_LEFT] = left
    elif left and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """Collect what a worker process had left; it ends before the run does."""
    left = node.config.stash.setdefault(LEFT, [])
    left += getattr(node, "workeroutput", {}).get(WORKER_LEFT, [])


LEFT = pytest.StashKey()
WORKER_LEFT = "b2b_log_left"


def pytest_terminal_summary(terminalreporter, config):
    for entry in config.stash.get(LEFT, []):
        terminalreporter.write_line(f"Unexpected in Odoo's log: {entry}", red=True)
