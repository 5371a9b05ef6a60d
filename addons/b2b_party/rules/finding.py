"""A finding is one reason why an order may not simply be confirmed."""

from dataclasses import dataclass

BLOCK = "block"
AUTHORIZE = "authorize"
WARN = "warn"
SEVERITIES = (BLOCK, AUTHORIZE, WARN)

BUYER = "buyer"
SELLER = "seller"


@dataclass(frozen=True)
class Finding:
    """One reason, with the words for both sides.

    :param code: what was checked, for instance ``budget`` or ``party_state``
    :param severity: ``block`` (nobody can wave it through), ``authorize`` (somebody
        else must release it) or ``warn`` (the orderer must take note)
    :param side: ``buyer`` or ``seller``: who may release it (DECISIONS 1)
    :param message: one sentence for the staff
    :param buyer_message: one sentence for the buyer; the staff's reason is never
        shown to the buyer unless it is left empty on purpose
    :param amount: the amount in question, order currency
    :param solve: what would solve it, one short sentence
    :param key: the subject, when one code can occur several times: ``budget:12``
    :param deciders: names of who decides, where they were looked up for the words
    """

    code: str
    severity: str
    side: str
    message: str
    buyer_message: str = ""
    amount: float = 0.0
    solve: str = ""
    key: str = ""
    deciders: tuple = ()

    def __post_init__(self):
        if self.severity not in SEVERITIES:
            raise ValueError(f"unknown severity {self.severity!r}")
        if self.side not in (BUYER, SELLER):
            raise ValueError(f"unknown side {self.side!r}")

    @property
    def identity(self):
        """What a release refers to: the same code about the same subject."""
        return self.code, self.key

    @property
    def tick(self):
        """What the orderer ticks to take note: one tick per subject."""
        return f"{self.code}:{self.key}" if self.key else self.code

    def is_ticked(self, ticks):
        """Whether the orderer took note; callers without a screen name the code."""
        return self.tick in ticks or self.code in ticks

    @property
    def text_for_buyer(self):
        return self.buyer_message or self.message


def split(findings):
    """Sort findings by what they demand.

    :param findings: iterable of :class:`Finding`
    :return: dict with the lists ``block``, ``authorize`` and ``warn``
    """
    result = {severity: [] for severity in SEVERITIES}
    for finding in findings:
        result[finding.severity].append(finding)
    return result
