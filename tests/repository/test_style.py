"""Style of everything in the repository, by the same tools as pre-commit."""

import subprocess
import sys

import pytest

from tests.support.repository import functions, tracked
from tools.paths import ADDONS, ROOT

# Lines of code, and of tests: a story is told in one piece.
LONGEST_FUNCTION = {False: 60, True: 80}
LONGEST_FILE = {False: 400, True: 450}


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing():
    run("ruff", "check", "--no-cache", "--output-format=concise", "b2b", ".")


def test_code_is_formatted():
    run("ruff", "format", "--no-cache", "--check", "b2b", ".")


@pytest.mark.slow
def test_mandatory_checks_of_pylint_odoo():
    addons = sorted(str(path.parent) for path in ADDONS.glob("*/__manifest__.py"))
    run("pylint", "--rcfile=.pylintrc-mandatory", *addons)


def test_files_stay_short():
    files = tracked("*.py", "*.js", "b2b")
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := lines_of(path)) > LONGEST_FILE[is_test(path)]
    }
    assert not long


def is_test(path):
    return "tests" in path.relative_to(ROOT).parts


def lines_of(path):
    return len(path.read_text().splitlines())


def test_functions_stay_short():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in tracked("*.py", "b2b")
        for node in functions(path)
        if node.end_lineno - node.lineno >= LONGEST_FUNCTION[is_test(path)]
    ]
    assert not long
