"""Where Odoo 19 comes from: ODOO_SRC, an importable one, or Debian's package."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import apt, debian, marker
from .console import Failure, say
from .paths import ODOO, STATE, starting_python
from .process import output

NEEDED_BYTES = 2_500_000_000


@dataclass(frozen=True)
class Source:
    """An Odoo 19 on this machine."""

    python_path: Path  # the folder to import `odoo` from
    addons: tuple  # its addon folders, most specific first
    origin: str
    version: str


def release_in(folder):
    """The release of the `odoo` package in a folder, as in (19, "19.0"), or None."""
    try:
        text = (folder / "odoo" / "release.py").read_text()
    except OSError:
        return None
    found = re.search(r"version_info\s*=\s*\((\d+),\s*(\d+)", text)
    return (int(found[1]), f"{found[1]}.{found[2]}") if found else None


def source_at(folder, origin):
    """Describe the Odoo whose `odoo` package lies in `folder`, or None."""
    release = release_in(folder)
    if not release or release[0] != 19:
        return None
    inner = folder / "odoo" / "addons"
    outer = folder / "addons"
    # Debian's sibling `addons` holds Python files only, without views and assets:
    # only a source checkout has its business addons there.
    addons = (inner,) if (inner / "sale").is_dir() else (outer, inner)
    if not any((path / "web" / "static").is_dir() for path in addons):
        return None
    return Source(folder, addons, origin, release[1])


def from_environment():
    value = os.environ.get("ODOO_SRC")
    if not value:
        return None
    source = source_at(Path(value).expanduser().resolve(), "ODOO_SRC")
    if not source:
        raise Failure(f"ODOO_SRC={value} is not a complete Odoo 19.")
    return source


def importable():
    """An Odoo 19 that the starting Python can import (looked up, never run)."""
    code = (
        "import importlib.util as u; s = u.find_spec('odoo');"
        "print([*(s.submodule_search_locations or [])][0] if s else '')"
    )
    # Not from the current folder: a folder called `odoo` there is no installation.
    found = output([starting_python(), "-c", code], cwd="/").strip()
    return source_at(Path(found).parent, "importable") if found else None


def unpacked():
    return source_at(ODOO / "usr/lib/python3/dist-packages", "debian")


def from_debian():
    if marker.is_complete(ODOO) and (source := unpacked()):
        return source
    if not apt.available():
        raise Failure(
            "Odoo 19 was not found: set ODOO_SRC to its folder, or start on a"
            " Debian-like system where it can be fetched as a package."
        )
    check_space(STATE, NEEDED_BYTES, "Odoo 19")
    packages = debian.fetch()
    partial = ODOO.with_suffix(".partial")
    for rest in (partial, ODOO):
        if rest.exists():
            say(f"  Removing an unfinished {rest.name}")
            marker.remove(rest)
    debian.unpack(packages, partial)
    marker.complete(partial, packages[0].name)
    partial.rename(ODOO)
    source = unpacked()
    if not source:
        raise Failure("The package odoo-19 does not hold a usable Odoo 19.")
    return source


def check_space(folder, needed, what):
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Failure(
            f"The disk is too full for {what}: {needed / 1e9:.1f} GB are needed,"
            f" {free / 1e9:.1f} GB are free."
        )


def find():
    """The Odoo 19 to use, fetched if there is none yet."""
    return from_environment() or importable() or from_debian()
