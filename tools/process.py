"""Child processes that never outlive the launcher."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager

from .console import Failure, cause_in

GRACE_SECONDS = 10
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """The user or the system asked the launcher to end."""

    def __init__(self, number):
        super().__init__(number)
        self.code = 128 + number


def stop_on_signals():
    """Turn every polite request to end into an exception, so that clean-up runs."""

    def handler(number, _frame):
        # Impatience must not interrupt the clean-up: it is bounded anyway.
        for other in ENDING:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(number)

    for number in ENDING:
        signal.signal(number, handler)


def hand_over(command, **options):
    """Give the terminal to a program until it ends; returns its exit code."""
    process = subprocess.Popen([str(part) for part in command], **options)
    # Ctrl-C reaches the program directly, other requests are passed on to it.
    signal.signal(signal.SIGINT, lambda number, frame: None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: process.send_signal(number))
    try:
        code = process.wait()
    finally:
        stop_on_signals()
    return code if code >= 0 else 128 - code


@contextmanager
def child(command, **options):
    """Start `command` as leader of its own group and end the group on the way out.

    Its own group, because Ctrl-C on a terminal reaches every process of the group:
    the launcher alone decides in which order things end.
    """
    process = subprocess.Popen(command, start_new_session=True, **options)
    try:
        yield process
    finally:
        end_group(process)


def end_group(process):
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except (ProcessLookupError, PermissionError):
            break
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def run(command, *, log, what, on_line=None, **options):
    """Run `command` into the file `log`; `what` is the sentence if it fails."""
    with beside(command, log=log, what=what, **options) as lines:
        for line in lines:
            if on_line:
                on_line(line)


@contextmanager
def beside(command, *, log, what, **options):
    """Run `command` into `log` while the body does something else, then wait for it.

    The body gets the lines it prints, as they come. It ends with the body, should
    that fail or be stopped.
    """
    with log.open("a", encoding="utf-8", errors="replace") as sink:
        sink.write(f"$ {' '.join(map(str, command))}\n")
        sink.flush()
        start = sink.tell()
        with child(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            **options,
        ) as process:
            yield lines_of(process, log, start)
            code = process.wait()
    if code:
        cause = cause_in(log)
        raise Failure(f"{what}: {cause or f'exit code {code}'}.", log)


def lines_of(process, log, start):
    """Yield what `process` writes to `log` until it ends."""
    with log.open(encoding="utf-8", errors="replace") as source:
        source.seek(start)
        ended = False
        while not ended:
            # Asked first: what it wrote last is still read afterwards.
            ended = process.poll() is not None
            while line := source.readline():
                yield line
            if not ended:
                time.sleep(0.1)


def output(command, **options):
    """Return what a short command prints; an empty text if it fails or is missing."""
    try:
        return subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=True,
            **options,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
