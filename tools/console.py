"""What the user sees: steps, progress and the one sentence of a failure."""

import re
import sys
import time

# What went wrong, told by the last lines of a log; the first match wins.
CAUSES = (
    (r"No space left on device|Disk quota exceeded", "the disk is full"),
    (
        r"Temporary failure (in name )?resol|Could not resolve"
        r"|Name or service not known"
        r"|Failed to establish a new connection|Network is unreachable"
        r"|Max retries exceeded|Could not connect to|Connection timed out"
        r"|No matching distribution found|Unable to connect to",
        "the network or the package index cannot be reached",
    ),
    (r"Address already in use", "the port is taken by another program"),
    (
        r"could not connect to server|connection to server .* failed",
        "the database server cannot be reached",
    ),
    (r"password authentication failed", "the database refused the password"),
    (
        r"permission denied to create database",
        "the database user may not create databases",
    ),
    (r"ensurepip is not available", "the package python3-venv is not installed"),
    (r"Permission denied", "a file may not be read or written"),
)


# The last line of a traceback, without the class's module.
PYTHON_ERROR = re.compile(r"^(?:\w+\.)*\w+(?:Error|Exception|Warning): (.+)", re.M)


class Failure(Exception):
    """Ends the launcher with one sentence, and the log to read."""

    def __init__(self, sentence, log=None):
        super().__init__(sentence)
        self.log = log


def cause_in(log):
    """Name the known cause of a failure from the end of its log, or None."""
    try:
        tail = log.read_text(errors="replace")[-20000:]
    except OSError:
        return None
    for pattern, sentence in CAUSES:
        if re.search(pattern, tail):
            return sentence
    errors = PYTHON_ERROR.findall(tail)
    return errors[-1].rstrip(".") if errors else None


class Step:
    """A long step: says what it does, shows progress, and how long it took."""

    def __init__(self, title):
        self.title = title
        self.started = time.monotonic()
        self.shown = 0.0
        self.live = sys.stdout.isatty()

    def __enter__(self):
        print(f"  {self.title} ...", end="" if self.live else "\n", flush=True)
        return self

    def progress(self, text):
        """Show how far the step is; on a terminal in place, else now and then."""
        now = time.monotonic()
        if now - self.shown < (0.1 if self.live else 5):
            return
        self.shown = now
        if self.live:
            print(f"\r\033[K  {self.title} ... {text}", end="", flush=True)
        else:
            print(f"    {text}", flush=True)

    def __exit__(self, kind, value, traceback):
        took = time.monotonic() - self.started
        end = "done"
        if kind:
            end = "failed" if issubclass(kind, Exception) else "stopped"
        start = "\r\033[K" if self.live else ""
        print(f"{start}  {self.title}: {end} in {took:.0f} s", flush=True)
        return False


def say(text=""):
    print(text, flush=True)


def megabytes(size):
    return f"{size / 1e6:.0f} MB"
