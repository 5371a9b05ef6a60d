"""The files of the repository, as tests look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from tools.paths import ROOT


@cache
def tracked(*patterns):
    """Files under version control, and new ones that are not ignored."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [path for name in names if (path := Path(ROOT, name)).is_file()]


def functions(path):
    """Functions and methods of a Python file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
