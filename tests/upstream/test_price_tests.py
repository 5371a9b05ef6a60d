"""Odoo's own tests of price lists and prices of orders, with the suite installed.

They lie in Odoo's addons; a source without them skips. Run by pytest and not by
`--test-tags`, which would update all addons for those that run while installing.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tools.paths import PYTHON, ROOT

FILES = (
    "product/tests/test_pricelist.py",
    "product/tests/test_pricelist_auto_creation.py",
    "product/tests/test_product_pricelist.py",
    "sale/tests/test_sale_prices.py",
)
#: Fewer would mean that some were not found.
AT_LEAST = 40


@pytest.fixture
def files(stack):
    found = [
        path
        for folder in stack.source.addons
        for name in FILES
        if (path := Path(folder) / name).exists()
    ]
    if len(found) < len(FILES):
        pytest.skip("this source of Odoo comes without its tests")
    return found


def test_odoos_tests_of_prices_pass(stack, db_factory, files):
    environment = {
        name: value
        for name, value in stack.environment().items()
        # Of the run around this one.
        if not name.startswith("PYTEST_") and name != "ODOO_RC"
    }
    options = {"database": db_factory("addons"), "config": stack.conf}
    words = [f"--odoo-{name}={value}" for name, value in options.items()]
    command = [PYTHON, "-m", "pytest", "-q", "--noconftest", "--rootdir", ROOT]
    command += ["-c", ROOT / "pyproject.toml", "--odoo-log-level=critical", *words]
    done = subprocess.run(
        [str(part) for part in (*command, *files)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=os.path.realpath(ROOT),
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= AT_LEAST
