"""The addons of this checkout, and what changed in them."""

import ast

from .marker import hash_files
from .paths import ADDONS

# Files that never reach a database; assets are read from the disk at each start.
IGNORED = {"tests", "readme", "static", "__pycache__"}


def manifests(folder=ADDONS):
    """Manifests of the installable addons of a folder, by name."""
    found = {
        path.parent.name: ast.literal_eval(path.read_text())
        for path in sorted(folder.glob("*/__manifest__.py"))
    }
    return {name: m for name, m in found.items() if m.get("installable", True)}


def installed_explicitly(found):
    """Addons to ask for by name: Odoo adds the bridges whose parents are there."""
    return [
        name for name, manifest in found.items() if not manifest.get("auto_install")
    ]


def outside(found):
    """Odoo's own modules that our addons, bridges included, depend on directly."""
    wanted = {
        parent
        for manifest in found.values()
        for parent in manifest.get("depends", ["base"])
    }
    return sorted(wanted - set(found))


def fingerprint(name, folder=ADDONS):
    """Changes whenever a file of the addon changes that Odoo loads."""
    files = [
        path
        for path in (folder / name).rglob("*")
        if path.is_file() and not IGNORED.intersection(path.relative_to(folder).parts)
    ]
    return hash_files(files, folder)[:16]


def fingerprints(folder=ADDONS):
    return {name: fingerprint(name, folder) for name in manifests(folder)}
