"""A private apt: own lists and cache, the machine's own mirror, keys and settings."""

import re
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

from .console import Failure
from .paths import log_path
from .process import output, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
RELEASE_FILE = re.compile(r"'(\S+?)/?/dists/([\w.-]+)/(?:In)?Release'")


def available():
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def os_release():
    """What this system calls itself."""
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {key: value.strip('"') for key, value in pairs}


def mirror():
    """The address of the machine's Debian mirror, from its own apt configuration."""
    # Not `indextargets`: it lists nothing before the first `apt-get update`.
    found = RELEASE_FILE.findall(output(["apt-get", "update", "--print-uris"]))
    plain = [pair for pair in found if not re.search(r"-security|-updates", pair[1])]
    own = os_release().get("VERSION_CODENAME")
    for address, _codename in sorted(plain, key=lambda pair: pair[1] != own):
        if "debian" in address:
            return address
    raise Failure(
        "No Debian mirror is configured on this machine: set ODOO_SRC to a folder with"
        " Odoo 19."
    )


class Apt:
    """Knows and fetches packages of some suites; the system's apt stays untouched."""

    def __init__(self, folder, suites, preferred):
        self.folder = folder
        self.preferred = preferred
        self.log = log_path("download")
        for part in ("lists/partial", "cache/archives/partial"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        signed = f" [signed-by={KEYRING}]" if KEYRING.exists() else ""
        address = mirror()
        lines = (f"deb{signed} {address} {suite} main\n" for suite in suites)
        (folder / "sources.list").write_text("".join(lines))

    def options(self):
        settings = {
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::State::lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            # The packages are unpacked, not installed: what is installed is no matter.
            "Dir::State::status": "/dev/null",
            "APT::Default-Release": self.preferred,
            # The folders are the user's: apt's own user may not write there.
            "APT::Sandbox::User": "root",
        }
        return [
            part
            for pair in settings.items()
            for part in ("-o", "=".join(map(str, pair)))
        ]

    def update(self):
        run(
            ["apt-get", *self.options(), "-o", "APT::Update::Error-Mode=any", "update"],
            log=self.log,
            what="Reading the package lists of Debian failed",
        )

    def show(self, *packages):
        """The best versions of packages, by name, as dictionaries of their fields."""
        text = output(
            ["apt-cache", *self.options(), "--no-all-versions", "show", *packages]
        )
        stanzas = re.sub(r"\n[ \t]+", " ", text).strip().split("\n\n")
        found = (
            dict(line.split(": ", 1) for line in stanza.splitlines() if ": " in line)
            for stanza in stanzas
        )
        return {fields["Package"]: fields for fields in found if fields}

    def download(self, packages, into, on_size):
        """Fetch exact versions into a folder, telling how many bytes arrived."""
        wanted = [f"{package['Package']}={package['Version']}" for package in packages]
        with watching(into, on_size):
            run(
                ["apt-get", *self.options(), "download", *wanted],
                log=self.log,
                what="Downloading Odoo 19 failed",
                cwd=into,
            )


@contextmanager
def watching(folder, on_size):
    """Tell the size of a folder twice a second: apt itself tells nothing meanwhile."""
    done = threading.Event()

    def poll():
        while not done.wait(0.5):
            try:
                on_size(sum(path.stat().st_size for path in folder.iterdir()))
            except FileNotFoundError:
                continue  # apt renames files while we look

    watcher = threading.Thread(target=poll, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
