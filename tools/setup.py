"""From nothing to an Odoo that can run: source, environment, database server."""

from . import marker, odoo_source, postgres, system, venv
from .console import Failure, say
from .odoo import Odoo
from .paths import CONF, STATE


def prepare(*, tests=False, programs=(), extra_addons=(), conf=CONF):
    """Return a ready Odoo; whatever is already there is used as it is.

    :param programs: those of the system (see system.py) that will be used
    """

    def fetch():
        found = odoo_source.find()
        for program in programs:
            system.ensure(program)
        postgres.start_early()
        return found

    try:
        STATE.mkdir(exist_ok=True)
        with marker.lock("setup", lambda: say("  Waiting for another ./b2b to finish")):
            # What takes longest is fetched at the same time.
            source = venv.create(meanwhile=fetch)
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
