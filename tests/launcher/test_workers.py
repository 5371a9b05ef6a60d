"""Servers with several workers."""

import os
import subprocess

from tools.odoo import Odoo


def test_odoo_can_start_its_process_for_websockets():
    """Odoo starts it with the interpreter and the second word of its own command."""
    python, script, *_rest = Odoo.command()
    ended = subprocess.run(
        [python, script, "gevent", "--version"],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONSAFEPATH": "1"},
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Odoo Server 19")
