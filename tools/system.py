"""Programs of the system that Odoo or the tests use."""

import os
import shutil
from dataclasses import dataclass

from .console import Failure, Step, say
from .paths import log_path
from .process import run


@dataclass(frozen=True)
class Program:
    names: tuple  # any of these on the PATH will do
    package: str
    purpose: str


PDF = Program(("wkhtmltopdf",), "wkhtmltopdf", "printing PDF documents")
BROWSER = Program(
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "chromium",
    "browser tests",
)


def find(program):
    return next((path for name in program.names if (path := shutil.which(name))), None)


def ensure(program):
    """Install the program where we may; else say once what is missing, and go on."""
    if find(program):
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"  No {program.purpose}: install the package {program.package} for it.")
        return False
    say(f"  Missing for {program.purpose}: {program.package}; installing this package.")
    try:
        install(program)
    except Failure as failure:
        say(f"  No {program.purpose}: {failure} See {failure.log}")
        return False
    return bool(find(program))


def install(program):
    log = log_path("apt")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with Step(f"Installing {program.package} with apt-get") as step:
        for arguments in (
            ["update"],
            ["install", "-y", "--no-install-recommends", program.package],
        ):
            run(
                ["apt-get", "-o", "DPkg::Lock::Timeout=120", *arguments],
                log=log,
                what=f"apt-get {arguments[0]} failed",
                on_line=lambda line: step.progress(line.strip()[:60]),
                env=environment,
            )
