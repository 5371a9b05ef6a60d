"""Refusals of the order gate, and one of imports.

Those of the gate are ``UserError`` so that every caller shows one clear sentence; the
findings they carry let the gate and the portal say more than the sentence.
"""

from odoo.exceptions import UserError

# The web client knows dialogs by the name of the class; without this hint ours would
# show as "Oops!" with a traceback instead of the sentence.
SHOWN_AS_USER_ERROR = {"exception_class": "odoo.exceptions.UserError"}


class RefusedInBatch(Exception):
    """One of many records of a file is refused; each is tried alone to find which.

    No ``UserError``: nobody reads it, see ``sale.order._load_records``.
    """


class GateBlocked(UserError):
    """The order may not go on; ``findings`` says why, one entry per reason."""

    context = SHOWN_AS_USER_ERROR

    def __init__(self, findings, for_buyer=False):
        self.findings = list(findings)
        texts = [f.text_for_buyer if for_buyer else f.message for f in self.findings]
        super().__init__("\n".join(texts))


class LimitExceeded(UserError):
    """A counter refused the amount while the order was being booked.

    The gate catches this class (and nothing wider) around each confirmation and
    turns it into a hold. Subclasses: budget and credit.
    """

    context = SHOWN_AS_USER_ERROR

    def __init__(self, finding):
        self.finding = finding
        super().__init__(finding.message)
