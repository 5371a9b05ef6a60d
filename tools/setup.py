"""From nothing to an Odoo that can run: source, environment, database server."""

from . import marker, odoo_source, postgres, venv
from .console import Failure, say
from .odoo import Odoo
from .paths import CONF, STATE


def prepare(*, tests=False, extra_addons=(), conf=CONF):
    """Return a ready Odoo; whatever is already there is used as it is."""
    try:
        STATE.mkdir(exist_ok=True)
        with marker.lock("setup", lambda: say("  Waiting for another ./b2b to finish")):
            source = odoo_source.find()
            venv.create()
            if tests:
                venv.add_tests()
            venv.link_odoo(source)
            address = postgres.connect()
        found = Odoo(source, address, extra_addons=extra_addons, conf=conf)
        found.write_configuration()
    except OSError as error:
        # Permissions, a full disk: the system's own words name the file.
        raise Failure(f"The set-up failed: {error}.") from error
    return found
