"""Where the launcher keeps things."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".b2b"
ADDONS = ROOT / "addons"
LOGS = STATE / "logs"
ODOO = STATE / "odoo"
VENV = STATE / "venv"
PYTHON = VENV / "bin" / "python"
PG = STATE / "pg"
DATA_DIR = STATE / "data"
CONF = STATE / "odoo.conf"


def cache_dir():
    """Downloads shared by all checkouts of this user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "b2b"


def log_path(name):
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name}.log"


def starting_python():
    """The Python that started us; not our own environment's, which we may rebuild."""
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    return sys._base_executable if inside else sys.executable
