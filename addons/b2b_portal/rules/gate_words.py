"""What the main button of the checkout does for the gate's answer."""

from dataclasses import dataclass

PLACE = "place"
APPROVAL = "approval"
CHECK = "check"
#: Nobody looks at it: it goes on by itself when it is paid.
PAY = "pay"


@dataclass(frozen=True)
class Answer:
    """``kind`` is one of the constants above.

    ``stops``: something must be solved first. The button keeps its words then,
    pressing it leads to what stops (it is never greyed out).
    """

    kind: str
    stops: bool = False


def answer(findings, acknowledged=()):
    """Sum the findings up to what pressing the button would do.

    A buyer's hold comes first: the customer's own people say yes before we look.

    :param findings: list of findings (see b2b_party)
    :param acknowledged: what the orderer has ticked
    """
    stops = any(
        f.severity == "block"
        or (f.severity == "warn" and not f.is_ticked(acknowledged))
        for f in findings
    )
    asked = [f for f in findings if f.severity == "authorize"]
    if "buyer" in {f.side for f in asked}:
        return Answer(APPROVAL, stops)
    if asked and all(f.code == "prepayment" for f in asked):
        return Answer(PAY, stops)
    return Answer(CHECK if asked else PLACE, stops)
