"""Odoo's own command line.

A script and not ``-m odoo``: with several workers Odoo starts another process for
websockets by the name of its script, which as part of a package ends at once, again and
again.
"""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
