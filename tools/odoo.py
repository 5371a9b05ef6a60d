"""Runs Odoo's own command line with the suite's configuration."""

import configparser
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from .console import Failure, Step, cause_in
from .paths import ADDONS, CONF, DATA_DIR, PYTHON, ROOT, log_path
from .process import child, hand_over, run

LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
START_SECONDS = 120
MAIN = ROOT / "tools" / "odoo_main.py"


class Odoo:
    """An Odoo 19 with our addons on a database server."""

    def __init__(self, source, address, *, extra_addons=(), conf=CONF):
        self.source = source
        self.address = address
        self.conf = conf
        self.addons = (ADDONS, *extra_addons, *source.addons)

    def write_configuration(self, **more):
        """The repository's odoo.conf plus what only this machine knows."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(ROOT / "odoo.conf")
        DATA_DIR.mkdir(exist_ok=True)
        parser["options"] = {
            **parser["options"],
            "addons_path": ",".join(str(path) for path in self.addons),
            "data_dir": str(DATA_DIR),
            **self.address.odoo_options(),
            **more,
        }
        # Others may read the file at this moment: replace it in one go.
        partial = self.conf.with_suffix(f".{os.getpid()}")
        with open(partial, "w", opener=private) as handle:
            parser.write(handle)
        os.replace(partial, self.conf)

    def environment(self):
        """Variables for every child: the configuration and the database server."""
        found = {**os.environ, **self.address.environment(), "ODOO_RC": str(self.conf)}
        found.pop("PYTHONPATH", None)
        # Started in a folder of Odoo, Python would import its `http` for its own.
        found["PYTHONSAFEPATH"] = "1"
        return found

    @staticmethod
    def command(*arguments):
        return [str(part) for part in (PYTHON, MAIN, *arguments)]

    def install(self, database, modules, *, update=(), title, log_name):
        """Install and update modules, counting them from Odoo's log."""
        log = log_path(log_name)
        log.unlink(missing_ok=True)
        arguments = ["-d", database, "--stop-after-init", "--no-http"]
        arguments += ["-i", ",".join(modules)] if modules else []
        arguments += ["-u", ",".join(update)] if update else []
        with Step(title) as step:

            def on_line(line):
                if found := LOADING.search(line):
                    step.progress(f"{found[2]} of {found[3]}: {found[1]}")

            run(
                self.command(*arguments),
                log=log,
                what=f"{title} failed",
                on_line=on_line,
                env=self.environment(),
                cwd=ROOT,
            )

    def interactive(self, *arguments):
        """Hand the terminal to Odoo; returns its exit code."""
        return hand_over(self.command(*arguments), env=self.environment())

    @contextmanager
    def serving(self, database, port, log, *arguments):
        """A running web server; ready when the block is entered."""
        options = ["-d", database, "--db-filter", f"^{re.escape(database)}$"]
        options += ["--http-port", port, *arguments]
        with log.open("w") as sink:
            with child(
                self.command("server", *options),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                env=self.environment(),
                cwd=ROOT,
            ) as process:
                wait_until_healthy(process, port, log)
                yield process


def private(path, flags):
    return os.open(path, flags, 0o600)


def get(url, timeout=60):
    """The status and text of a page; status 0 while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def wait_until_healthy(process, port, log):
    url = f"http://127.0.0.1:{port}/web/health"
    deadline = time.monotonic() + START_SECONDS
    while get(url)[0] != 200:
        if process.poll() is not None:
            cause = cause_in(log) or f"exit code {process.returncode}"
            raise Failure(f"Odoo ended while it started: {cause}.", log)
        if time.monotonic() > deadline:
            raise Failure(f"Odoo does not answer on port {port}.", log)
        time.sleep(0.2)


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
