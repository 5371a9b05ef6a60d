"""Odoo 19 as Debian packages: found, fetched once per user, and unpacked."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from .apt import Apt
from .console import Failure, Step, megabytes
from .paths import cache_dir, log_path
from .process import run

PACKAGE = "odoo-19"
SUITE = "sid"
# Fonts and scripts come from a released Debian, where files keep their names. Odoo's
# pages use Font Awesome 4.7; later ones lack its files.
RELEASES = ("stable", "oldstable")
ICONS = "fonts-font-awesome"
ICONS_VERSION = "4.7."


def wanted_packages(apt):
    """Odoo and the packages its files link to; None if their versions do not fit."""
    odoo = apt.show(PACKAGE).get(PACKAGE)
    if not odoo or not odoo["Version"].startswith("19."):
        raise Failure(
            "The Debian mirror of this machine has no package odoo-19.", apt.log
        )
    names = (
        part.split("|")[0].split("(")[0].strip() for part in odoo["Depends"].split(",")
    )
    linked = [name for name in names if name.startswith(("fonts-", "libjs-"))]
    found = apt.show(*linked)
    fits = len(found) == len(linked) and ICONS_VERSION in found[ICONS]["Version"]
    return [odoo, *found.values()] if fits else None


def look_up(folder):
    """An apt that knows fitting packages, and these packages."""
    for release in RELEASES:
        apt = Apt(folder / release, (SUITE, release), preferred=release)
        apt.update()
        if packages := wanted_packages(apt):
            return apt, packages
    raise Failure(f"The Debian mirror lacks fonts of Odoo 19 ({ICONS} 4.7).", apt.log)


def sha256(path):
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def cached_packages(folder):
    """The packages of an earlier download, or None unless all are intact."""
    try:
        wanted = json.loads((folder / "manifest.json").read_text())
        intact = all(sha256(folder / p["file"]) == p["sha256"] for p in wanted)
    except (OSError, ValueError, KeyError):
        return None
    return [folder / package["file"] for package in wanted] if intact else None


def fetch():
    """Return the .deb files of Odoo 19, downloading what the cache lacks."""
    folder = cache_dir() / "debian"
    found = cached_packages(folder)
    if found:
        return found
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="partial-") as name:
        with Step("Looking for Odoo 19 on this machine's Debian mirror"):
            apt, packages = look_up(Path(name))
        into = Path(name) / "files"
        into.mkdir()
        total = megabytes(sum(int(package["Size"]) for package in packages))
        with Step(f"Downloading Odoo 19 ({total})") as step:
            apt.download(
                packages,
                into,
                lambda size: step.progress(f"{megabytes(size)} of {total}"),
            )
        return keep(packages, into, folder)


def keep(packages, partial, folder):
    """Move verified files into the cache; the manifest last, it makes them valid."""
    entries = []
    by_hash = {sha256(path): path for path in partial.iterdir()}
    for package in packages:
        path = by_hash.get(package["SHA256"])
        if not path:
            raise Failure(
                f"The download of {package['Package']} is damaged, try again."
            )
        os.replace(path, folder / path.name)
        entries.append({"file": path.name, "sha256": package["SHA256"]})
    manifest = partial / "manifest.json"
    manifest.write_text(json.dumps(entries, indent=1))
    os.replace(manifest, folder / manifest.name)
    return [folder / entry["file"] for entry in entries]


def unpack(packages, target):
    log = log_path("unpack")
    with Step("Unpacking Odoo 19") as step:
        for number, package in enumerate(packages, 1):
            step.progress(f"{number} of {len(packages)}: {package.name.split('_')[0]}")
            run(
                ["dpkg-deb", "-x", package, target],
                log=log,
                what=f"Unpacking {package.name} failed",
            )
    if broken := broken_links(target):
        log.write_text("".join(f"{path} -> {os.readlink(path)}\n" for path in broken))
        raise Failure(f"Odoo 19 is incomplete: {len(broken)} links lead nowhere.", log)


def broken_links(root):
    """Links of Odoo's own files that lead nowhere: pages would show no icons."""
    addons = root / "usr/lib/python3/dist-packages/odoo/addons"
    return [
        path for path in addons.rglob("*") if path.is_symlink() and not path.exists()
    ]
