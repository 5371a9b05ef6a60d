"""Style of everything in the repository, by the same tools as pre-commit."""

import subprocess
import sys
import sysconfig

import pytest

from tests.support.repository import functions, tracked
from tools.paths import ADDONS, ROOT

# Lines of code, and of tests: a story is told in one piece.
LONGEST_FUNCTION = {False: 60, True: 80}
LONGEST_FILE = {False: 400, True: 450}


def run(*command):
    run_python("-m", *command)


def run_python(*arguments):
    done = subprocess.run(
        [sys.executable, *arguments],
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
    """With Odoo in sight, pylint reads half of it to guess types: it finds the same,
    in three times the time. The tests of addons are left to the hooks of a commit.
    """
    addons = sorted(str(path.parent) for path in ADDONS.glob("*/__manifest__.py"))
    packages = sysconfig.get_path("purelib")
    code = f"import sys; sys.path.append({packages!r}); import pylint; "
    options = ["--rcfile=.pylintrc-mandatory", "--ignore=tests"]
    # -S: without the file that puts Odoo on the path.
    run_python("-S", "-c", code + "pylint.run_pylint()", *options, *addons)


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
