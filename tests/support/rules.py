"""Load an addon's pure rules without importing Odoo."""

import importlib
import sys
import types
from pathlib import Path

ADDONS = Path(__file__).resolve().parents[2] / "addons"


def load_rules(addon, module):
    """Import ``addons/<addon>/rules/<module>.py`` as a member of its rules package.

    The package is entered under a name of its own, so that neither the addon's
    ``__init__`` nor Odoo is imported; relative imports among rules work.

    :param str addon: for instance ``b2b_party``
    :param str module: for instance ``finding``
    """
    name = f"{addon}_rules"
    if name not in sys.modules:
        package = types.ModuleType(name)
        package.__path__ = [str(ADDONS / addon / "rules")]
        sys.modules[name] = package
    return importlib.import_module(f"{name}.{module}")
