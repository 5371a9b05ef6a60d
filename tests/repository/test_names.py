"""Two addons that extend a model must not take each other's method names."""

import ast
from collections import defaultdict

from tests.support.repository import tracked
from tools.paths import ADDONS


def literal_names(node):
    """Model names of ``_name = "x"`` or ``_inherit = ["x", "y"]``."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return []
    return [value] if isinstance(value, str) else list(value or [])


def models_of(cls):
    names = {}
    for node in cls.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id in ("_name", "_inherit"):
                names[node.targets[0].id] = literal_names(node.value)
    return names.get("_name") or names.get("_inherit") or []


def calls_super(function):
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "super"
        for node in ast.walk(function)
    )


def test_methods_of_other_addons_are_extended_not_replaced():
    found = defaultdict(list)
    for path in tracked("addons/*.py"):
        parts = path.relative_to(ADDONS).parts
        if "tests" in parts:
            continue
        for cls in ast.walk(ast.parse(path.read_text())):
            if not isinstance(cls, ast.ClassDef):
                continue
            for model in models_of(cls):
                for node in cls.body:
                    if isinstance(node, ast.FunctionDef) and "b2b" in node.name:
                        found[model, node.name].append((parts[0], calls_super(node)))
    doubled = {
        f"{model}.{name}": sorted(addon for addon, _extends in places)
        for (model, name), places in found.items()
        # One of them is the first; every other one has to call super().
        if len({addon for addon, _extends in places}) > 1
        and sum(not extends for _addon, extends in places) > 1
    }
    assert not doubled
