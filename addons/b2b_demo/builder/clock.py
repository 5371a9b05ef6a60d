"""Another time of day while demo orders run through the real flow.

The orders of the last days must be submitted, delivered and billed on their own days:
budget movements, slots, due dates and points are reckoned from the moment they happen
and are never rewritten afterwards.  Everything in Odoo asks ``fields`` for that moment.
"""

from contextlib import contextmanager
from unittest.mock import patch

import pytz

from odoo import fields

from .kit import TZ


@contextmanager
def at(moment):
    """Within it, "now" is this moment (naive UTC) and "today" its day in London."""
    zone = pytz.timezone(TZ)
    day = pytz.utc.localize(moment).astimezone(zone).date()
    with (
        patch.object(fields.Datetime, "now", staticmethod(lambda *_args: moment)),
        patch.object(fields.Date, "today", staticmethod(lambda *_args: day)),
        patch.object(
            fields.Date, "context_today", staticmethod(lambda _record, ts=None: day)
        ),
    ):
        yield
